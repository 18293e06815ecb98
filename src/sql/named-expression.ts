import type { Expression } from "../plan/expression.ts";
import { columnAliasWithoutAs, identifier } from "./names.ts";
import { alias } from "./nodes.ts";
import type { Parser } from "./parser.ts";

/** A select item: an expression, and its alias if it has one. */
export function parseNamedExpression(p: Parser): Expression {
  const expression = p.grammar.expression(p);
  if (p.accept("AS")) {
    if (p.isSymbol("(")) p.unsupported("several aliases for one expression");
    return alias(expression, identifier(p));
  }
  const name = columnAliasWithoutAs(p);
  return name === null ? expression : alias(expression, name);
}
