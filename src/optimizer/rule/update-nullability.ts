import { findBuiltin } from "../../builtins/registry.ts";
import { sameType } from "../../columnar/data-type.ts";
import { argumentOf } from "../../plan/argument-of.ts";
import type { Attribute, Call, Expression } from "../../plan/expression.ts";
import { transformExpression } from "../../plan/expression-tree.ts";
import type { LogicalPlan } from "../../plan/logical-plan.ts";
import { planOutput } from "../../plan/plan-output.ts";
import { mapPlanExpressions, planChildren, transformPlan } from "../../plan/plan-tree.ts";
import type { Rule } from "../rule.ts";

/** Tells expressions which of the columns they read cannot be null, and so which of their own results. */
export const updateNullability: Rule = {
  name: "UpdateNullability",
  example: { before: "a + 1, a being NOT NULL", after: "(a + 1) NOT NULL" },
  apply: (plan) => transformPlan(plan, update),
};

function update(node: LogicalPlan): LogicalPlan {
  const never = new Set(inputsOf(node).flatMap((a) => (a.nullable ? [] : [a.id])));
  if (never.size === 0) return node;
  return mapPlanExpressions(node, (expression) =>
    transformExpression(expression, (e) => tighten(e, never)),
  );
}

const inputsOf = (node: LogicalPlan): readonly Attribute[] =>
  node.kind === "relation" ? node.output : planChildren(node).flatMap((child) => planOutput(child));

function tighten(expression: Expression, never: ReadonlySet<number>): Expression {
  if (expression.kind === "attribute" && expression.nullable && never.has(expression.id))
    return Object.freeze({ ...expression, nullable: false });
  if (expression.kind === "call" && expression.nullable && !isNullable(expression))
    return Object.freeze({ ...expression, nullable: false });
  return expression;
}

/** Asks the function again, now that more is known of its arguments. */
function isNullable(call: Call): boolean {
  const builtin = findBuiltin(call.name);
  if (builtin?.kind !== "scalar") return true;
  const args = call.args.map(argumentOf);
  const signature = builtin.resolve(args, { ansi: call.ansi, name: call.name });
  if (!sameType(signature.type, call.type)) return true;
  return signature.nullable ?? args.some((arg) => arg.nullable);
}
