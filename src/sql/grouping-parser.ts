import type { Expression } from "../plan/expression.ts";
import type { Position } from "../plan/position.ts";
import { call } from "./nodes.ts";
import type { Parser } from "./parser.ts";

/**
 * The items after GROUP BY. `rollup` and `cube` are calls of their columns; `grouping_sets` is a call with one
 * `struct` for each set. A set of several columns inside them is a `struct` too. ALL is a column of that name.
 */
export function parseGroupBy(p: Parser): readonly Expression[] {
  const { position } = p.token;
  const items = [parseItem(p)];
  while (p.acceptSymbol(",")) items.push(parseItem(p));
  for (const word of ["ROLLUP", "CUBE"])
    if (p.accept("WITH", word)) return Object.freeze([call(word.toLowerCase(), items, position)]);
  if (p.isWord("GROUPING") && p.isWord("SETS", 1)) return Object.freeze([parseGroupingSets(p)]);
  return Object.freeze(items);
}

function parseItem(p: Parser): Expression {
  return parseAnalytics(p) ?? p.grammar.expression(p);
}

function parseAnalytics(p: Parser): Expression | null {
  if (p.isWord("GROUPING") && p.isWord("SETS", 1) && p.isSymbol("(", 2))
    return parseGroupingSets(p);
  const isAnalytic = (p.isWord("ROLLUP") || p.isWord("CUBE")) && p.isSymbol("(", 1);
  if (!isAnalytic) return null;
  const { value, position } = p.advance();
  return call(value.toLowerCase(), parseSets(p, parseSet), position);
}

function parseGroupingSets(p: Parser): Expression {
  const { position } = p.token;
  p.expect("GROUPING", "SETS");
  const sets = parseSets(
    p,
    (inner) => parseAnalytics(inner) ?? asStruct(parseSet(inner), position),
  );
  return call("grouping_sets", sets, position);
}

function parseSets(p: Parser, rule: (p: Parser) => Expression): readonly Expression[] {
  p.expectSymbol("(");
  const sets = [rule(p)];
  while (p.acceptSymbol(",")) sets.push(rule(p));
  p.expectSymbol(")");
  return sets;
}

function parseSet(p: Parser): Expression {
  if (!p.isSymbol("(") || !p.isSymbol(")", 1)) return p.grammar.expression(p);
  const { position } = p.advance();
  p.expectSymbol(")");
  return call("struct", [], position);
}

function asStruct(set: Expression, position: Position): Expression {
  if (set.kind === "unresolvedCall" && set.name === "struct") return set;
  return call("struct", [set], position);
}
