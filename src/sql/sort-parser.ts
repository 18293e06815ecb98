import type { SortOrder } from "../plan/expression.ts";
import type { Parser } from "./parser.ts";

/** An item of ORDER BY: nulls come first when ascending and last when descending, unless it says. */
export function parseSortOrder(p: Parser): SortOrder {
  const expression = p.grammar.expression(p);
  const descending = p.accept("DESC");
  if (!descending) p.accept("ASC");
  if (p.accept("NULLS", "FIRST"))
    return Object.freeze({ expression, ascending: !descending, nullsFirst: true });
  const last = p.accept("NULLS", "LAST");
  return Object.freeze({
    expression,
    ascending: !descending,
    nullsFirst: !last && !descending,
  });
}
