import { findBuiltin } from "../../builtins/registry.ts";
import type { Call, Expression, Literal } from "../../plan/expression.ts";
import { transformExpression } from "../../plan/expression-tree.ts";
import { nullableOf } from "../../plan/expression-type.ts";
import { FALSE, isNullLiteral, nullLiteral, TRUE } from "../../plan/literal.ts";
import { mayFail } from "../../plan/may-fail.ts";
import { mapPlanExpressions, transformPlan } from "../../plan/plan-tree.ts";
import { constantValue } from "../constant-value.ts";
import { isStrict } from "../expression-facts.ts";
import type { Rule, RuleContext } from "../rule.ts";

/**
 * Computes what has no columns in it, once. What would fail stays as it is: it may never be evaluated. A call that
 * is null as soon as an argument is, is null where one is the constant null.
 */
export const constantFolding: Rule = {
  name: "ConstantFolding",
  example: { before: "a > 1 + 2", after: "a > 3" },
  apply: (plan, context) =>
    transformPlan(plan, (node) =>
      mapPlanExpressions(node, (expression) =>
        transformExpression(expression, (e) => fold(e, context)),
      ),
    ),
};

function fold(expression: Expression, context: RuleContext): Expression {
  if (expression.kind === "call") {
    const known = nullTest(expression);
    if (known) return known;
    if (isNullFirst(expression)) return nullLiteral(expression.type);
  }
  const computes =
    expression.kind === "call" || expression.kind === "cast" || expression.kind === "case";
  return computes ? (constantValue(expression, context) ?? expression) : expression;
}

/** A constant null decides before the other arguments are evaluated; `concat` alone evaluates all of them first. */
function isNullFirst(call: Call): boolean {
  if (!call.args.some(isNullLiteral) || !isStrict(call)) return false;
  const builtin = findBuiltin(call.name);
  const needsAll = builtin?.kind === "scalar" && builtin.evaluates === "together";
  return !(needsAll && call.args.some(mayFail));
}

function nullTest(call: Call): Literal | null {
  const [arg] = call.args;
  if (!arg || nullableOf(arg)) return null;
  if (call.name === "isnull") return FALSE;
  return call.name === "isnotnull" ? TRUE : null;
}
