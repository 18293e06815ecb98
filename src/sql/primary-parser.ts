import { NULL } from "../columnar/data-type.ts";
import type { Expression, UnresolvedStar } from "../plan/expression.ts";
import { FALSE, literal, stringLiteral, TRUE } from "../plan/literal.ts";
import type { Position } from "../plan/position.ts";
import { parseCall } from "./call-parser.ts";
import { parseCase, startsCase } from "./case-parser.ts";
import { parseInterval, startsInterval } from "./interval-literal.ts";
import { CALLS_WITHOUT_PARENTHESES, NOT_A_COLUMN, OPERATOR_FUNCTIONS } from "./keywords.ts";
import { parseNamedExpression } from "./named-expression.ts";
import { canBeColumn, identifier, isName, multipartName } from "./names.ts";
import { call, placed } from "./nodes.ts";
import { parseNumber } from "./number-literal.ts";
import { boundParameter } from "./parameters.ts";
import type { Parser } from "./parser.ts";
import { SPECIAL_FORMS } from "./special-forms.ts";
import { scalarSubquery, startsQueryInParentheses } from "./subquery-parser.ts";
import { parseTypedLiteral } from "./typed-literal.ts";

/** A value without operators: literal, column, call, CASE, star or something in parentheses. */
export function parsePrimary(p: Parser): Expression {
  const { position } = p.token;
  return placed(parseValue(p), position);
}

function parseValue(p: Parser): Expression {
  switch (p.token.kind) {
    case "number":
      return parseNumber(p);
    case "string":
      return parseStrings(p);
    case "quotedName":
      return parseName(p);
    case "word":
      return parseWord(p);
    case "symbol":
      return parseSymbol(p);
    default:
      return p.fail("an expression");
  }
}

function parseStrings(p: Parser): Expression {
  let text = "";
  while (p.token.kind === "string") text += p.advance().value;
  return stringLiteral(text);
}

function parseSymbol(p: Parser): Expression {
  switch (p.token.value) {
    case "(":
      return parseParentheses(p);
    case "*":
      return star(p, [], p.advance().position);
    case "?":
    case ":":
      return boundParameter(p);
    default:
      return p.fail("an expression");
  }
}

const CONSTANTS: ReadonlyMap<string, Expression> = new Map([
  ["NULL", literal(NULL, null)],
  ["TRUE", TRUE],
  ["FALSE", FALSE],
]);

function parseWord(p: Parser): Expression {
  const { token } = p;
  const constant = CONSTANTS.get(token.value);
  if (constant !== undefined && !p.isSymbol("(", 1) && !p.isSymbol(".", 1)) {
    p.advance();
    return constant;
  }
  if (startsCase(p)) return parseCase(p);
  if (startsInterval(p)) return parseInterval(p);
  const form = p.isSymbol("(", 1) ? SPECIAL_FORMS.get(token.value)?.(p) : undefined;
  return form ?? parseOtherWord(p);
}

function parseOtherWord(p: Parser): Expression {
  const { token } = p;
  const next = p.peek(1);
  if (p.isSymbol("->", 1)) return parseLambda(p, [identifier(p)]);
  if (p.isSymbol("(", 1)) {
    if (NOT_A_COLUMN.has(token.value) && !OPERATOR_FUNCTIONS.has(token.value))
      p.fail("an expression");
    return parseName(p);
  }
  if (!canBeColumn(p)) p.fail("an expression");
  if (next.kind === "string") return parseTypedLiteral(p);
  if (CALLS_WITHOUT_PARENTHESES.has(token.value) && !p.isSymbol(".", 1)) {
    p.advance();
    return call(token.text, [], token.position);
  }
  return parseName(p);
}

/** A column, a call, or a qualified star. */
function parseName(p: Parser): Expression {
  const { position } = p.token;
  if (p.isSymbol("->", 1)) return parseLambda(p, [identifier(p)]);
  const parts = [identifier(p)];
  while (p.isSymbol(".")) {
    if (p.isSymbol("*", 1)) {
      p.advance();
      p.advance();
      return star(p, parts, position);
    }
    if (!isName(p.peek(1))) break;
    p.advance();
    parts.push(identifier(p));
  }
  if (p.isSymbol("(")) return parseCall(p, parts.join("."), position);
  return Object.freeze({
    kind: "unresolvedAttribute",
    nameParts: Object.freeze(parts),
    position,
  });
}

function star(p: Parser, qualifier: readonly string[], position: Position): UnresolvedStar {
  const except: (readonly string[])[] = [];
  if (p.isWord("EXCEPT") && p.isSymbol("(", 1)) {
    p.advance();
    p.advance();
    do except.push(multipartName(p));
    while (p.acceptSymbol(","));
    p.expectSymbol(")");
  }
  return Object.freeze({
    kind: "unresolvedStar",
    qualifier: Object.freeze([...qualifier]),
    except: Object.freeze(except),
    position,
  });
}

function parseParentheses(p: Parser): Expression {
  const { position } = p.token;
  const parameters = lambdaParameters(p);
  if (parameters !== null) return parseLambda(p, parameters);
  const subquery = startsQueryInParentheses(p) ? scalarSubquery(p) : null;
  if (subquery !== null) return subquery;
  p.expectSymbol("(");
  const first = parseNamedExpression(p);
  if (!p.isSymbol(",")) {
    if (first.kind === "alias") p.fail("','");
    p.expectSymbol(")");
    return first;
  }
  const items = [first];
  while (p.acceptSymbol(",")) items.push(parseNamedExpression(p));
  p.expectSymbol(")");
  return call("struct", items, position);
}

function lambdaParameters(p: Parser): readonly string[] | null {
  let distance = 1;
  while (isName(p.peek(distance)) && p.isSymbol(",", distance + 1)) distance += 2;
  const complete =
    isName(p.peek(distance)) && p.isSymbol(")", distance + 1) && p.isSymbol("->", distance + 2);
  if (!complete) return null;
  p.advance();
  const names = [identifier(p)];
  while (p.acceptSymbol(",")) names.push(identifier(p));
  p.expectSymbol(")");
  return names;
}

function parseLambda(p: Parser, parameters: readonly string[]): Expression {
  const { position } = p.token;
  p.expectSymbol("->");
  const body = p.grammar.expression(p);
  return Object.freeze({
    kind: "lambda",
    parameters: Object.freeze([...parameters]),
    body,
    position,
  });
}
