import { Decimal } from "../answer/decimal.ts";
import { Timestamp } from "../answer/timestamp.ts";
import { decimal, TIMESTAMP } from "../columnar/data-type.ts";
import { describeValue } from "../common/describe-value.ts";
import { AnalysisError } from "../common/errors.ts";
import type { Literal } from "../plan/expression.ts";
import { literal, literalOf as plainLiteralOf } from "../plan/literal.ts";

/**
 * A JavaScript value that may stand for a constant.
 *
 * `number` is an int where it is whole and fits in 32 bits, else a double; `bigint` is a bigint where it fits, else a
 * decimal; `Date` and `Timestamp` are timestamps, `Decimal` is a decimal of as many digits as it has.
 */
export type LiteralValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | Date
  | Uint8Array
  | Decimal
  | Timestamp;

/** The constant expression of a value. Throws `UNSUPPORTED_FEATURE.LITERAL_TYPE`. */
export function literalOf(value: LiteralValue, argument = "value"): Literal {
  if (!isLiteralValue(value)) throw unsupportedLiteral(argument, value);
  if (value instanceof Decimal)
    return literal(decimal(value.precision, value.scale), value.unscaled.toString());
  if (value instanceof Timestamp) return literal(TIMESTAMP, value.epochMicros.toString());
  return plainLiteralOf(value);
}

function isLiteralValue(value: unknown): boolean {
  switch (typeof value) {
    case "boolean":
    case "string":
    case "number":
    case "bigint":
      return true;
    case "object":
      if (value instanceof Date) return !Number.isNaN(value.getTime());
      return (
        value === null ||
        value instanceof Uint8Array ||
        value instanceof Decimal ||
        value instanceof Timestamp
      );
    default:
      return false;
  }
}

function unsupportedLiteral(argument: string, value: unknown): AnalysisError {
  return new AnalysisError({
    condition: "UNSUPPORTED_FEATURE.LITERAL_TYPE",
    message: `The feature is not supported: argument \`${argument}\` cannot be a constant, being ${describeValue(value)}; use a string, a number, a bigint, a boolean, a Date, a Uint8Array, a Decimal, a Timestamp, null, or a Column.`,
    sqlState: "0A000",
    details: { argument },
  });
}
