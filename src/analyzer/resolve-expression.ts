import { findBuiltin } from "../builtins/registry.ts";
import type {
  Cast,
  Expression,
  Lambda,
  Literal,
  Subquery,
  UnresolvedCall,
  UnresolvedStar,
  WindowCall,
} from "../plan/expression.ts";
import { mapChildren } from "../plan/expression-tree.ts";
import { literal } from "../plan/literal.ts";
import type { Position } from "../plan/position.ts";
import { analysisError, notSupported, withPosition } from "./analysis-error.ts";
import { caseOf, castOf } from "./coerce.ts";
import { expandStar } from "./expand-star.ts";
import type { Names } from "./names.ts";
import { resolveCall } from "./resolve-call.ts";

/**
 * The expression with its names, types and casts. Aliases inside of it are dropped. An error without a place in the text
 * gets that of the innermost expression around it that has one.
 */
export function resolveExpression(
  expression: Expression,
  names: Names,
  insideAggregate = false,
): Expression {
  if (expression.kind === "literal")
    return expression.position ? literal(expression.type, expression.value) : expression;
  try {
    return resolveNode(expression, names, insideAggregate);
  } catch (error) {
    throw withPosition(error, positionOf(expression));
  }
}

function resolveNode(
  expression: Exclude<Expression, Literal>,
  names: Names,
  insideAggregate: boolean,
): Expression {
  const resolve = (e: Expression): Expression => resolveExpression(e, names, insideAggregate);
  switch (expression.kind) {
    case "lambdaVariable":
      return expression;
    case "attribute":
      return names.renew(expression);
    case "unresolvedAttribute":
      return names.find(expression, insideAggregate);
    case "alias":
      return resolve(expression.child);
    case "cast":
      return resolveCast(expression, resolve);
    case "case":
      return caseOf(
        expression.branches.map((b) => ({ when: resolve(b.when), result: resolve(b.result) })),
        expression.otherwise && resolve(expression.otherwise),
        names.analysis,
      );
    case "call":
    case "aggregate":
      return mapChildren(expression, resolve);
    case "unresolvedCall":
      return resolveUnresolvedCall(expression, names, insideAggregate);
    default:
      return refuse(expression);
  }

  function resolveCast(cast: Cast, child: (e: Expression) => Expression): Expression {
    return castOf(child(cast.child), cast, positionOf(cast), names.analysis);
  }
}

function resolveUnresolvedCall(
  call: UnresolvedCall,
  names: Names,
  insideAggregate: boolean,
): Expression {
  const inside = insideAggregate || findBuiltin(call.name)?.kind === "aggregate";
  const isCountStar = isCountOfAll(call);
  const written: Expression[] = [];
  const args: Expression[] = [];
  for (const arg of isCountStar ? [] : call.args) {
    const isStar = arg.kind === "unresolvedStar";
    written.push(...(isStar ? expandStar(arg, names) : [arg]));
    if (isStar) args.push(...written.slice(args.length).map(unaliased));
    else args.push(resolveExpression(arg, names, inside));
  }
  const filter = call.filter && resolveExpression(call.filter, names, inside);
  return resolveCall({ call, written, args, filter, isCountStar }, names.analysis);
}

const unaliased = (column: Expression): Expression =>
  column.kind === "alias" ? column.child : column;

function isCountOfAll(call: UnresolvedCall): boolean {
  const [star, ...others] = call.args;
  if (call.name.toLowerCase() !== "count") return false;
  if (star === undefined)
    throw analysisError(
      "WRONG_NUM_ARGS.WITH_SUGGESTION",
      "42605",
      "The `count` requires > 0 parameters but the actual number is 0. Please use count(*).",
      call.position,
    );
  if (star.kind !== "unresolvedStar" || others.length > 0 || call.distinct) return false;
  if (star.qualifier.length > 0)
    throw analysisError(
      "_LEGACY_ERROR_TEMP_1021",
      "42000",
      `count(${star.qualifier.join(".")}.*) is not allowed. Please use count(*) or expand the columns manually, e.g. count(col1, col2).`,
      star.position,
    );
  return star.except.length === 0;
}

function refuse(expression: WindowCall | Subquery | Lambda | UnresolvedStar): never {
  switch (expression.kind) {
    case "window":
      throw notSupported("a window function", expression.position);
    case "subquery":
      throw notSupported(
        expression.form === "scalar"
          ? "a scalar subquery"
          : `a subquery in ${expression.form === "in" ? "IN" : "EXISTS"}`,
        expression.position,
      );
    case "lambda":
      throw notSupported("a lambda function", expression.position);
    case "unresolvedStar":
      throw analysisError(
        "INVALID_USAGE_OF_STAR_OR_REGEX",
        "42000",
        "Invalid usage of '*' in an expression.",
        expression.position,
      );
  }
}

/** Where the leftmost part of an expression stands in the text, as far as it is known. */
export function positionOf(expression: Expression | undefined): Position | null {
  switch (expression?.kind) {
    case "unresolvedAttribute":
    case "unresolvedStar":
    case "unresolvedCall":
    case "window":
    case "subquery":
    case "lambda":
      return expression.position;
    case "literal":
    case "case":
      return expression.position ?? null;
    case "cast":
      return expression.position ?? positionOf(expression.child);
    case "alias":
      return positionOf(expression.child);
    default:
      return null;
  }
}
