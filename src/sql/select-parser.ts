import type { Expression } from "../plan/expression.ts";
import type { Aggregate, LogicalPlan } from "../plan/logical-plan.ts";
import type { Position } from "../plan/position.ts";
import { acceptBy } from "./by-clause.ts";
import { parseGroupBy } from "./grouping-parser.ts";
import { broadcastNames, hintBroadcast, warnOfMissing } from "./hints.ts";
import { parseNamedExpression } from "./named-expression.ts";
import type { Parser } from "./parser.ts";
import { parseFrom } from "./relation-parser.ts";
import { parseWindows } from "./windows-clause.ts";

/** The source of a query that has no FROM: one row without columns. */
const ONE_ROW: LogicalPlan = Object.freeze({
  kind: "localRelation",
  output: Object.freeze([]),
  rows: Object.freeze([Object.freeze([])]),
});

/** `SELECT … WINDOW …`; `source` is what stood before it in a FROM-first query. */
export function parseSelect(p: Parser, source: LogicalPlan | null): LogicalPlan {
  const { position } = p.token;
  p.expect("SELECT");
  const broadcast = broadcastNames(p);
  const { position: quantifier } = p.token;
  const distinct = acceptQuantifier(p, "DISTINCT");
  if (!distinct) acceptQuantifier(p, "ALL");
  if (p.isWord("TRANSFORM") && p.isSymbol("(", 1)) refuseTransform(p);
  const items = [parseNamedExpression(p)];
  while (p.acceptSymbol(",")) items.push(parseNamedExpression(p));
  const from = source ?? (p.accept("FROM") ? parseFrom(p) : ONE_ROW);
  if (p.isWord("LATERAL") && p.isWord("VIEW", 1)) p.unsupported("LATERAL VIEW");
  warnOfMissing(p, from, broadcast);
  const plan = parseFiltered(p, hintBroadcast(from, broadcast), {
    items: Object.freeze(items),
    position,
  });
  const quantified: LogicalPlan = distinct
    ? Object.freeze({ kind: "distinct", child: plan, position: quantifier })
    : plan;
  return parseWindows(p, quantified);
}

function acceptQuantifier(p: Parser, word: string): boolean {
  const next = p.peek(1);
  const isColumn = (next.kind === "symbol" && ",.=".includes(next.value)) || p.isWord("FROM", 1);
  return p.isWord(word) && !isColumn && p.accept(word);
}

function refuseTransform(p: Parser): void {
  let depth = 0;
  let distance = 1;
  do {
    if (p.isSymbol("(", distance)) depth++;
    if (p.isSymbol(")", distance)) depth--;
    distance++;
  } while (depth > 0 && p.peek(distance).kind !== "end");
  if (p.isWord("USING", distance)) p.unsupported("TRANSFORM");
}

interface SelectClause {
  readonly items: readonly Expression[];
  readonly position: Position;
}

function parseFiltered(
  p: Parser,
  from: LogicalPlan,
  { items, position }: SelectClause,
): LogicalPlan {
  const child: LogicalPlan = p.accept("WHERE")
    ? Object.freeze({ kind: "filter", condition: p.grammar.expression(p), child: from })
    : from;
  const grouping = acceptBy(p, "GROUP") ? parseGroupBy(p) : null;
  const having = p.accept("HAVING") ? p.grammar.expression(p) : null;
  if (grouping === null && having === null)
    return Object.freeze({ kind: "project", expressions: items, child, position });
  const aggregate: Aggregate = Object.freeze({
    kind: "aggregate",
    grouping: grouping ?? Object.freeze([]),
    aggregates: items,
    child,
    position,
  });
  return having === null
    ? aggregate
    : Object.freeze({ kind: "unresolvedHaving", condition: having, child: aggregate });
}
