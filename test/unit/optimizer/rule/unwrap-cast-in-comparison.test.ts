import { describe, expect, it } from "vitest";
import { constantFolding } from "../../../../src/optimizer/rule/constant-folding.ts";
import { unwrapCastInComparison } from "../../../../src/optimizer/rule/unwrap-cast-in-comparison.ts";
import { leaves, rewritten, tree } from "../../../support/optimizer.ts";

describe("UnwrapCastInComparison", () => {
  it("compares a column with a constant of its own type", () => {
    expect(rewritten("select key from t where a > 5L and 7L >= a", unwrapCastInComparison)).toBe(
      tree(
        "Project [key]",
        "+- Filter ((a > 5) AND (7 >= a))",
        "   +- Relation [key,a,b,s,d,f,day]",
      ),
    );
  });

  it("does so for every item of a list", () => {
    expect(
      rewritten("select key from t where cast(a as bigint) in (1L, 2L)", unwrapCastInComparison),
    ).toBe(tree("Project [key]", "+- Filter a IN (1,2)", "   +- Relation [key,a,b,s,d,f,day]"));
  });

  it("does so for decimals and doubles that are exact", () => {
    expect(
      rewritten("select key from t where d > 3.500 and cast(a as double) < 2", [
        constantFolding,
        unwrapCastInComparison,
      ]),
    ).toBe(
      tree(
        "Project [key]",
        "+- Filter ((d > 3.50) AND (a < 2))",
        "   +- Relation [key,a,b,s,d,f,day]",
      ),
    );
  });

  it("leaves a constant alone that the column's type does not have", () => {
    expect(leaves("select key from t where a > 5000000000", unwrapCastInComparison)).toBe(true);
  });

  it("leaves a list alone of which one item does not fit", () => {
    expect(
      leaves(
        "select key from t where cast(a as bigint) in (1L, 5000000000L)",
        unwrapCastInComparison,
      ),
    ).toBe(true);
  });

  it("leaves a cast alone that loses digits", () => {
    expect(leaves("select key from t where cast(f as int) > 5", unwrapCastInComparison)).toBe(true);
  });

  it("leaves a bigint as a double alone, which is not exact", () => {
    expect(
      leaves("select key from t where cast(key as double) > 5.0D", unwrapCastInComparison),
    ).toBe(true);
  });
});
