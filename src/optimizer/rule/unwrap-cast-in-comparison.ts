import type { DataType } from "../../columnar/data-type.ts";
import type { Call, Cast, Expression, Literal } from "../../plan/expression.ts";
import { transformExpression } from "../../plan/expression-tree.ts";
import { typeOf } from "../../plan/expression-type.ts";
import { mapPlanExpressions, transformPlan } from "../../plan/plan-tree.ts";
import { exactLiteral } from "../exact-literal.ts";
import type { Rule } from "../rule.ts";

/**
 * Compares a column as it is with a constant of its own type instead of casting every value: `cast(i as bigint) > 5L`
 * is `i > 5`. Only where the cast loses nothing and the constant has an exact counterpart.
 */
export const unwrapCastInComparison: Rule = {
  name: "UnwrapCastInComparison",
  example: { before: "CAST(a AS BIGINT) > 5L", after: "a > 5" },
  apply: (plan) =>
    transformPlan(plan, (node) =>
      mapPlanExpressions(node, (expression) => transformExpression(expression, unwrap)),
    ),
};

const COMPARISONS = new Set(["=", "<=>", "<", "<=", ">", ">="]);
const INTEGERS = ["byte", "short", "int", "long"];
const INTEGER_DIGITS = [3, 5, 10, 19];
/** Integers of these types are all exact as a double. */
const EXACT_AS_DOUBLE = ["byte", "short", "int"];

function unwrap(expression: Expression): Expression {
  if (expression.kind !== "call") return expression;
  if (expression.name === "in") return unwrapIn(expression);
  if (!COMPARISONS.has(expression.name)) return expression;
  const [left, right] = expression.args;
  if (left?.kind === "cast" && right?.kind === "literal")
    return unwrapPair(expression, left, right, (value, literal) => [value, literal]);
  if (left?.kind === "literal" && right?.kind === "cast")
    return unwrapPair(expression, right, left, (value, literal) => [literal, value]);
  return expression;
}

function unwrapPair(
  call: Call,
  cast: Cast,
  literal: Literal,
  order: (value: Expression, literal: Expression) => readonly Expression[],
): Expression {
  if (!keepsEveryValue(typeOf(cast.child), cast.type)) return call;
  const exact = exactLiteral(literal, typeOf(cast.child));
  return exact ? Object.freeze({ ...call, args: Object.freeze(order(cast.child, exact)) }) : call;
}

function unwrapIn(call: Call): Expression {
  const [value, ...list] = call.args;
  if (value?.kind !== "cast") return call;
  const type = typeOf(value.child);
  if (!keepsEveryValue(type, value.type)) return call;
  const exact = list.map((item) => (item.kind === "literal" ? exactLiteral(item, type) : null));
  if (!exact.every((item) => item !== null)) return call;
  return Object.freeze({ ...call, args: Object.freeze([value.child, ...exact]) });
}

function keepsEveryValue(from: DataType, to: DataType): boolean {
  const integer = INTEGERS.indexOf(from.kind);
  if (integer >= 0) {
    if (to.kind === "double") return EXACT_AS_DOUBLE.includes(from.kind);
    if (to.kind === "decimal") return to.precision - to.scale >= (INTEGER_DIGITS[integer] ?? 99);
    return INTEGERS.indexOf(to.kind) >= integer;
  }
  return (
    from.kind === "decimal" &&
    to.kind === "decimal" &&
    to.scale >= from.scale &&
    to.precision - to.scale >= from.precision - from.scale
  );
}
