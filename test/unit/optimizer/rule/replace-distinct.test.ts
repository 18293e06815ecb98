import { describe, expect, it } from "vitest";
import { replaceDistinct } from "../../../../src/optimizer/rule/replace-distinct.ts";
import { leaves, rewritten, tree } from "../../../support/optimizer.ts";

describe("ReplaceDistinct", () => {
  it("groups by all columns", () => {
    expect(rewritten("select distinct a, s from t", replaceDistinct)).toBe(
      tree("Aggregate [a, s], [a, s]", "+- Project [a, s]", "   +- Relation [key,a,b,s,d,f,day]"),
    );
  });

  it("does not touch a plan without DISTINCT", () => {
    expect(leaves("select a, s from t", replaceDistinct)).toBe(true);
  });
});
