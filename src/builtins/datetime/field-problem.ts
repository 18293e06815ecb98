import { daysInMonth } from "../../columnar/datetime/calendar.ts";
import { MONTHS } from "./datetime-names.ts";

/** In Java's words, that a field is out of its range; null where it is not. */
export function fieldProblem(
  field: string,
  value: number,
  low: number,
  high: number,
  range = `${low} - ${high}`,
): string | null {
  return value >= low && value <= high
    ? null
    : `Invalid value for ${field} (valid values ${range}): ${value}`;
}

const MAX_YEAR = 999_999_999;

/** In Java's words, why year, month and day make no date; null where they do. */
export function dateProblem(year: number, month: number, day: number): string | null {
  const problem =
    fieldProblem("Year", year, -MAX_YEAR, MAX_YEAR) ??
    fieldProblem("MonthOfYear", month, 1, 12) ??
    fieldProblem("DayOfMonth", day, 1, 31, "1 - 28/31");
  if (problem !== null || day <= daysInMonth(year, month)) return problem;
  return day === 29
    ? `Invalid date 'February 29' as '${year}' is not a leap year`
    : `Invalid date '${MONTHS[month - 1]?.toUpperCase()} ${day}'`;
}
