import type { Expression, Literal } from "../plan/expression.ts";
import { expressionChildren } from "../plan/expression-tree.ts";
import { isUnsteady } from "../plan/is-unsteady.ts";
import { memoized } from "../plan/memoized.ts";
import { columnName } from "../plan/print-expression.ts";
import type { Analysis } from "./analysis.ts";
import { fixCurrentValue } from "./current-values.ts";

/** The value of an expression without columns. Throws the typed error of its evaluation. */
export function constantOf(expression: Expression, analysis: Analysis): Literal {
  const fixed = fixCurrentValue(expression, analysis.settings);
  return fixed.kind === "literal" ? fixed : analysis.settings.evaluateConstant(fixed);
}

/** The value of a constant expression, under the name that the expression gives its column. */
export function namedConstantOf(expression: Expression, analysis: Analysis): Literal {
  if (expression.kind === "literal") return expression;
  return Object.freeze({
    ...constantOf(expression, analysis),
    name: columnName(expression, analysis.settings.timeZone),
  });
}

/** True if the expression has one value for the whole query: no columns, aggregates, subqueries or chance in it. */
export const isConstantExpression: (expression: Expression) => boolean = memoized(
  (expression) =>
    isConstantNode(expression) && expressionChildren(expression).every(isConstantExpression),
);

const CONSTANT_KINDS: ReadonlySet<Expression["kind"]> = new Set([
  "literal",
  "cast",
  "case",
  "call",
]);

const isConstantNode = (node: Expression): boolean =>
  CONSTANT_KINDS.has(node.kind) && !isUnsteady(node);
