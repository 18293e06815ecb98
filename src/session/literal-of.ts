import { Decimal } from "../answer/decimal.ts";
import { Timestamp } from "../answer/timestamp.ts";
import { decimal, TIMESTAMP } from "../columnar/data-type.ts";
import type { Expression } from "../plan/expression.ts";
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
export function literalOf(value: LiteralValue): Expression {
  if (value instanceof Decimal)
    return literal(decimal(value.precision, value.scale), value.unscaled.toString());
  if (value instanceof Timestamp) return literal(TIMESTAMP, value.epochMicros.toString());
  return plainLiteralOf(value);
}
