import type { Join, JoinType, LogicalPlan } from "../plan/logical-plan.ts";
import type { Position } from "../plan/position.ts";
import { isName, multipartName, nameList, startsClause, tableAlias } from "./names.ts";
import type { Parser } from "./parser.ts";
import { queryInParentheses, startsQuery, startsQueryInParentheses } from "./subquery-parser.ts";
import { parseTableFunction } from "./table-function.ts";
import { parseInlineTable } from "./values-parser.ts";

/** Spark's own name for a derived table without one. It hides the names inside. */
const UNNAMED_SUBQUERY = "__auto_generated_subquery_name";

const FILE_FORMATS = new Set([
  "parquet",
  "csv",
  "json",
  "orc",
  "text",
  "avro",
  "arrow",
  "binaryfile",
]);

/** What stands after FROM. As in Spark, a join after a comma joins everything before it. */
export function parseFrom(p: Parser): LogicalPlan {
  let plan = parseRelation(p, null);
  for (let links = 0; p.isSymbol(","); links++) {
    if (links > MAX_JOINS) p.tooComplex();
    const { position } = p.advance();
    plan = parseRelation(p, { plan, position });
  }
  refuseAfterRelation(p);
  return plan;
}

/** The text before a comma, and the position of the comma. */
interface Before {
  readonly plan: LogicalPlan;
  readonly position: Position;
}

function parseRelation(p: Parser, before: Before | null): LogicalPlan {
  refuseLateral(p);
  const primary = parseRelationPrimary(p);
  let plan =
    before === null ? primary : join("inner", before.plan, primary, { position: before.position });
  for (let links = 0; ; links++) {
    if (links > MAX_JOINS) p.tooComplex();
    refuseAfterRelation(p);
    const next = parseJoin(p, plan);
    if (next === null) return plan;
    plan = next;
  }
}

const MAX_JOINS = 1000;

function refuseLateral(p: Parser): void {
  if (p.isWord("LATERAL") && p.peek(1).kind !== "end") p.unsupported("LATERAL");
}

function refuseAfterRelation(p: Parser): void {
  if (p.isWord("LATERAL") && p.isWord("VIEW", 1)) p.unsupported("LATERAL VIEW");
  if (p.isWord("PIVOT") && p.isSymbol("(", 1)) p.unsupported("PIVOT");
  if (p.isWord("UNPIVOT")) p.unsupported("UNPIVOT");
  if (p.isWord("TABLESAMPLE")) p.unsupported("TABLESAMPLE");
}

const JOIN_WORDS: readonly (readonly [readonly string[], JoinType])[] = [
  [["INNER", "JOIN"], "inner"],
  [["CROSS", "JOIN"], "cross"],
  [["LEFT", "OUTER", "JOIN"], "left"],
  [["LEFT", "SEMI", "JOIN"], "semi"],
  [["LEFT", "ANTI", "JOIN"], "anti"],
  [["LEFT", "JOIN"], "left"],
  [["RIGHT", "OUTER", "JOIN"], "right"],
  [["RIGHT", "JOIN"], "right"],
  [["FULL", "OUTER", "JOIN"], "full"],
  [["FULL", "JOIN"], "full"],
  [["SEMI", "JOIN"], "semi"],
  [["ANTI", "JOIN"], "anti"],
  [["JOIN"], "inner"],
];

const JOIN_STARTS = new Set(["NATURAL", ...JOIN_WORDS.map(([words]) => words[0])]);

function parseJoin(p: Parser, left: LogicalPlan): LogicalPlan | null {
  if (p.token.kind !== "word" || !JOIN_STARTS.has(p.token.value)) return null;
  const { position } = p.token;
  const natural = p.accept("NATURAL");
  const type = JOIN_WORDS.find(([words]) => p.accept(...words))?.[1];
  if (type === undefined) {
    p.advance();
    p.accept("OUTER");
    return p.fail("JOIN");
  }
  refuseLateral(p);
  const right = parseRelationPrimary(p);
  if (natural) return join(type, left, right, { using: "natural", position });
  if (p.accept("ON"))
    return join(type, left, right, { condition: p.grammar.expression(p), position });
  const using = p.accept("USING") ? nameList(p) : null;
  return join(type, left, right, { using, position });
}

function join(
  type: JoinType,
  left: LogicalPlan,
  right: LogicalPlan,
  how: Pick<Join, "position"> & Partial<Pick<Join, "condition" | "using">>,
): LogicalPlan {
  const shared = { condition: null, using: null, hint: null };
  return Object.freeze({ kind: "join", type, left, right, ...shared, ...how });
}

function parseRelationPrimary(p: Parser): LogicalPlan {
  if (p.isSymbol("(")) return parseParenthesizedRelation(p);
  if (p.isWord("VALUES") && startsQuery(p)) return parseInlineTable(p);
  if (!isName(p.token)) p.fail("a table", "'('", "VALUES");
  if (p.isWord("IDENTIFIER") && p.isSymbol("(", 1)) p.unsupported("the IDENTIFIER clause");
  const at = p.token;
  const parts = multipartName(p);
  if (p.isSymbol("(")) return parseAlias(p, parseTableFunction(p, parts.join("."), at));
  if (/^(VERSION|TIMESTAMP|SYSTEM_VERSION|SYSTEM_TIME|FOR)$/.test(p.token.value) && isTimeTravel(p))
    p.unsupported("time travel");
  return parseAlias(p, tableName(p, parts, at.position));
}

function isTimeTravel(p: Parser): boolean {
  const at = p.isWord("FOR") ? 1 : 0;
  return p.isWord("AS", at + 1) && p.isWord("OF", at + 2);
}

/** A table by its name, or files where the name is ``format.`path` ``. */
export function tableName(
  p: Parser,
  nameParts: readonly string[],
  position = p.token.position,
): LogicalPlan {
  const [first = "", path] = nameParts;
  const format = first.toLowerCase();
  if (nameParts.length === 2 && path !== undefined && FILE_FORMATS.has(format))
    return Object.freeze({
      kind: "unresolvedFiles",
      format,
      paths: Object.freeze([path]),
      schema: null,
      options: Object.freeze({}),
      position,
    });
  return Object.freeze({
    kind: "unresolvedRelation",
    nameParts: Object.freeze([...nameParts]),
    position,
  });
}

function parseParenthesizedRelation(p: Parser): LogicalPlan {
  const query = startsQueryInParentheses(p) ? queryInParentheses(p) : null;
  if (query !== null) return parseAlias(p, query, UNNAMED_SUBQUERY);
  p.expectSymbol("(");
  const relation = parseRelation(p, null);
  p.expectSymbol(")");
  return parseAlias(p, relation);
}

function parseAlias(p: Parser, child: LogicalPlan, unnamed: string | null = null): LogicalPlan {
  refuseAfterRelation(p);
  const { position } = p.token;
  const alias = tableAlias(p) ?? unnamed;
  if (alias === null) return child;
  const columns = p.isSymbol("(") && !startsClause(p) ? nameList(p) : [];
  return Object.freeze({
    kind: "subqueryAlias",
    alias,
    columns: Object.freeze([...columns]),
    child,
    position,
  });
}
