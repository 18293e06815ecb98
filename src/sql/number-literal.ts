import {
  BYTE,
  type DataType,
  DOUBLE,
  decimal,
  FLOAT,
  INT,
  LONG,
  SHORT,
} from "../columnar/data-type.ts";
import type { Literal } from "../plan/expression.ts";
import { literal } from "../plan/literal.ts";
import type { Parser } from "./parser.ts";
import { syntaxFault } from "./sql-error.ts";
import type { Token } from "./token.ts";

const PARTS = /^(\d*)\.?(\d*)(?:e([+-]?\d+))?(bd|[lsyfd])?$/i;
const MAX_PRECISION = 38;
const MAX_FLOAT = 3.4028234663852886e38;

interface IntegerKind {
  readonly type: DataType;
  readonly name: string;
  readonly bits: number;
}

const INTEGER_SUFFIXES: { readonly [suffix: string]: IntegerKind } = {
  Y: { type: BYTE, name: "tinyint", bits: 8 },
  S: { type: SHORT, name: "smallint", bits: 16 },
  L: { type: LONG, name: "bigint", bits: 64 },
};

/** The number at the cursor with the sign that stood before it. Throws where Spark finds it out of range. */
export function parseNumber(p: Parser, sign: "" | "-" = ""): Literal {
  const token = p.advance();
  const [, whole = "", fraction = "", exponent, suffixText = ""] = PARTS.exec(token.text) ?? [];
  const suffix = suffixText.toUpperCase();
  const digits = `${sign}${whole}${fraction}`;
  const integerKind = INTEGER_SUFFIXES[suffix];
  if (integerKind !== undefined) return boundedInteger(p, token, BigInt(digits), integerKind);
  const mantissa = token.text.slice(0, token.text.length - suffix.length);
  if (suffix === "F") return float(p, token, sign + mantissa);
  if (suffix === "D" || (suffix === "" && exponent !== undefined))
    return double(p, token, sign + mantissa);
  const isInteger = suffix === "" && !token.text.includes(".");
  if (isInteger) return plainInteger(p, token, BigInt(digits));
  return decimalLiteral(p, token, digits, fraction.length - Number(exponent ?? 0));
}

function boundedInteger(p: Parser, token: Token, value: bigint, kind: IntegerKind): Literal {
  if (BigInt.asIntN(kind.bits, value) !== value) {
    const limit = 1n << BigInt(kind.bits - 1);
    throw outOfRange(p, token, kind.name, `${-limit}`, `${limit - 1n}`);
  }
  return literal(kind.type, kind.bits === 64 ? value.toString() : Number(value));
}

function plainInteger(p: Parser, token: Token, value: bigint): Literal {
  if (BigInt.asIntN(32, value) === value) return literal(INT, Number(value));
  if (BigInt.asIntN(64, value) === value) return literal(LONG, value.toString());
  return decimalLiteral(p, token, value.toString(), 0);
}

function decimalLiteral(p: Parser, token: Token, digits: string, scale: number): Literal {
  const precision = decimalPrecision(digits, scale);
  if (precision > MAX_PRECISION)
    throw syntaxFault(p.source, token.position, {
      condition: "DECIMAL_PRECISION_EXCEEDS_MAX_PRECISION",
      sqlState: "22003",
      message: `Decimal precision ${precision} exceeds max precision ${MAX_PRECISION}`,
      details: { precision },
    });
  const unscaled = BigInt(digits) * (scale < 0 ? 10n ** BigInt(-scale) : 1n);
  return literal(decimal(precision, Math.max(scale, 0)), unscaled.toString());
}

function decimalPrecision(digits: string, scale: number): number {
  const significant = digits.replace(/^-?0*/, "").length;
  const whole = Math.max(significant, 1) - scale;
  return Math.max(scale < 0 ? whole : Math.max(significant, scale), 1);
}

function double(p: Parser, token: Token, text: string): Literal {
  const value = Number(text);
  if (!Number.isFinite(value))
    throw outOfRange(p, token, "double", "-1.7976931348623157E+308", "1.7976931348623157E+308");
  return literal(DOUBLE, value);
}

function float(p: Parser, token: Token, text: string): Literal {
  const value = Number(text);
  if (Math.abs(value) > MAX_FLOAT)
    throw outOfRange(p, token, "float", "-3.4028234663852886E+38", "3.4028234663852886E+38");
  return literal(FLOAT, Math.fround(value));
}

function outOfRange(p: Parser, token: Token, type: string, low: string, high: string): Error {
  const number = token.text.replace(/(?:bd|[lsyfd])$/i, "");
  return syntaxFault(p.source, token.position, {
    condition: "INVALID_NUMERIC_LITERAL_RANGE",
    sqlState: "22003",
    message:
      `Numeric literal ${number} is outside the valid range for ${type} with minimum value of ${low} ` +
      `and maximum value of ${high}. Please adjust the value accordingly.`,
    details: { number, type },
  });
}
