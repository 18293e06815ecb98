import { isLeapYear } from "../../columnar/datetime/calendar.ts";
import { DataError } from "../../common/errors.ts";
import { MONTHS } from "./datetime-names.ts";

/** A field that is out of its range; `reason` without the final point. */
export function fieldOutOfBounds(reason: string): DataError {
  return new DataError({
    condition: "DATETIME_FIELD_OUT_OF_BOUNDS",
    message: `${reason}. If necessary set "spark.sql.ansi.enabled" to "false" to bypass this error.`,
    sqlState: "22023",
  });
}

/** Year, month and day that make no date. */
export function noSuchDate(year: number, month: number, day: number): DataError {
  if (month < 1 || month > 12)
    return fieldOutOfBounds(`Invalid value for MonthOfYear (valid values 1 - 12): ${month}`);
  if (day < 1 || day > 31)
    return fieldOutOfBounds(`Invalid value for DayOfMonth (valid values 1 - 28/31): ${day}`);
  const name = MONTHS[month - 1] ?? "";
  return day === 29 && !isLeapYear(year)
    ? fieldOutOfBounds(`Invalid date 'February 29' as '${year}' is not a leap year`)
    : fieldOutOfBounds(`Invalid date '${name.toUpperCase()} ${day}'`);
}

/** Text that does not fit a datetime pattern; `reason` as in `Text 'x' could not be parsed at index 0`. */
export function cannotParseTimestamp(reason: string): DataError {
  return new DataError({
    condition: "CANNOT_PARSE_TIMESTAMP",
    message: `${reason}. Use \`try_to_timestamp\` to tolerate invalid input string and return NULL instead.`,
    sqlState: "22007",
  });
}
