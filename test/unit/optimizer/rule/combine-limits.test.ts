import { describe, expect, it } from "vitest";
import { collapseProject } from "../../../../src/optimizer/rule/collapse-project.ts";
import { combineLimits } from "../../../../src/optimizer/rule/combine-limits.ts";
import { leaves, rewritten, tree } from "../../../support/optimizer.ts";

describe("CombineLimits", () => {
  it("takes the smaller one", () => {
    expect(
      rewritten("select * from (select * from t limit 5) limit 3", [
        collapseProject,
        combineLimits,
      ]),
    ).toBe(tree("GlobalLimit 3", "+- LocalLimit 3", "   +- Relation [key,a,b,s,d,f,day]"));
  });

  it("also where the inner one is smaller", () => {
    expect(
      rewritten("select * from (select * from t limit 3) limit 5", [
        collapseProject,
        combineLimits,
      ]),
    ).toBe(tree("GlobalLimit 3", "+- LocalLimit 3", "   +- Relation [key,a,b,s,d,f,day]"));
  });

  it("leaves a limit of a limited sort alone", () => {
    expect(
      leaves("select * from (select * from t limit 3) order by a limit 5", combineLimits),
    ).toBe(true);
  });
});
