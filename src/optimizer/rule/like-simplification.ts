import { findBuiltin } from "../../builtins/registry.ts";
import { STRING } from "../../columnar/data-type.ts";
import type { Call, Expression } from "../../plan/expression.ts";
import { transformExpression } from "../../plan/expression-tree.ts";
import { mapPlanExpressions, transformPlan } from "../../plan/plan-tree.ts";
import type { Rule } from "../rule.ts";

/** A LIKE that asks for a prefix, a suffix, a part or the whole is that; a prefix also rules out row groups. */
export const likeSimplification: Rule = {
  name: "LikeSimplification",
  example: { before: "s LIKE 'ab%'", after: "startswith(s, 'ab')" },
  apply: (plan) =>
    transformPlan(plan, (node) =>
      mapPlanExpressions(node, (expression) => transformExpression(expression, simplify)),
    ),
};

function simplify(expression: Expression): Expression {
  if (expression.kind !== "call" || expression.name !== "like" || expression.args.length !== 2)
    return expression;
  const [value, pattern] = expression.args;
  if (!value || pattern?.kind !== "literal" || typeof pattern.value !== "string") return expression;
  const parts = /^(%*)([^%_\\]*)(%*)$/.exec(pattern.value);
  const text = parts?.[2];
  if (!parts || text === undefined || text === "") return expression;
  const name = builtinFor(parts[1] !== "", parts[3] !== "");
  if (!findBuiltin(name)) return expression;
  return named(expression, name, value, text);
}

function builtinFor(before: boolean, after: boolean): string {
  if (before) return after ? "contains" : "endswith";
  return after ? "startswith" : "=";
}

function named(call: Call, name: string, value: Expression, text: string): Expression {
  const literal: Expression = Object.freeze({ kind: "literal", type: STRING, value: text });
  return Object.freeze({ ...call, name, args: Object.freeze([value, literal]) });
}
