import type { Expression } from "../plan/expression.ts";
import type { Position } from "../plan/position.ts";
import {
  BINARY_OPERATORS,
  type BinaryOperator,
  POWER,
  PREFIX_OPERATORS,
} from "./binding-powers.ts";
import { call, negateIf, placed } from "./nodes.ts";
import { parseNumber } from "./number-literal.ts";
import type { Parser } from "./parser.ts";
import { parsePostfix } from "./postfix-parser.ts";
import { parsePredicate, startsPredicate } from "./predicate-parser.ts";
import { parsePrimary } from "./primary-parser.ts";
import { existsSubquery, startsExists } from "./subquery-parser.ts";

/** Longer chains of operators would be trees too deep to walk. */
const MAX_CHAIN = 1000;

/** An expression whose operators bind at least as tightly as `minPower`. */
export function parseOperators(p: Parser, minPower: number = POWER.or): Expression {
  const start = parsePrefix(p, minPower);
  return parseInfix(p, minPower, start);
}

interface Operand {
  readonly expression: Expression;
  /** No operator that binds tighter than this may follow. */
  readonly ceiling: number;
}

function parsePrefix(p: Parser, minPower: number): Operand {
  const { position } = p.token;
  if (minPower <= POWER.not && (p.isWord("NOT") || p.isSymbol("!"))) {
    p.advance();
    return {
      expression: call("not", [p.grammar.expression(p, POWER.not)], position),
      ceiling: POWER.and,
    };
  }
  if (minPower <= POWER.not && startsExists(p))
    return { expression: existsSubquery(p), ceiling: POWER.and };
  const builtin = p.token.kind === "symbol" ? PREFIX_OPERATORS.get(p.token.value) : undefined;
  if (builtin === undefined)
    return { expression: parsePostfix(p, parsePrimary(p)), ceiling: POWER.unary };
  if (p.isSymbol("-") && p.peek(1).kind === "number") {
    p.advance();
    return {
      expression: parsePostfix(p, placed(parseNumber(p, "-"), position)),
      ceiling: POWER.unary,
    };
  }
  p.advance();
  const operand = p.grammar.expression(p, POWER.unary);
  return { expression: call(builtin, [operand], position), ceiling: POWER.unary };
}

function parseInfix(p: Parser, minPower: number, first: Operand): Expression {
  let left = first.expression;
  let { ceiling } = first;
  for (let links = 0; ; links++) {
    if (links > MAX_CHAIN) p.tooComplex();
    const operator = infixOperator(p);
    const power = operator?.power ?? POWER.predicate;
    if (power < minPower || power > ceiling) return left;
    if (operator !== null) {
      left = parseBinary(p, left, operator);
      ceiling = power;
    } else if (startsPredicate(p)) {
      left = parsePredicate(p, left);
      ceiling = POWER.and;
    } else return left;
  }
}

interface FoundOperator extends BinaryOperator {
  readonly tokens: number;
}

function infixOperator(p: Parser): FoundOperator | null {
  const { token } = p;
  if (token.kind !== "word" && token.kind !== "symbol") return null;
  const tokens = token.value === ">" ? shiftLength(p) : 1;
  const operator = BINARY_OPERATORS.get(">".repeat(tokens - 1) + token.value);
  return operator === undefined ? null : { ...operator, tokens };
}

function shiftLength(p: Parser): number {
  let length = 1;
  while (length < 3 && p.isSymbol(">", length) && p.peek(length).start === p.token.start + length)
    length++;
  return length;
}

function parseBinary(p: Parser, left: Expression, operator: FoundOperator): Expression {
  const { position } = p.token;
  for (let i = 0; i < operator.tokens; i++) p.advance();
  if (operator.builtin === "and" || operator.builtin === "or")
    return parseLogicalChain(p, left, operator, position);
  const right = p.grammar.expression(p, operator.power + 1);
  return negateIf(
    operator.negated === true,
    call(operator.builtin, [left, right], position),
    position,
  );
}

/** Spark, too, makes a chain of AND or OR a balanced tree. */
function parseLogicalChain(
  p: Parser,
  left: Expression,
  operator: FoundOperator,
  first: Position,
): Expression {
  const operands = [left];
  const positions = [first];
  for (;;) {
    operands.push(p.grammar.expression(p, operator.power + 1));
    if (infixOperator(p)?.builtin !== operator.builtin) break;
    positions.push(p.advance().position);
  }
  const balance = (low: number, high: number): Expression => {
    const [only] = operands.slice(low, low + 1);
    if (low === high && only !== undefined) return only;
    const middle = low + ((high - low) >> 1);
    const position = positions[middle] ?? first;
    return call(operator.builtin, [balance(low, middle), balance(middle + 1, high)], position);
  };
  return balance(0, operands.length - 1);
}
