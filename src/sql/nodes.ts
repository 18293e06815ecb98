import { aliasOf } from "../plan/alias.ts";
import type { Alias, Expression, UnresolvedCall } from "../plan/expression.ts";
import type { Position } from "../plan/position.ts";

/** A call of a builtin before its types are known. */
export function call(
  name: string,
  args: readonly Expression[],
  position: Position,
): UnresolvedCall {
  return Object.freeze({
    kind: "unresolvedCall",
    name,
    args: Object.freeze([...args]),
    distinct: false,
    filter: null,
    ignoreNulls: false,
    position,
  });
}

/** A literal, cast or CASE with the place where it begins; every other expression has its place already. */
export function placed(expression: Expression, position: Position): Expression {
  switch (expression.kind) {
    case "literal":
    case "cast":
    case "case":
      return expression.position ? expression : Object.freeze({ ...expression, position });
    default:
      return expression;
  }
}

/** An expression under a name; ids come with analysis. */
export function alias(child: Expression, name: string): Alias {
  return aliasOf(0, name, child);
}

/** `not(child)` where `negate`, else the child. */
export function negateIf(negate: boolean, child: Expression, position: Position): Expression {
  return negate ? call("not", [child], position) : child;
}
