import { type DataType, simpleString } from "../../columnar/data-type.ts";
import { formatTimestamp, formatTimestampNtz } from "../../columnar/datetime/datetime-text.ts";
import { DataError } from "../../common/errors.ts";
import { formatDecimal } from "../decimal/decimal-text.ts";
import { quotedType } from "../type-mismatch.ts";
import { formatDouble, formatFloat } from "./floating-text.ts";
import { formatInterval } from "./interval-text.ts";

/** A text that is no value of the type. */
export function castInvalidInput(text: string, to: DataType): DataError {
  return new DataError({
    condition: "CAST_INVALID_INPUT",
    message: `The value '${text}' of the type "STRING" cannot be cast to ${quotedType(to)} because it is malformed. Correct the value as per the syntax, or change its target type. Use \`try_cast\` to tolerate malformed input and return NULL instead.`,
    sqlState: "22018",
  });
}

/** A value, by its JavaScript form, that the type does not hold. */
export function castOverflow(value: unknown, from: DataType, to: DataType): DataError {
  return new DataError({
    condition: "CAST_OVERFLOW",
    message: `The value ${literalText(value, from)} of the type ${quotedType(from)} cannot be cast to ${quotedType(to)} due to an overflow. Use \`try_cast\` to tolerate overflow and return NULL instead.`,
    sqlState: "22003",
  });
}

/** A value as a SQL literal: `3000000000L`, `1.5BD`. */
function literalText(value: unknown, type: DataType): string {
  switch (type.kind) {
    case "byte":
      return `${value}Y`;
    case "short":
      return `${value}S`;
    case "long":
      return `${value}L`;
    case "float":
      return Number.isFinite(value) ? `${formatFloat(value as number)}F` : String(value);
    case "double":
      return Number.isFinite(value) ? `${formatDouble(value as number)}D` : String(value);
    case "decimal":
      return `${formatDecimal(value as bigint, type.scale)}BD`;
    case "timestamp":
      return `TIMESTAMP '${formatTimestamp(value as bigint, "UTC")}'`;
    case "timestamp_ntz":
      return `TIMESTAMP_NTZ '${formatTimestampNtz(value as bigint)}'`;
    case "year_month_interval":
    case "day_time_interval":
      return formatInterval(BigInt(value as bigint | number), type);
    default:
      return String(value);
  }
}

/** The error of a cast between types that have none. */
export function unsupportedCast(from: DataType, to: DataType): DataError {
  return new DataError({
    condition: "DATATYPE_MISMATCH.CAST_WITHOUT_SUGGESTION",
    message: `cannot cast ${simpleString(from)} to ${simpleString(to)}`,
    sqlState: "42K09",
  });
}
