import { DataError } from "../../common/errors.ts";

/** A field that is out of its range; `reason` without the final point. */
export function fieldOutOfBounds(reason: string): DataError {
  return new DataError({
    condition: "DATETIME_FIELD_OUT_OF_BOUNDS.WITH_SUGGESTION",
    message: `${reason}. If necessary set "spark.sql.ansi.enabled" to "false" to bypass this error.`,
    sqlState: "22023",
  });
}

/** A timestamp that a count of units moves out of range; `unit` as it is written. */
export function datetimeOverflow(count: bigint, unit: string, timestamp: string): DataError {
  return new DataError({
    condition: "DATETIME_OVERFLOW",
    message: `Datetime operation overflow: add ${count}L ${unit} to TIMESTAMP '${timestamp}'.`,
    sqlState: "22008",
  });
}

/** Text that does not fit a datetime pattern; `reason` as in `Text 'x' could not be parsed at index 0`, `tolerant` the function that returns null instead. */
export function cannotParseTimestamp(reason: string, tolerant: string): DataError {
  return new DataError({
    condition: "CANNOT_PARSE_TIMESTAMP",
    message: `${reason}. Use \`${tolerant}\` to tolerate invalid input string and return NULL instead.`,
    sqlState: "22007",
  });
}
