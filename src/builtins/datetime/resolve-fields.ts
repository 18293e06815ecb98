import {
  civilFromDays,
  daysFromCivil,
  isLeapYear,
  MICROS_PER_DAY,
  MICROS_PER_SECOND,
} from "../../columnar/datetime/calendar.ts";
import type { NumberField, TextField } from "./datetime-pattern.ts";
import { dateProblem, fieldProblem } from "./field-problem.ts";

/** What a text says of each field; `month` and `weekday` count from 1 and 0, `micros` are those of the second. */
export type DatetimeFields = Map<NumberField | TextField | "micros", number>;

/** Local microseconds, or in Java's words what is wrong. What no field says is of 1970-01-01 00:00. */
export function resolveFields(fields: DatetimeFields): bigint | string {
  const days = resolveDate(fields);
  if (typeof days === "string") return days;
  const time = resolveTime(fields);
  return typeof time === "string" ? time : BigInt(days) * MICROS_PER_DAY + time;
}

function resolveDate(fields: DatetimeFields): number | string {
  const year = resolveYear(fields);
  const dayOfYear = fields.get("dayOfYear");
  if (dayOfYear !== undefined) return resolveDayOfYear(fields, year, dayOfYear);
  const month = fields.get("month") ?? 1;
  const day = fields.get("day") ?? 1;
  return dateProblem(year, month, day) ?? daysFromCivil(year, month, day);
}

function resolveDayOfYear(
  fields: DatetimeFields,
  year: number,
  dayOfYear: number,
): number | string {
  const problem = fieldProblem("DayOfYear", dayOfYear, 1, 366, "1 - 365/366");
  if (problem !== null) return problem;
  if (dayOfYear === 366 && !isLeapYear(year))
    return `Invalid date 'DayOfYear 366' as '${year}' is not a leap year`;
  const days = daysFromCivil(year, 1, 1) + dayOfYear - 1;
  const date = civilFromDays(days);
  const isSame = (["month", "day"] as const).every(
    (field) => (fields.get(field) ?? date[field]) === date[field],
  );
  return isSame ? days : "Conflict found: day of year differs from month and day";
}

function resolveYear(fields: DatetimeFields): number {
  const yearOfEra = fields.get("yearOfEra");
  if (yearOfEra === undefined) return fields.get("year") ?? 1970;
  return fields.get("era") === 0 ? 1 - yearOfEra : yearOfEra;
}

function resolveTime(fields: DatetimeFields): bigint | string {
  const minute = fields.get("minute") ?? 0;
  const second = fields.get("second") ?? 0;
  const hour = resolveHour(fields);
  if (typeof hour === "string") return hour;
  const problem =
    fieldProblem("MinuteOfHour", minute, 0, 59) ?? fieldProblem("SecondOfMinute", second, 0, 59);
  if (problem !== null) return problem;
  const seconds = hour * 3600 + minute * 60 + second;
  return BigInt(seconds) * MICROS_PER_SECOND + BigInt(fields.get("micros") ?? 0);
}

function resolveHour(fields: DatetimeFields): number | string {
  const half = (fields.get("halfDay") ?? 0) * 12;
  const clock = fields.get("clockHour");
  if (clock !== undefined) return fieldProblem("ClockHourOfDay", clock, 1, 24) ?? clock % 24;
  const halfClock = fields.get("clockHourOfHalfDay");
  if (halfClock !== undefined)
    return fieldProblem("ClockHourOfAmPm", halfClock, 1, 12) ?? (halfClock % 12) + half;
  const halfHour = fields.get("hourOfHalfDay");
  if (halfHour !== undefined) return fieldProblem("HourOfAmPm", halfHour, 0, 11) ?? halfHour + half;
  const hour = fields.get("hour") ?? 0;
  return fieldProblem("HourOfDay", hour, 0, 23) ?? hour;
}
