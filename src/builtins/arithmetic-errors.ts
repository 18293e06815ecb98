import { DataError } from "../common/errors.ts";
import { formatDecimal } from "./decimal/decimal-text.ts";

const BYPASS = 'If necessary set "spark.sql.ansi.enabled" to "false" to bypass this error.';

function tolerate(tryFunction: string | null): string {
  return tryFunction === null
    ? ""
    : ` Use '${tryFunction}' to tolerate overflow and return NULL instead.`;
}

/** `what` as in `integer overflow`; `tryFunction` is the function that gives null instead, if there is one. */
export function arithmeticOverflow(what: string, tryFunction: string | null = null): DataError {
  return new DataError({
    condition: "ARITHMETIC_OVERFLOW",
    message: `${what}.${tolerate(tryFunction)} ${BYPASS}`,
    sqlState: "22003",
  });
}

/** Overflow of byte and short: `expression` as in `127S + 1S`. */
export function binaryArithmeticOverflow(expression: string, tryFunction: string): DataError {
  return new DataError({
    condition: "BINARY_ARITHMETIC_OVERFLOW",
    message: `${expression} caused overflow. Use \`${tryFunction}\` to ignore overflow problem and return NULL.`,
    sqlState: "22003",
  });
}

/** The error of `/` and `div` by zero. */
export function divideByZero(): DataError {
  return new DataError({
    condition: "DIVIDE_BY_ZERO",
    message: `Division by zero. Use \`try_divide\` to tolerate divisor being 0 and return NULL instead. ${BYPASS}`,
    sqlState: "22012",
  });
}

/** The error of a remainder by zero. */
export function remainderByZero(): DataError {
  return new DataError({
    condition: "REMAINDER_BY_ZERO",
    message: `Remainder by zero. Use \`try_mod\` to tolerate divisor being 0 and return NULL instead. ${BYPASS}`,
    sqlState: "22012",
  });
}

/** A decimal, by its unscaled value and scale, that its type does not hold. */
export function decimalOutOfRange(
  unscaled: bigint,
  scale: number,
  type: { readonly precision: number; readonly scale: number },
): DataError {
  return new DataError({
    condition: "NUMERIC_VALUE_OUT_OF_RANGE.WITH_SUGGESTION",
    message: `${formatDecimal(unscaled, scale)} cannot be represented as Decimal(${type.precision}, ${type.scale}). If necessary set "spark.sql.ansi.enabled" to "false" to bypass this error, and return NULL instead.`,
    sqlState: "22003",
  });
}
