import {
  BOOLEAN,
  type DataType,
  DOUBLE,
  decimal,
  INT,
  LONG,
  NULL,
  STRING,
  TIMESTAMP,
} from "../columnar/data-type.ts";
import type { LiteralJson } from "../columnar/literal-json.ts";
import { withoutLoneSurrogates } from "../columnar/text-bytes.ts";
import { AnalysisError } from "../common/errors.ts";
import type { Expression, Literal } from "./expression.ts";

const MAX_INT = 2 ** 31;
const MAX_LONG = 2n ** 63n;

/** A constant; `value` is in the form told at `Literal`. */
export function literal(type: DataType, value: LiteralJson): Literal {
  return Object.freeze({ kind: "literal", type, value });
}

/** The constant true. */
export const TRUE: Literal = literal(BOOLEAN, true);
/** The constant false. */
export const FALSE: Literal = literal(BOOLEAN, false);
const NULL_LITERAL: Literal = literal(NULL, null);

/** A constant int. */
export const intLiteral = (value: number): Literal => literal(INT, value);
/** A constant bigint. */
export const longLiteral = (value: bigint): Literal => literal(LONG, value.toString());
/** A constant string. */
export const stringLiteral = (value: string): Literal => literal(STRING, value);

/** A null of a type. */
export const nullLiteral = (type: DataType): Literal => literal(type, null);

/** A decimal of an unscaled value. */
export const decimalLiteral = (unscaled: bigint, precision: number, scale: number): Literal =>
  literal(decimal(precision, scale), unscaled.toString());

/**
 * A JavaScript value as Spark's `lit` takes it: whole numbers are int where they fit, else double; a bigint is
 * long where it fits, else decimal; a Date is a timestamp; a Uint8Array is binary. Throws `UNSUPPORTED_LITERAL_TYPE`.
 */
export function literalOf(value: unknown): Literal {
  switch (typeof value) {
    case "boolean":
      return literal(BOOLEAN, value);
    case "string":
      return stringLiteral(withoutLoneSurrogates(value));
    case "bigint":
      return bigintLiteral(value);
    case "number":
      return numberLiteral(value);
    default:
      return objectLiteral(value);
  }
}

/** The whole number of a literal of an integral, decimal (unscaled), date, timestamp or interval type. */
export function literalToBigInt(expression: Literal): bigint | null {
  const { value } = expression;
  if (typeof value === "string") return BigInt(value);
  return typeof value === "number" ? BigInt(value) : null;
}

/** True if the expression is a constant null. */
export function isNullLiteral(expression: Expression): expression is Literal {
  return expression.kind === "literal" && expression.value === null;
}

function numberLiteral(value: number): Literal {
  if (Number.isInteger(value) && value >= -MAX_INT && value < MAX_INT && !Object.is(value, -0))
    return intLiteral(value);
  return literal(DOUBLE, Number.isFinite(value) ? value : String(value));
}

function bigintLiteral(value: bigint): Literal {
  if (value >= -MAX_LONG && value < MAX_LONG) return longLiteral(value);
  const digits = value.toString().replace("-", "").length;
  if (digits > 38) throw unsupported(`${value}`, `a whole number of ${digits} digits`);
  return decimalLiteral(value, digits, 0);
}

function objectLiteral(value: unknown): Literal {
  if (value === null || value === undefined) return NULL_LITERAL;
  if (value instanceof Date && !Number.isNaN(value.getTime()))
    return literal(TIMESTAMP, (BigInt(value.getTime()) * 1000n).toString());
  if (value instanceof Uint8Array)
    return literal({ kind: "binary" }, Buffer.from(value).toString("base64"));
  throw unsupported(String(value), typeof value);
}

function unsupported(value: string, kind: string): AnalysisError {
  return new AnalysisError({
    condition: "UNSUPPORTED_FEATURE.LITERAL_TYPE",
    message: `The feature is not supported: Literal for '${value}' of ${kind}; use a string, a number, a bigint, a boolean, a Date, a Uint8Array or null.`,
    sqlState: "0A000",
  });
}
