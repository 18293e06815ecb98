import type { Expression, FrameBound, SortOrder, WindowSpec } from "../plan/expression.ts";
import { identifier, isName } from "./names.ts";
import type { Parser } from "./parser.ts";
import { parseSortOrder } from "./sort-parser.ts";

const SPEC_STARTS = new Set(["PARTITION", "DISTRIBUTE", "CLUSTER", "ORDER", "SORT"]);

/** What stands after OVER: a window's name, or its definition in parentheses. */
export function parseWindow(p: Parser): string | WindowSpec {
  if (!p.acceptSymbol("(")) return identifier(p);
  if (isName(p.token) && p.isSymbol(")", 1)) {
    const name = identifier(p);
    p.expectSymbol(")");
    return name;
  }
  const partitionBy = parsePartition(p);
  const orderBy = acceptBy(p, "ORDER", "SORT") ? sortOrders(p) : [];
  const frame = parseFrame(p);
  if (SPEC_STARTS.has(p.token.value)) p.fail("')'");
  p.expectSymbol(")");
  return Object.freeze({
    partitionBy: Object.freeze(partitionBy),
    orderBy: Object.freeze(orderBy),
    frame,
  });
}

function acceptBy(p: Parser, ...words: readonly string[]): boolean {
  return words.some((word) => p.accept(word, "BY"));
}

function parsePartition(p: Parser): Expression[] {
  if (!acceptBy(p, "PARTITION", "DISTRIBUTE", "CLUSTER")) return [];
  const keys = [p.grammar.expression(p)];
  while (p.acceptSymbol(",")) keys.push(p.grammar.expression(p));
  return keys;
}

function sortOrders(p: Parser): SortOrder[] {
  const orders = [parseSortOrder(p)];
  while (p.acceptSymbol(",")) orders.push(parseSortOrder(p));
  return orders;
}

function parseFrame(p: Parser): WindowSpec["frame"] {
  const rows = p.accept("ROWS");
  if (!rows && !p.accept("RANGE")) return null;
  const unit = rows ? "rows" : "range";
  const between = p.accept("BETWEEN");
  const start = parseBound(p);
  if (!between) return Object.freeze({ unit, start, end: bound("currentRow") });
  p.expect("AND");
  return Object.freeze({ unit, start, end: parseBound(p) });
}

function parseBound(p: Parser): FrameBound {
  if (p.accept("UNBOUNDED", "PRECEDING")) return bound("unboundedPreceding");
  if (p.accept("UNBOUNDED", "FOLLOWING")) return bound("unboundedFollowing");
  if (p.accept("CURRENT", "ROW")) return bound("currentRow");
  const offset = p.grammar.expression(p);
  if (p.accept("PRECEDING")) return Object.freeze({ kind: "preceding", offset });
  p.expect("FOLLOWING");
  return Object.freeze({ kind: "following", offset });
}

function bound(kind: "unboundedPreceding" | "currentRow" | "unboundedFollowing"): FrameBound {
  return Object.freeze({ kind });
}
