import { booleanCall } from "../plan/conjuncts.ts";
import type { Expression } from "../plan/expression.ts";
import { transformExpression } from "../plan/expression-tree.ts";
import { mapPlanExpressions, transformPlan } from "../plan/plan-tree.ts";
import { isDeterministic } from "./expression-facts.ts";
import type { Rule } from "./rule.ts";

/** Writes `a BETWEEN b AND c` as the two comparisons that it is, so that each can be pushed, pruned by and ordered. */
export const replaceExpressions: Rule = {
  name: "ReplaceExpressions",
  apply: (plan) =>
    transformPlan(plan, (node) =>
      mapPlanExpressions(node, (expression) => transformExpression(expression, replace)),
    ),
};

function replace(expression: Expression): Expression {
  if (expression.kind !== "call" || expression.name !== "between") return expression;
  const [value, low, high] = expression.args;
  if (!value || !low || !high || !isDeterministic(value)) return expression;
  return booleanCall("and", [booleanCall(">=", [value, low]), booleanCall("<=", [value, high])]);
}
