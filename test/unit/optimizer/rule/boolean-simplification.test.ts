import { describe, expect, it } from "vitest";
import { booleanSimplification } from "../../../../src/optimizer/rule/boolean-simplification.ts";
import { leaves, rewritten, tree } from "../../../support/optimizer.ts";

describe("BooleanSimplification", () => {
  it("drops constants and repetitions", () => {
    expect(
      rewritten(
        "select key from t where (a > 1 and true) or (a > 1 and a > 1)",
        booleanSimplification,
      ),
    ).toBe(tree("Project [key]", "+- Filter (a > 1)", "   +- Relation [key,a,b,s,d,f,day]"));
  });

  it("takes NOT inwards", () => {
    expect(
      rewritten(
        "select key from t where not (a = 1 or b is null) and not (a < 3)",
        booleanSimplification,
      ),
    ).toBe(
      tree(
        "Project [key]",
        "+- Filter ((NOT (a = 1) AND isnotnull(b)) AND (a >= 3))",
        "   +- Relation [key,a,b,s,d,f,day]",
      ),
    );
  });

  it("makes IN of one item an equality", () => {
    expect(rewritten("select key from t where a in (3, 3)", booleanSimplification)).toBe(
      tree("Project [key]", "+- Filter (a = 3)", "   +- Relation [key,a,b,s,d,f,day]"),
    );
  });

  it("takes null for false in a filter", () => {
    expect(rewritten("select key from t where a > 1 or null", booleanSimplification)).toBe(
      tree("Project [key]", "+- Filter (a > 1)", "   +- Relation [key,a,b,s,d,f,day]"),
    );
  });

  it("drops branches of CASE that are never taken, and CASE that always takes one", () => {
    expect(
      rewritten(
        "select case when false then a when b > 1 then 2 end, case when true then a else b end from t",
        booleanSimplification,
      ),
    ).toBe(
      tree(
        "Project [CASE WHEN (b > 1) THEN 2 END AS CASE WHEN false THEN a WHEN (b > 1) THEN 2 END, a AS CASE WHEN true THEN a ELSE b END]",
        "+- Relation [key,a,b,s,d,f,day]",
      ),
    );
  });

  it("keeps a condition that may fail before a false one", () => {
    expect(leaves("select key from t where 1/a > 1 and false", booleanSimplification)).toBe(true);
  });

  it("leaves other conditions alone", () => {
    expect(leaves("select key from t where a > 1 and b < 2", booleanSimplification)).toBe(true);
  });
});
