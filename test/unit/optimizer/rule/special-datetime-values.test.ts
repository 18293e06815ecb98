import { describe, expect, it } from "vitest";
import { specialDatetimeValues } from "../../../../src/optimizer/rule/special-datetime-values.ts";
import { leaves, rewritten, tree } from "../../../support/optimizer.ts";

describe("SpecialDatetimeValues", () => {
  it("writes the dates that special words mean at the time of the query", () => {
    expect(
      rewritten(
        "select key from t where day < 'today' and day > concat('Yester', 'day UTC ')",
        specialDatetimeValues,
      ),
    ).toBe(
      tree(
        "Project [key]",
        "+- Filter ((day < 2024-02-29) AND (day > 2024-02-28))",
        "   +- Relation [key,a,b,s,d,f,day]",
      ),
    );
  });

  it("does not read the words in the values of a column", () => {
    expect(leaves("select cast(s as date) from t", specialDatetimeValues)).toBe(true);
  });

  it("does not touch constants that are no special words", () => {
    const sql = "select key from t where day < '2020-01-01' and cast('now UTC' as date) > day";
    expect(leaves(sql, specialDatetimeValues)).toBe(true);
  });

  it("does not touch casts of special words to other types", () => {
    expect(leaves("select cast('today' as binary) from t", specialDatetimeValues)).toBe(true);
  });
});
