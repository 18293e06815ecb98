import { describe, expect, it } from "vitest";
import { collapseProject } from "../../../../src/optimizer/rule/collapse-project.ts";
import { combineFilters } from "../../../../src/optimizer/rule/combine-filters.ts";
import { leaves, rewritten, tree } from "../../../support/optimizer.ts";

describe("CombineFilters", () => {
  it("makes two filters one, the inner conditions first, each once", () => {
    expect(
      rewritten("select * from (select * from t where a > 1) where b > 2 and a > 1", [
        collapseProject,
        combineFilters,
      ]),
    ).toBe(tree("Filter ((a > 1) AND (b > 2))", "+- Relation [key,a,b,s,d,f,day]"));
  });

  it("does not put a random condition beside another", () => {
    expect(
      leaves("select * from (select * from t where a > 1) where rand(1) > 0.5D", combineFilters),
    ).toBe(true);
  });
});
