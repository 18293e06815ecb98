import { describe, expect, it } from "vitest";
import { eliminateOuterJoin } from "../../../../src/optimizer/rule/eliminate-outer-join.ts";
import { updateNullability } from "../../../../src/optimizer/rule/update-nullability.ts";
import type { RuleContext } from "../../../../src/optimizer/rule.ts";
import { planOutput } from "../../../../src/plan/plan-output.ts";
import { analyzed, leaves } from "../../../support/optimizer.ts";

const NO_CONTEXT = {} as RuleContext;

describe("UpdateNullability", () => {
  it("knows that columns of a join that became inner are not null, nor what is computed of them", () => {
    const outer = analyzed(
      "select u.key, u.key + 1, u.key + u.a, u.a from t left join u on t.key = u.key where u.a > 1",
    );
    expect(planOutput(outer).map((a) => a.nullable)).toEqual([true, true, true, true]);
    const inner = eliminateOuterJoin.apply(outer, NO_CONTEXT);
    const tight = updateNullability.apply(inner, NO_CONTEXT);
    expect(planOutput(tight).map((a) => a.nullable)).toEqual([false, false, true, true]);
  });

  it("leaves a plan alone whose columns may all be null", () => {
    expect(leaves("select a + b from t", updateNullability)).toBe(true);
  });
});
