/** How tightly operators bind; a higher number binds tighter. */
export const POWER = {
  or: 1,
  and: 2,
  not: 3,
  predicate: 4,
  comparison: 5,
  bitOr: 6,
  bitXor: 7,
  bitAnd: 8,
  shift: 9,
  additive: 10,
  multiplicative: 11,
  unary: 12,
} as const;

/** An operator between two operands. */
export interface BinaryOperator {
  readonly power: number;
  /** The builtin it calls. */
  readonly builtin: string;
  /** `a <> b` is `not(a = b)`. */
  readonly negated?: true;
}

const binary = (power: number, builtin: string): BinaryOperator => ({ power, builtin });
const notEqual: BinaryOperator = { power: POWER.comparison, builtin: "=", negated: true };

/** Every binary operator, by how it is written; all are left-associative. */
export const BINARY_OPERATORS: ReadonlyMap<string, BinaryOperator> = new Map([
  ["OR", binary(POWER.or, "or")],
  ["AND", binary(POWER.and, "and")],
  ["=", binary(POWER.comparison, "=")],
  ["==", binary(POWER.comparison, "=")],
  ["<>", notEqual],
  ["!=", notEqual],
  ["<=>", binary(POWER.comparison, "<=>")],
  ["<", binary(POWER.comparison, "<")],
  ["<=", binary(POWER.comparison, "<=")],
  ["!>", binary(POWER.comparison, "<=")],
  [">", binary(POWER.comparison, ">")],
  [">=", binary(POWER.comparison, ">=")],
  ["!<", binary(POWER.comparison, ">=")],
  ["|", binary(POWER.bitOr, "|")],
  ["^", binary(POWER.bitXor, "^")],
  ["&", binary(POWER.bitAnd, "&")],
  ["<<", binary(POWER.shift, "<<")],
  [">>", binary(POWER.shift, ">>")],
  [">>>", binary(POWER.shift, ">>>")],
  ["+", binary(POWER.additive, "+")],
  ["-", binary(POWER.additive, "-")],
  ["||", binary(POWER.additive, "concat")],
  ["*", binary(POWER.multiplicative, "*")],
  ["/", binary(POWER.multiplicative, "/")],
  ["%", binary(POWER.multiplicative, "%")],
  ["DIV", binary(POWER.multiplicative, "div")],
]);

/** The sign before an operand and the builtin it calls. */
export const PREFIX_OPERATORS: ReadonlyMap<string, string> = new Map([
  ["-", "unary -"],
  ["+", "positive"],
  ["~", "~"],
]);
