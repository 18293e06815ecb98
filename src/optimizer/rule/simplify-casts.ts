import { sameType } from "../../columnar/data-type.ts";
import type { Expression } from "../../plan/expression.ts";
import { transformExpression } from "../../plan/expression-tree.ts";
import { typeOf } from "../../plan/expression-type.ts";
import { mapPlanExpressions, transformPlan } from "../../plan/plan-tree.ts";
import type { Rule } from "../rule.ts";

/** Drops casts to the type that is there already. */
export const simplifyCasts: Rule = {
  name: "SimplifyCasts",
  example: { before: "CAST(a AS INT), a being INT", after: "a" },
  apply: (plan) =>
    transformPlan(plan, (node) =>
      mapPlanExpressions(node, (expression) => transformExpression(expression, simplify)),
    ),
};

function simplify(expression: Expression): Expression {
  if (expression.kind !== "cast") return expression;
  return sameType(typeOf(expression.child), expression.type) ? expression.child : expression;
}
