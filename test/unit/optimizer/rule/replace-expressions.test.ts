import { describe, expect, it } from "vitest";
import { replaceExpressions } from "../../../../src/optimizer/rule/replace-expressions.ts";
import { leaves, rewritten, tree } from "../../../support/optimizer.ts";

describe("ReplaceExpressions", () => {
  it("writes BETWEEN as two comparisons", () => {
    expect(rewritten("select key from t where a between 1 and 3", replaceExpressions)).toBe(
      tree(
        "Project [key]",
        "+- Filter ((a >= 1) AND (a <= 3))",
        "   +- Relation [key,a,b,s,d,f,day]",
      ),
    );
  });

  it("leaves comparisons alone", () => {
    expect(leaves("select key from t where a >= 1 and a <= 3", replaceExpressions)).toBe(true);
  });

  it("does not evaluate a random value twice", () => {
    expect(leaves("select key from t where rand() between 0.1 and 0.2", replaceExpressions)).toBe(
      true,
    );
  });
});
