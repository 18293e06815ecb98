import { describe, expect, it } from "vitest";
import { pushDownLimit } from "../../../../src/optimizer/rule/push-down-limit.ts";
import { leaves, rewritten, tree } from "../../../support/optimizer.ts";

describe("PushDownLimit", () => {
  it("computes only what is left", () => {
    expect(rewritten("select a + 1 from t limit 3", pushDownLimit)).toBe(
      tree(
        "Project [(a + 1) AS (a + 1)]",
        "+- GlobalLimit 3",
        "   +- LocalLimit 3",
        "      +- Relation [key,a,b,s,d,f,day]",
      ),
    );
  });

  it("leaves a limit of a grouping alone", () => {
    expect(leaves("select count(*) from t group by a limit 3", pushDownLimit)).toBe(true);
  });

  it("does not change how many random values are drawn", () => {
    expect(leaves("select rand(1) from t limit 3", pushDownLimit)).toBe(true);
  });
});
