import { describe, expect, it } from "vitest";
import { commonSubexpressionElimination } from "../../../../src/optimizer/rule/common-subexpression-elimination.ts";
import { leaves, rewritten, tree } from "../../../support/optimizer.ts";

describe("CommonSubexpressionElimination", () => {
  it("computes a repeated expression once", () => {
    expect(
      rewritten("select d * (1 - d), d * (1 - d) + 1 from t", commonSubexpressionElimination),
    ).toBe(
      tree(
        "Project [_common_expr AS (d * (1 - d)), (_common_expr + cast(1 as decimal(1,0))) AS ((d * (1 - d)) + 1)]",
        "+- Project [(d * (cast(1 as decimal(1,0)) - d)) AS _common_expr]",
        "   +- Relation [key,a,b,s,d,f,day]",
      ),
    );
  });

  it("does so for the arguments of aggregates", () => {
    expect(
      rewritten(
        "select a, sum(d * (1 - d)), max(d * (1 - d) * 2) from t group by a",
        commonSubexpressionElimination,
      ),
    ).toBe(
      tree(
        "Aggregate [a], [a, sum(_common_expr) AS sum((d * (1 - d))), max((_common_expr * cast(2 as decimal(1,0)))) AS max(((d * (1 - d)) * 2))]",
        "+- Project [a, (d * (cast(1 as decimal(1,0)) - d)) AS _common_expr]",
        "   +- Relation [key,a,b,s,d,f,day]",
      ),
    );
  });

  it("does not carry a column to save one addition", () => {
    expect(leaves("select a + b, a + b from t", commonSubexpressionElimination)).toBe(true);
  });

  it("does not compute ahead what only some rows need", () => {
    expect(
      leaves(
        "select case when a > 1 then upper(s || 'x') else upper(s || 'x') end from t",
        commonSubexpressionElimination,
      ),
    ).toBe(true);
  });

  it("does not share random values", () => {
    expect(leaves("select rand(1) * f, rand(1) * f from t", commonSubexpressionElimination)).toBe(
      true,
    );
  });
});
