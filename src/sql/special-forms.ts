import { INT } from "../columnar/data-type.ts";
import type { Expression } from "../plan/expression.ts";
import { literal, stringLiteral } from "../plan/literal.ts";
import type { Position } from "../plan/position.ts";
import { POWER } from "./binding-powers.ts";
import { parseCallSuffixes } from "./call-parser.ts";
import { parseNamedExpression } from "./named-expression.ts";
import { identifier, isName } from "./names.ts";
import { call } from "./nodes.ts";
import type { Parser } from "./parser.ts";
import { syntaxFault } from "./sql-error.ts";

/** Parses a call with a syntax of its own, from its name on; undefined and nothing taken if it is a plain call. */
type SpecialForm = (p: Parser) => Expression | undefined;

const UNITS = new Set(
  "YEAR QUARTER MONTH WEEK DAY DAYOFYEAR HOUR MINUTE SECOND MILLISECOND MICROSECOND".split(" "),
);

/** Functions whose arguments are not just a list, by name. */
export const SPECIAL_FORMS: ReadonlyMap<string, SpecialForm> = new Map<string, SpecialForm>([
  ["CAST", (p) => parseCast(p, "unset")],
  ["TRY_CAST", (p) => parseCast(p, "try")],
  ["EXTRACT", parseExtract],
  ["SUBSTRING", parseSubstring],
  ["SUBSTR", parseSubstring],
  ["TRIM", parseTrim],
  ["POSITION", parsePosition],
  ["OVERLAY", parseOverlay],
  ["STRUCT", parseStruct],
  ["FIRST", parseIgnoringNulls],
  ["LAST", parseIgnoringNulls],
  ["ANY_VALUE", parseIgnoringNulls],
  ["TIMESTAMPADD", (p) => parseUnitCall(p, "timestampadd")],
  ["DATEADD", (p) => parseUnitCall(p, "timestampadd")],
  ["DATE_ADD", (p) => parseUnitCall(p, "timestampadd")],
  ["TIMESTAMPDIFF", (p) => parseUnitCall(p, "timestampdiff")],
  ["DATEDIFF", (p) => parseUnitCall(p, "timestampdiff")],
  ["DATE_DIFF", (p) => parseUnitCall(p, "timestampdiff")],
  ["TIMEDIFF", (p) => parseUnitCall(p, "timestampdiff")],
  ["IDENTIFIER", (p) => p.unsupported("the IDENTIFIER clause")],
]);

function value(p: Parser): Expression {
  return p.grammar.expression(p, POWER.comparison);
}

function open(p: Parser): void {
  p.advance();
  p.expectSymbol("(");
}

function parseCast(p: Parser, mode: "unset" | "try"): Expression {
  open(p);
  const child = p.grammar.expression(p);
  p.expect("AS");
  const type = p.grammar.dataType(p);
  p.expectSymbol(")");
  return Object.freeze({ kind: "cast", child, type, mode });
}

function parseExtract(p: Parser): Expression | undefined {
  if (!isName(p.peek(2)) || p.isSymbol(",", 3)) return undefined;
  const { position } = p.token;
  open(p);
  const field = identifier(p);
  p.expect("FROM");
  const source = value(p);
  p.expectSymbol(")");
  return call("extract", [stringLiteral(field), source], position);
}

function parseSubstring(p: Parser): Expression {
  const { text, position } = p.token;
  open(p);
  const args = [p.grammar.expression(p)];
  const isFrom = p.accept("FROM");
  if (isFrom) {
    args.push(value(p));
    if (p.accept("FOR")) args.push(value(p));
  } else while (p.acceptSymbol(",")) args.push(p.grammar.expression(p));
  p.expectSymbol(")");
  return call(isFrom ? "substring" : text, args, position);
}

const TRIM_SIDES: ReadonlyMap<string, string> = new Map([
  ["BOTH", "trim"],
  ["LEADING", "ltrim"],
  ["TRAILING", "rtrim"],
]);

/** `TRIM(x FROM y)` calls `trim(x, y)`, as Spark's own two-argument trim takes them. */
function parseTrim(p: Parser): Expression | undefined {
  if (p.isSymbol(")", 2)) return undefined;
  const { text, position } = p.token;
  open(p);
  const side = trimSide(p);
  if (side !== null) p.advance();
  const name = side ?? "trim";
  if (p.accept("FROM")) return closeTrim(p, name, [], position);
  const first = p.grammar.expression(p);
  if (p.accept("FROM")) return closeTrim(p, name, [first], position);
  if (side !== null) p.fail();
  const args = [first];
  while (p.acceptSymbol(",")) args.push(p.grammar.expression(p));
  p.expectSymbol(")");
  return call(text, args, position);
}

