import type { SourceText } from "./source-text.ts";
import { syntaxFault } from "./sql-error.ts";
import { unquoteString } from "./string-literal.ts";
import type { Token, TokenKind } from "./token.ts";

const BLANK = /\s+/y;
const LINE_COMMENT = /--(?:\\\r?\n|[^\r\n])*/y;
const RAW_STRING_START = /^r['"]/i;
const NUMBER = /(?:\d+[LSY]|(?:\d+\.?\d*|\.\d+)(?:E[+-]?\d+)?(?:BD|[FD])?)(?![\p{L}\d_])/iuy;
const WORD = /[\p{L}\d_]+/uy;
const DIGITS = /^\d+$/;
/** Longest first. `>>` is left to the parser: `array<array<int>>` ends with two. */
const SYMBOL = /<=>|<>|<=|<<|>=|==|=>|!=|!<|!>|\|\||\|>|::|->|[-+*/%&|^~!=<>()[\],.;:?]/y;

/** The tokens of SQL text without blanks and comments; the last one is the end. Throws a `SqlSyntaxError`. */
export function tokenize(source: SourceText): readonly Token[] {
  const tokens: Token[] = [];
  let inHint = false;
  let at = skipBlanks(source, 0);
  while (at < source.text.length) {
    const token = hintToken(source, at, inHint) ?? nextToken(source, at);
    if (token.value === "/*+") inHint = true;
    else if (token.value === "*/" && token.kind === "symbol") inHint = false;
    tokens.push(token);
    at = skipBlanks(source, token.end);
  }
  tokens.push(makeToken(source, "end", at, at, ""));
  return tokens;
}

/** The offset of the first character from `offset` on that is neither blank nor in a comment. */
export function skipBlanks(source: SourceText, offset: number): number {
  const { text } = source;
  for (let at = offset; ; ) {
    const end =
      matchEnd(BLANK, text, at) ?? matchEnd(LINE_COMMENT, text, at) ?? commentEnd(source, at);
    if (end === null) return at;
    at = end;
  }
}

function commentEnd(source: SourceText, start: number): number | null {
  const { text } = source;
  if (!text.startsWith("/*", start) || text.charAt(start + 2) === "+") return null;
  let depth = 1;
  for (let at = start + 2; at < text.length; at++) {
    if (text.startsWith("*/", at)) {
      depth--;
      at++;
      if (depth === 0) return at + 1;
    } else if (text.startsWith("/*", at)) {
      depth++;
      at++;
    }
  }
  throw syntaxFault(source, source.positionAt(start), {
    condition: "UNCLOSED_BRACKETED_COMMENT",
    sqlState: "42601",
    message: "Found an unclosed bracketed comment. Please, append */ at the end of the comment.",
  });
}

/** Where the token that begins at `at` ends. */
export function tokenEnd(source: SourceText, at: number): number {
  return nextToken(source, at).end;
}

function hintToken(source: SourceText, at: number, inHint: boolean): Token | null {
  if (source.text.startsWith("/*+", at)) return makeToken(source, "symbol", at, at + 3);
  return inHint && source.text.startsWith("*/", at)
    ? makeToken(source, "symbol", at, at + 2)
    : null;
}

function nextToken(source: SourceText, at: number): Token {
  const { text } = source;
  const quoted = quotedEnd(text, at);
  if (quoted !== null) return quotedToken(source, at, quoted);
  const number = matchEnd(NUMBER, text, at);
  if (number !== null) return makeToken(source, "number", at, number);
  const word = matchEnd(WORD, text, at);
  if (word !== null) return wordToken(source, at, word);
  const symbol = matchEnd(SYMBOL, text, at);
  if (symbol !== null) return makeToken(source, "symbol", at, symbol);
  refuseUnclosed(source, at);
  return makeToken(
    source,
    "unknown",
    at,
    at + String.fromCodePoint(text.codePointAt(at) ?? 0).length,
  );
}

function quotedToken(source: SourceText, start: number, end: number): Token {
  const text = source.text.slice(start, end);
  return text.startsWith("`")
    ? makeToken(source, "quotedName", start, end, text.slice(1, -1).replaceAll("``", "`"))
    : makeToken(source, "string", start, end, unquoteString(text));
}

/** Where a string or a back-quoted name that begins at `at` ends; null where none begins, or none ends. */
function quotedEnd(text: string, at: number): number | null {
  const raw = RAW_STRING_START.test(text.slice(at, at + 2));
  const start = raw ? at + 1 : at;
  const quote = text.charAt(start);
  if (quote !== "'" && quote !== '"' && quote !== "`") return null;
  for (let i = start + 1; i < text.length; i++) {
    const character = text.charAt(i);
    if (character === "\\" && !raw && quote !== "`") i++;
    else if (character === quote) {
      if (raw || text.charAt(i + 1) !== quote) return i + 1;
      i++;
    }
  }
  return null;
}

function wordToken(source: SourceText, start: number, end: number): Token {
  const text = source.text.slice(start, end);
  return DIGITS.test(text)
    ? makeToken(source, "number", start, end)
    : makeToken(source, "word", start, end, text.toUpperCase());
}

function refuseUnclosed(source: SourceText, at: number): void {
  const quote = source.text.charAt(at);
  if (quote !== "'" && quote !== '"' && quote !== "`") return;
  throw syntaxFault(source, source.positionAt(at), {
    condition: "PARSE_SYNTAX_ERROR",
    sqlState: "42601",
    message: `Syntax error at or near '${quote}': expected a closing ${quote}.`,
    details: { near: quote, expected: [quote] },
  });
}

function matchEnd(pattern: RegExp, text: string, at: number): number | null {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : null;
}

function makeToken(
  source: SourceText,
  kind: TokenKind,
  start: number,
  end: number,
  value: string = source.text.slice(start, end),
): Token {
  const text = source.text.slice(start, end);
  return { kind, text, value, start, end, position: source.positionAt(start) };
}
