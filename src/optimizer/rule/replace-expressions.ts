import { type LikeQuantifier, likeQuantifier } from "../../builtins/string/like-quantified.ts";
import { allOf, anyOf, booleanCall } from "../../plan/conjuncts.ts";
import type { Call, Expression } from "../../plan/expression.ts";
import { transformExpression } from "../../plan/expression-tree.ts";
import { mapPlanExpressions, transformPlan } from "../../plan/plan-tree.ts";
import { isDeterministic } from "../expression-facts.ts";
import type { Rule } from "../rule.ts";

/**
 * Writes `a BETWEEN b AND c` as the two comparisons that it is, and `a LIKE ANY (…)` as single LIKEs, so that each can be
 * pushed, pruned by and ordered.
 */
export const replaceExpressions: Rule = {
  name: "ReplaceExpressions",
  example: { before: "a BETWEEN 1 AND 3", after: "a >= 1 AND a <= 3" },
  apply: (plan) =>
    transformPlan(plan, (node) =>
      mapPlanExpressions(node, (expression) => transformExpression(expression, replace)),
    ),
};

function replace(expression: Expression): Expression {
  if (expression.kind !== "call") return expression;
  const quantifier = likeQuantifier(expression.name);
  if (quantifier !== null) return singleLikes(expression, quantifier);
  if (expression.name !== "between") return expression;
  const [value, low, high, asHigh = value] = expression.args;
  if (!value || !low || !high || !asHigh || !isDeterministic(value)) return expression;
  return booleanCall("and", [booleanCall(">=", [value, low]), booleanCall("<=", [asHigh, high])]);
}

function singleLikes(call: Call, { connective, negated }: LikeQuantifier): Expression {
  const [text, ...patterns] = call.args;
  if (!text || !isDeterministic(text)) return call;
  const likes = patterns.map((pattern) => {
    const like = booleanCall("like", [text, pattern]);
    return negated ? booleanCall("not", [like]) : like;
  });
  return (connective === "or" ? anyOf(likes) : allOf(likes)) ?? call;
}