function trimSide(p: Parser): string | null {
  const side = p.token.kind === "word" ? TRIM_SIDES.get(p.token.value) : undefined;
  const next = p.peek(1);
  const isColumn = next.kind === "symbol" && next.value !== "(";
  return side === undefined || isColumn ? null : side;
}

function closeTrim(
  p: Parser,
  name: string,
  trimmed: readonly Expression[],
  position: Position,
): Expression {
  const source = value(p);
  p.expectSymbol(")");
  return call(name, [...trimmed, source], position);
}

function parsePosition(p: Parser): Expression {
  const { text, position } = p.token;
  open(p);
  const searched = value(p);
  if (p.accept("IN")) {
    const source = value(p);
    p.expectSymbol(")");
    return call("locate", [searched, source, literal(INT, 1)], position);
  }
  const args = [searched];
  while (p.acceptSymbol(",")) args.push(p.grammar.expression(p));
  p.expectSymbol(")");
  return call(text, args, position);
}

function parseOverlay(p: Parser): Expression {
  const { text, position } = p.token;
  open(p);
  const input = p.grammar.expression(p);
  const args = [input];
  if (p.accept("PLACING")) {
    args.push(value(p));
    p.expect("FROM");
    args.push(value(p));
    args.push(p.accept("FOR") ? value(p) : literal(INT, -1));
  } else while (p.acceptSymbol(",")) args.push(p.grammar.expression(p));
  p.expectSymbol(")");
  return call(text, args, position);
}

function parseStruct(p: Parser): Expression {
  const { position } = p.token;
  open(p);
  const fields: Expression[] = [];
  if (!p.isSymbol(")")) {
    do fields.push(parseNamedExpression(p));
    while (p.acceptSymbol(","));
  }
  p.expectSymbol(")");
  return call("struct", fields, position);
}

function parseIgnoringNulls(p: Parser): Expression | undefined {
  if (p.isWord("DISTINCT", 2) || p.isSymbol(")", 2)) return undefined;
  const { text, position } = p.token;
  open(p);
  const args = [p.grammar.expression(p)];
  const ignoreNulls = p.accept("IGNORE", "NULLS");
  while (!ignoreNulls && p.acceptSymbol(",")) args.push(p.grammar.expression(p));
  p.expectSymbol(")");
  return parseCallSuffixes(p, Object.freeze({ ...call(text, args, position), ignoreNulls }));
}

function parseUnitCall(p: Parser, name: string): Expression | undefined {
  const unit = p.peek(2);
  if (!p.isSymbol(",", 3) || countArguments(p) !== 3) return undefined;
  if (unit.kind === "string") throw quotedUnit(p, unit.value);
  if (unit.kind !== "word" || !UNITS.has(unit.value)) return undefined;
  const { position } = p.token;
  open(p);
  p.advance();
  p.expectSymbol(",");
  const amount = value(p);
  p.expectSymbol(",");
  const timestamp = value(p);
  p.expectSymbol(")");
  return call(name, [stringLiteral(unit.text), amount, timestamp], position);
}

function quotedUnit(p: Parser, unit: string): Error {
  const { text, position } = p.token;
  return syntaxFault(p.source, position, {
    condition: "INVALID_PARAMETER_VALUE.DATETIME_UNIT",
    sqlState: "22023",
    message: `The value of parameter(s) \`unit\` in \`${text.toLowerCase()}\` is invalid: expects one of the units without quotes ${[...UNITS].join(", ")}, but got the string literal '${unit}'.`,
  });
}

function countArguments(p: Parser): number {
  let depth = 0;
  let commas = 0;
  for (let distance = 1; p.peek(distance).kind !== "end"; distance++) {
    const token = p.peek(distance);
    if (token.kind !== "symbol") continue;
    if (token.value === "(" || token.value === "[") depth++;
    if (token.value === ")" || token.value === "]") depth--;
    if (depth === 0) break;
    if (depth === 1 && token.value === ",") commas++;
  }
  return commas + 1;
}
