import type { LogicalPlan, SetOperation, With } from "../plan/logical-plan.ts";
import type { Position } from "../plan/position.ts";
import { acceptBy } from "./by-clause.ts";
import { identifier, isName, multipartName, nameList } from "./names.ts";
import type { Parser } from "./parser.ts";
import { parseFrom, tableName } from "./relation-parser.ts";
import { parseSelect } from "./select-parser.ts";
import { parseSortOrder } from "./sort-parser.ts";
import { parseInlineTable } from "./values-parser.ts";
import { parseWindows } from "./windows-clause.ts";

/** A query with everything around it: WITH, set operations, ORDER BY, WINDOW, LIMIT, OFFSET. */
export function parseQuery(p: Parser): LogicalPlan {
  const withClause = p.isWord("WITH") ? parseWith(p) : null;
  if (withClause !== null && p.isWord("INSERT")) p.unsupported("the statement INSERT");
  const body = parseOrganization(p, parseSetOperations(p, 0));
  return withClause === null ? body : Object.freeze({ ...withClause, child: body });
}

function parseWith(p: Parser): Omit<With, "child"> {
  p.expect("WITH");
  const recursive = isName(p.peek(1)) && !p.isWord("AS", 1) && p.accept("RECURSIVE");
  const relations = [parseCommonTable(p)];
  while (p.acceptSymbol(",")) relations.push(parseCommonTable(p));
  return { kind: "with", recursive, relations: Object.freeze(relations) };
}

function parseCommonTable(p: Parser): With["relations"][number] {
  const { position } = p.token;
  const name = identifier(p);
  const columns = p.isSymbol("(") && isName(p.peek(1)) && !p.isWord("SELECT", 1) ? nameList(p) : [];
  if (p.isWord("MAX") && p.isWord("RECURSION", 1)) p.unsupported("MAX RECURSION LEVEL");
  p.accept("AS");
  const plan = p.parenthesizedQuery();
  return Object.freeze({ name, columns: Object.freeze([...columns]), plan, position });
}

const SET_OPERATORS: ReadonlyMap<
  string,
  { readonly operation: SetOperation["operation"]; readonly power: number }
> = new Map([
  ["UNION", { operation: "union", power: 1 }],
  ["EXCEPT", { operation: "except", power: 1 }],
  ["MINUS", { operation: "except", power: 1 }],
  ["INTERSECT", { operation: "intersect", power: 2 }],
]);

function parseSetOperations(p: Parser, minPower: number): LogicalPlan {
  let left = parseQueryPrimary(p);
  for (let links = 0; ; links++) {
    if (links > MAX_SET_OPERATIONS) p.tooComplex();
    const operator = p.token.kind === "word" ? SET_OPERATORS.get(p.token.value) : undefined;
    if (operator === undefined || operator.power < minPower) return left;
    const { position } = p.advance();
    const all = p.accept("ALL");
    if (!all) p.accept("DISTINCT");
    const right = parseSetOperations(p, operator.power + 1);
    left = setOperation(operator.operation, all, [left, right], position);
  }
}

function setOperation(
  operation: SetOperation["operation"],
  all: boolean,
  children: readonly LogicalPlan[],
  position: Position,
): SetOperation {
  return Object.freeze({
    kind: "setOperation",
    operation,
    all,
    children: Object.freeze(children),
    output: Object.freeze([]),
    position,
  });
}

const MAX_SET_OPERATIONS = 1000;

function parseQueryPrimary(p: Parser): LogicalPlan {
  if (p.isWord("SELECT")) return parseSelect(p, null);
  if (p.accept("FROM")) return parseFromFirst(p);
  if (p.isWord("VALUES")) return parseInlineTable(p);
  if (p.accept("TABLE")) return tableName(p, multipartName(p));
  if (p.isWord("MAP") || p.isWord("REDUCE")) p.unsupported("TRANSFORM");
  if (!p.isSymbol("(")) p.fail("SELECT", "FROM", "VALUES", "TABLE", "WITH", "'('");
  return p.parenthesizedQuery();
}

function parseFromFirst(p: Parser): LogicalPlan {
  const source = parseFrom(p);
  if (p.isWord("INSERT")) p.unsupported("the statement INSERT");
  if (!p.isWord("SELECT")) return source;
  let plan = parseSelect(p, source);
  for (let links = 0; p.isWord("SELECT"); links++) {
    if (links > MAX_SET_OPERATIONS) p.tooComplex();
    const { position } = p.token;
    plan = setOperation("union", true, [plan, parseSelect(p, source)], position);
  }
  return plan;
}

function parseOrganization(p: Parser, body: LogicalPlan): LogicalPlan {
  let plan = parseOrderBy(p, body);
  for (const word of ["CLUSTER", "DISTRIBUTE", "SORT"])
    if (p.isWord(word) && p.isWord("BY", 1)) p.unsupported(`${word} BY`);
  plan = parseWindows(p, plan);
  const limit = p.accept("LIMIT") && !p.accept("ALL") ? p.grammar.expression(p) : null;
  const offset = p.accept("OFFSET") ? p.grammar.expression(p) : null;
  if (p.isSymbol("|>")) p.unsupported("the pipe operator |>");
  if (offset !== null) plan = Object.freeze({ kind: "offset", count: offset, child: plan });
  return limit === null ? plan : Object.freeze({ kind: "limit", count: limit, child: plan });
}

function parseOrderBy(p: Parser, child: LogicalPlan): LogicalPlan {
  if (!acceptBy(p, "ORDER")) return child;
  const orders = [parseSortOrder(p)];
  while (p.acceptSymbol(",")) orders.push(parseSortOrder(p));
  return Object.freeze({ kind: "sort", orders: Object.freeze(orders), child });
}
