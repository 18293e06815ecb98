import { describe, expect, it } from "vitest";
import { pullOutGroupingExpressions } from "../../../../src/optimizer/rule/pull-out-grouping-expressions.ts";
import { leaves, rewritten, tree } from "../../../support/optimizer.ts";

describe("PullOutGroupingExpressions", () => {
  it("computes above the grouping what is made of a grouping expression", () => {
    expect(
      rewritten(
        "select not (a is null) as c, sum(b) + 1 as d from t group by a is null",
        pullOutGroupingExpressions,
      ),
    ).toBe(
      tree(
        "Project [NOT value AS c, (value + cast(1 as bigint)) AS d]",
        "+- Aggregate [isnull(a)], [isnull(a) AS value, sum(cast(b as bigint)) AS value]",
        "   +- Relation [key,a,b,s,d,f,day]",
      ),
    );
  });

  it("leaves outputs that are grouping expressions as they are", () => {
    expect(
      leaves("select a + 1, sum(b) + 1 from t group by a + 1", pullOutGroupingExpressions),
    ).toBe(true);
  });
});
