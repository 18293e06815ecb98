import { describe, expect, it } from "vitest";
import { collapseProject } from "../../../../src/optimizer/rule/collapse-project.ts";
import { leaves, rewritten, tree } from "../../../support/optimizer.ts";

describe("CollapseProject", () => {
  it("puts what an alias stands for into the projection above", () => {
    expect(rewritten("select x + 1 from (select a + b x from t)", collapseProject)).toBe(
      tree("Project [((a + b) + 1) AS (x + 1)]", "+- Relation [key,a,b,s,d,f,day]"),
    );
  });

  it("drops a projection that changes nothing", () => {
    expect(rewritten("select * from (select a, b from t)", collapseProject)).toBe(
      tree("Project [a, b]", "+- Relation [key,a,b,s,d,f,day]"),
    );
  });

  it("does not compute twice what is computed once", () => {
    expect(leaves("select x + x from (select a + b x from t)", collapseProject)).toBe(true);
  });

  it("does not draw a random value twice", () => {
    expect(leaves("select x, x + 1 from (select rand(1) x, a from t)", collapseProject)).toBe(true);
  });
});
