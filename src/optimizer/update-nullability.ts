import type { Expression } from "../plan/expression.ts";
import { transformExpression } from "../plan/expression-tree.ts";
import type { LogicalPlan } from "../plan/logical-plan.ts";
import { planOutput } from "../plan/plan-output.ts";
import { mapPlanExpressions, planChildren, transformPlan } from "../plan/plan-tree.ts";
import type { Rule } from "./rule.ts";

/** Tells expressions which of the columns they read can no longer be null since joins above became inner ones. */
export const updateNullability: Rule = {
  name: "UpdateNullability",
  apply: (plan) => transformPlan(plan, update),
};

function update(node: LogicalPlan): LogicalPlan {
  const inputs = planChildren(node).flatMap((child) => planOutput(child));
  const never = new Set(inputs.filter((a) => !a.nullable).map((a) => a.id));
  if (never.size === 0 || node.kind === "join") return node;
  const tighten = (e: Expression): Expression =>
    e.kind === "attribute" && e.nullable && never.has(e.id)
      ? Object.freeze({ ...e, nullable: false })
      : e;
  return mapPlanExpressions(node, (expression) => transformExpression(expression, tighten));
}
