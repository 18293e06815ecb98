import type { LogicalPlan } from "../plan/logical-plan.ts";
import { skipComment } from "./data-type-parser.ts";
import { identifier, isName, multipartName } from "./names.ts";
import type { Parser } from "./parser.ts";
import type { ExplainMode, Statement } from "./statement.ts";
import { startsQuery, startsQueryInParentheses } from "./subquery-parser.ts";

const UNSUPPORTED = new Set(
  (
    "ADD ALTER ANALYZE BEGIN CACHE CALL CLEAR COMMENT COMMIT DECLARE DELETE EXECUTE EXPORT GRANT IMPORT INSERT LIST LOAD LOCK MERGE " +
    "MSCK REFRESH REPAIR REVOKE ROLLBACK START TRUNCATE UNCACHE UNLOCK UPDATE USE"
  ).split(" "),
);

const QUERY_WORDS = new Set(["SELECT", "WITH", "FROM", "VALUES", "TABLE", "MAP", "REDUCE"]);
const OTHER_SHOWS = new Set(
  "CATALOGS CREATE CURRENT DATABASES FUNCTIONS GRANT NAMESPACES PARTITIONS ROLE ROLES SCHEMAS TABLE TBLPROPERTIES VIEWS".split(
    " ",
  ),
);
const OTHER_OBJECTS = new Set(
  "DATABASE EXTERNAL FUNCTION INDEX NAMESPACE ROLE SCHEMA TABLE TEMPORARY VIEW".split(" "),
);

const RULES: ReadonlyMap<string, (p: Parser) => Statement> = new Map([
  ["EXPLAIN", parseExplain],
  ["DESCRIBE", parseDescribe],
  ["DESC", parseDescribe],
  ["SHOW", parseShow],
  ["CREATE", parseCreate],
  ["DROP", parseDrop],
]);

/** One statement but SET and RESET, whose text is not made of tokens. */
export function parseOneStatement(p: Parser): Statement {
  if (startsQuery(p) || p.isSymbol("(")) return { kind: "query", plan: p.grammar.query(p) };
  const { token } = p;
  const rule = token.kind === "word" ? RULES.get(token.value) : undefined;
  if (rule !== undefined) return rule(p);
  if (token.kind === "word" && UNSUPPORTED.has(token.value))
    p.unsupported(`the statement ${token.value}`);
  if (token.kind === "word" && QUERY_WORDS.has(token.value))
    return { kind: "query", plan: p.grammar.query(p) };
  return p.fail("SELECT", "WITH", "FROM", "VALUES", "TABLE", "SET", ...RULES.keys());
}

const EXPLAIN_MODES: readonly ExplainMode[] = [
  "extended",
  "formatted",
  "cost",
  "codegen",
  "stages",
];

function parseExplain(p: Parser): Statement {
  p.expect("EXPLAIN");
  const mode = EXPLAIN_MODES.find((name) => p.accept(name.toUpperCase())) ?? "simple";
  return Object.freeze({ kind: "explain", mode, statement: parseOneStatement(p) });
}

function parseDescribe(p: Parser): Statement {
  p.advance();
  if (p.isWord("FUNCTION") && isName(p.peek(1))) p.unsupported("DESCRIBE FUNCTION");
  if (/^(DATABASE|SCHEMA|NAMESPACE)$/.test(p.token.value) && isName(p.peek(1)))
    p.unsupported(`DESCRIBE ${p.token.value}`);
  const query = p.isWord("QUERY") && startsQuery(p, 1) && p.accept("QUERY");
  if (query || startsQueryStatement(p)) return describeQuery(p.grammar.query(p));
  if (isName(p.peek(1))) p.accept("TABLE");
  const extended = isName(p.peek(1)) && (p.accept("EXTENDED") || p.accept("FORMATTED"));
  const { position } = p.token;
  const nameParts = multipartName(p);
  if (isName(p.token)) p.unsupported("DESCRIBE of one column or partition");
  return Object.freeze({
    kind: "describe",
    target: Object.freeze({ kind: "table", nameParts, extended, position }),
  });
}

function startsQueryStatement(p: Parser): boolean {
  if (startsQueryInParentheses(p)) return true;
  return !p.isWord("TABLE") && startsQuery(p);
}

function describeQuery(plan: LogicalPlan): Statement {
  return Object.freeze({ kind: "describe", target: Object.freeze({ kind: "query", plan }) });
}

