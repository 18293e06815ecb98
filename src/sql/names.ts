import { CLAUSE_STARTS, NOT_A_COLUMN, NOT_A_TABLE_ALIAS } from "./keywords.ts";
import type { Parser } from "./parser.ts";
import { syntaxFault } from "./sql-error.ts";
import type { Token } from "./token.ts";

const NAME_FOLLOWERS = new Set(", . = == <> != < > <= >= <=> + - / % || [ ::".split(" "));
/** The same without what may be the sign of a value. */
const NAME_ENDS = new Set([...NAME_FOLLOWERS].filter((symbol) => symbol !== "+" && symbol !== "-"));
const PLAIN_NAME = /^\w+$/;

/** One part of a name: any word or a back-quoted name. */
export function identifier(p: Parser): string {
  const { token } = p;
  if (!isName(token)) p.fail("a name");
  p.advance();
  if (token.kind === "quotedName") return token.value;
  if (!PLAIN_NAME.test(token.text)) throw invalidIdentifier(p, token.text, token);
  return token.text;
}

/** True if a token may be a name. */
export function isName(token: Token): boolean {
  return token.kind === "word" || token.kind === "quotedName";
}

/** `a.b.c` where only a name can stand. */
export function multipartName(p: Parser): readonly string[] {
  if (startsClause(p) || isSetWord(p)) p.fail("a name");
  const first = p.token;
  const parts = [identifier(p)];
  while (p.acceptSymbol(".")) parts.push(identifier(p));
  if (p.isSymbol("-") && isName(p.peek(1)))
    throw invalidIdentifier(p, `${parts.join(".")}-${p.peek(1).text}`, first);
  return parts;
}

function isSetWord(p: Parser): boolean {
  return p.token.kind === "word" && (p.token.value === "ON" || p.token.value === "USING");
}

/** `(a, b, …)`, at least one. */
export function nameList(p: Parser): readonly string[] {
  p.expectSymbol("(");
  const names = [identifier(p)];
  while (p.acceptSymbol(",")) names.push(identifier(p));
  p.expectSymbol(")");
  return names;
}

/** True if the next token begins the next clause. `SELECT a from, b` has an alias `from` though. */
export function startsClause(p: Parser): boolean {
  const { token } = p;
  if (token.kind !== "word") return false;
  if (token.value === "WINDOW") return isName(p.peek(1)) && p.isWord("AS", 2);
  const follower = CLAUSE_STARTS.get(token.value);
  if (follower === undefined) return false;
  const next = p.peek(1);
  if (follower !== null) return next.value === follower && next.kind !== "quotedName";
  if (next.kind !== "symbol") return true;
  const isCount = token.value === "LIMIT" || token.value === "OFFSET";
  return !(NAME_ENDS.has(next.value) || (isCount && next.value === ")"));
}

/** True if the next token can be a column although it is a keyword. */
export function canBeColumn(p: Parser): boolean {
  const { token } = p;
  if (token.kind === "quotedName") return true;
  if (token.kind !== "word") return false;
  const next = p.peek(1);
  const usedAsName =
    (next.kind === "symbol" && NAME_FOLLOWERS.has(next.value)) ||
    (next.kind === "word" && (next.value === "FROM" || next.value === "AS"));
  return usedAsName || !(NOT_A_COLUMN.has(token.value) || startsClause(p));
}

/** An alias of a select item that stands without AS, or null. */
export function columnAliasWithoutAs(p: Parser): string | null {
  return isName(p.token) && !startsClause(p) ? identifier(p) : null;
}

/** The alias of a relation with or without AS, or null. */
export function tableAlias(p: Parser): string | null {
  const named = p.accept("AS");
  const { token } = p;
  const refused = token.kind === "word" && NOT_A_TABLE_ALIAS.has(token.value);
  const bare = !startsClause(p) && !p.isWord("GROUP") && !p.isWord("ORDER");
  if (isName(token) && !refused && (named || bare)) return identifier(p);
  if (named) p.fail("a table alias");
  return null;
}

function invalidIdentifier(p: Parser, name: string, at: Token): Error {
  return syntaxFault(p.source, at.position, {
    condition: "INVALID_IDENTIFIER",
    sqlState: "42602",
    message:
      `The unquoted identifier ${name} is invalid and must be back quoted as: \`${name}\`. Unquoted identifiers ` +
      "can only contain ASCII letters ('a' - 'z', 'A' - 'Z'), digits ('0' - '9'), and underbar ('_').",
    details: { name },
  });
}
