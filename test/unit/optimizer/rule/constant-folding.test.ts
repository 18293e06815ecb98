import { describe, expect, it } from "vitest";
import { constantFolding } from "../../../../src/optimizer/rule/constant-folding.ts";
import { leaves, rewritten, tree } from "../../../support/optimizer.ts";

describe("ConstantFolding", () => {
  it("computes what has no columns, null for a strict call of null, and null tests of columns without nulls", () => {
    expect(rewritten("select a + (1 + 2), a = null, key is null from t", constantFolding)).toBe(
      tree(
        "Project [(a + 3) AS (a + (1 + 2)), null AS (a = NULL), false AS (key IS NULL)]",
        "+- Relation [key,a,b,s,d,f,day]",
      ),
    );
  });

  it("leaves a constant that fails to be evaluated, which it may never be", () => {
    expect(rewritten("select 1 / (1 - 1) from t", constantFolding)).toBe(
      tree("Project [(1.0 / 0.0) AS (1 / (1 - 1))]", "+- Relation [key,a,b,s,d,f,day]"),
    );
  });

  it("leaves expressions over columns alone", () => {
    expect(leaves("select a + 1 from t", constantFolding)).toBe(true);
  });
});