function parseShow(p: Parser): Statement {
  p.expect("SHOW");
  if (p.accept("TABLES")) return parseShowTables(p);
  if (p.accept("COLUMNS")) return parseShowColumns(p);
  if (isKeyword(p, OTHER_SHOWS)) p.unsupported(`SHOW ${p.token.value}`);
  return p.fail("TABLES", "COLUMNS");
}

function isKeyword(p: Parser, words: ReadonlySet<string>): boolean {
  return p.token.kind === "word" && words.has(p.token.value);
}

function parseShowTables(p: Parser): Statement {
  if (p.isWord("FROM") || p.isWord("IN")) p.unsupported("SHOW TABLES of a database");
  const like = p.accept("LIKE");
  const { token } = p;
  if (token.kind !== "string") {
    if (like) p.fail("a string");
    return Object.freeze({ kind: "showTables", pattern: null });
  }
  p.advance();
  return Object.freeze({ kind: "showTables", pattern: token.value });
}

function parseShowColumns(p: Parser): Statement {
  if (!p.accept("FROM")) p.expect("IN");
  const { position } = p.token;
  const table = multipartName(p);
  const database = p.accept("FROM") || p.accept("IN") ? multipartName(p) : [];
  const nameParts = Object.freeze([...database, ...table]);
  return Object.freeze({ kind: "showColumns", nameParts, position });
}

function parseCreate(p: Parser): Statement {
  const { position } = p.advance();
  const replace = p.accept("OR", "REPLACE");
  if (p.isWord("GLOBAL")) p.unsupported("CREATE GLOBAL TEMPORARY VIEW");
  const temporary = p.accept("TEMPORARY") || p.accept("TEMP");
  if (!temporary && isKeyword(p, OTHER_OBJECTS)) p.unsupported(`CREATE ${p.token.value}`);
  if (temporary && p.isWord("FUNCTION")) p.unsupported("CREATE TEMPORARY FUNCTION");
  p.expect("VIEW");
  if (p.isWord("IF") && p.isWord("NOT", 1)) p.unsupported("CREATE TEMPORARY VIEW IF NOT EXISTS");
  const name = identifier(p);
  if (p.isWord("USING")) return viewUsing(p, name, replace, position);
  const columns = p.isSymbol("(") ? viewColumns(p) : [];
  skipComment(p);
  p.expect("AS");
  const query = p.grammar.query(p);
  return Object.freeze({
    kind: "createTempView",
    name,
    replace,
    columns: Object.freeze(columns),
    query,
    position,
  });
}

function viewColumns(p: Parser): string[] {
  p.expectSymbol("(");
  const columns: string[] = [];
  do {
    columns.push(identifier(p));
    skipComment(p);
  } while (p.acceptSymbol(","));
  p.expectSymbol(")");
  return columns;
}

function viewUsing(
  p: Parser,
  name: string,
  replace: boolean,
  position: Parser["token"]["position"],
): Statement {
  p.expect("USING");
  const format = multipartName(p).join(".").toLowerCase();
  const { path, ...options } = p.accept("OPTIONS") ? optionList(p) : {};
  if (path === undefined) return p.fail("OPTIONS with a path");
  const query: LogicalPlan = Object.freeze({
    kind: "unresolvedFiles",
    format,
    paths: Object.freeze([path]),
    schema: null,
    options: Object.freeze(options),
    position,
  });
  return Object.freeze({
    kind: "createTempView",
    name,
    replace,
    columns: Object.freeze([]),
    query,
    position,
  });
}

function optionList(p: Parser): { [key: string]: string } {
  p.expectSymbol("(");
  const options = new Map<string, string>();
  do {
    const key = p.token.kind === "string" ? p.advance().value : multipartName(p).join(".");
    p.acceptSymbol("=");
    const { token } = p;
    if (token.kind !== "string" && token.kind !== "number" && token.kind !== "word")
      p.fail("a value");
    p.advance();
    options.set(key, token.kind === "word" ? token.text : token.value);
  } while (p.acceptSymbol(","));
  p.expectSymbol(")");
  return Object.fromEntries(options);
}

function parseDrop(p: Parser): Statement {
  p.expect("DROP");
  if (!p.isWord("VIEW") && isKeyword(p, OTHER_OBJECTS)) p.unsupported(`DROP ${p.token.value}`);
  p.expect("VIEW");
  const ifExists = p.accept("IF", "EXISTS");
  const { position } = p.token;
  return Object.freeze({ kind: "dropView", nameParts: multipartName(p), ifExists, position });
}
