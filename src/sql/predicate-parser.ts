import type { Expression, Literal } from "../plan/expression.ts";
import { FALSE, stringLiteral, TRUE } from "../plan/literal.ts";
import type { Position } from "../plan/position.ts";
import { POWER } from "./binding-powers.ts";
import { call, negateIf } from "./nodes.ts";
import type { Parser } from "./parser.ts";
import { syntaxFault } from "./sql-error.ts";
import { inSubquery, startsQueryInParentheses } from "./subquery-parser.ts";

interface Subject {
  readonly value: Expression;
  readonly negated: boolean;
  readonly position: Position;
}

type PredicateRule = (p: Parser, subject: Subject) => Expression;

const RULES: ReadonlyMap<string, PredicateRule> = new Map([
  ["BETWEEN", parseBetween],
  ["IN", parseIn],
  ["LIKE", (p, subject) => parseLike(p, "like", subject)],
  ["ILIKE", (p, subject) => parseLike(p, "ilike", subject)],
  ["RLIKE", parseRlike],
  ["REGEXP", parseRlike],
]);

const QUANTIFIERS: ReadonlyMap<string, string> = new Map([
  ["ANY", "or"],
  ["SOME", "or"],
  ["ALL", "and"],
]);

/** True if BETWEEN, IN, LIKE or IS, perhaps with NOT, comes next. */
export function startsPredicate(p: Parser): boolean {
  if (p.isWord("IS")) return true;
  const word = p.peek(startsWithNot(p) ? 1 : 0);
  return word.kind === "word" && RULES.has(word.value);
}

/** What follows the value of a predicate. */
export function parsePredicate(p: Parser, value: Expression): Expression {
  const { position } = p.token;
  if (p.accept("IS")) return parseIs(p, value, position);
  const negated = startsWithNot(p);
  if (negated) p.advance();
  const rule = RULES.get(p.advance().value);
  if (rule === undefined) return p.fail(...RULES.keys());
  return rule(p, { value, negated, position });
}

function startsWithNot(p: Parser): boolean {
  return p.isWord("NOT") || p.isSymbol("!");
}

function operand(p: Parser): Expression {
  return p.grammar.expression(p, POWER.comparison);
}

function parseBetween(p: Parser, { value, negated, position }: Subject): Expression {
  const low = operand(p);
  p.expect("AND");
  return negateIf(negated, call("between", [value, low, operand(p)], position), position);
}

function parseIn(p: Parser, { value, negated, position }: Subject): Expression {
  if (p.isSymbol("(") && p.isSymbol(")", 1)) throw emptyList(p, position);
  const subquery = startsQueryInParentheses(p) ? inSubquery(p, value, position) : null;
  const found = subquery ?? call("in", [value, ...expressionList(p)], position);
  return negateIf(negated, found, position);
}

function emptyList(p: Parser, position: Position): Error {
  return syntaxFault(p.source, position, {
    condition: "INVALID_SQL_SYNTAX.EMPTY_IN_PREDICATE",
    sqlState: "42000",
    message:
      "Invalid SQL syntax: IN predicate requires at least one value. Empty IN clauses like 'IN ()' are not allowed. Consider using 'WHERE FALSE' if you need an always-false condition, or provide at least one value in the IN list.",
  });
}

function expressionList(p: Parser): readonly Expression[] {
  p.expectSymbol("(");
  const items = [p.grammar.expression(p)];
  while (p.acceptSymbol(",")) items.push(p.grammar.expression(p));
  p.expectSymbol(")");
  return items;
}

function parseRlike(p: Parser, { value, negated, position }: Subject): Expression {
  return negateIf(negated, call("rlike", [value, operand(p)], position), position);
}

function parseLike(p: Parser, name: "like" | "ilike", subject: Subject): Expression {
  const { value, negated, position } = subject;
  if (p.token.kind === "word" && QUANTIFIERS.has(p.token.value) && p.isSymbol("(", 1))
    return parseQuantified(p, name, subject);
  const args = [value, operand(p)];
  if (p.accept("ESCAPE")) args.push(escapeCharacter(p));
  return negateIf(negated, call(name, args, position), position);
}

function escapeCharacter(p: Parser): Expression {
  const { token } = p;
  if (token.kind !== "string") p.fail("a string of one character");
  if ([...token.value].length !== 1)
    throw syntaxFault(p.source, token.position, {
      condition: "INVALID_ESC",
      sqlState: "42604",
      message: `Found an invalid escape string: '${token.value}'. The escape string must contain only one character.`,
    });
  p.advance();
  return stringLiteral(token.value);
}

function parseQuantified(p: Parser, name: string, subject: Subject): Expression {
  const { value, negated, position } = subject;
  const connective = QUANTIFIERS.get(p.advance().value) ?? "or";
  const patterns = expressionList(p);
  if (patterns.every(isText)) {
    const text = name === "ilike" ? call("lower", [value], position) : value;
    const quantified = `${negated ? "not " : ""}like ${connective === "or" ? "any" : "all"}`;
    return call(quantified, [text, ...patterns.map((e) => lowerText(name, e))], position);
  }
  return patterns
    .map((pattern) => negateIf(negated, call(name, [value, pattern], position), position))
    .reduce((left, right) => call(connective, [left, right], position));
}

const isText = (e: Expression): e is Literal =>
  e.kind === "literal" && e.type.kind === "string" && e.value !== null;

function lowerText(name: string, pattern: Literal): Literal {
  return name === "ilike" ? stringLiteral(String(pattern.value).toLowerCase()) : pattern;
}

function parseIs(p: Parser, value: Expression, position: Position): Expression {
  const negated = p.accept("NOT") || p.acceptSymbol("!");
  if (p.accept("NULL")) return call(negated ? "isnotnull" : "isnull", [value], position);
  if (p.accept("UNKNOWN"))
    return call(negated ? "is not unknown" : "is unknown", [value], position);
  if (p.accept("DISTINCT", "FROM"))
    return negateIf(!negated, call("<=>", [value, operand(p)], position), position);
  const truth = p.accept("TRUE");
  if (!truth && !p.accept("FALSE")) p.fail();
  return negateIf(negated, call("<=>", [value, truth ? TRUE : FALSE], position), position);
}
