import {
  civilFromDays,
  daysFromCivil,
  isLeapYear,
  MICROS_PER_DAY,
  MICROS_PER_SECOND,
} from "../../columnar/datetime/calendar.ts";
import type { NumberField, TextField } from "./datetime-pattern.ts";
import { dateProblem, fieldProblem } from "./field-problem.ts";
import { MODIFIED_JULIAN_EPOCH } from "./modified-julian-day.ts";

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
  const julian = fields.get("modifiedJulianDay");
  if (julian !== undefined) return agreeing(fields, julian - MODIFIED_JULIAN_EPOCH);
  const year = resolveYear(fields);
  if (typeof year === "string") return year;
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
  return agreeing(fields, days);
}

/** The days, or the conflict with another field of the date. */
function agreeing(fields: DatetimeFields, days: number): number | string {
  const date = civilFromDays(days);
  const other = (["year", "month", "day"] as const).find(
    (field) => (fields.get(field) ?? date[field]) !== date[field],
  );
  return other === undefined
    ? days
    : `Conflict found: ${other} ${date[other]} differs from ${other} ${fields.get(other)}`;
}

function resolveYear(fields: DatetimeFields): number | string {
  const yearOfEra = fields.get("yearOfEra");
  if (yearOfEra === undefined) return fields.get("year") ?? 1970;
  if (yearOfEra < 1)
    return `Invalid value for YearOfEra (valid values 1 - 999999999/1000000000): ${yearOfEra}`;
  return fields.get("era") === 0 ? 1 - yearOfEra : yearOfEra;
}

function resolveTime(fields: DatetimeFields): bigint | string {
  const minute = fields.get("minute") ?? 0;
  const second = fields.get("second") ?? 0;
  const hour = resolveHour(fields, minute);
  if (typeof hour === "string") return hour;
  const problem =
    fieldProblem("MinuteOfHour", minute, 0, 59) ?? fieldProblem("SecondOfMinute", second, 0, 59);
  if (problem !== null) return problem;
  const seconds = hour * 3600 + minute * 60 + second;
  return BigInt(seconds) * MICROS_PER_SECOND + BigInt(fields.get("micros") ?? 0);
}

/** Clock hours become hours, half days whole days; whatever says something else of the hour is a conflict. */
function resolveHour(fields: DatetimeFields, minute: number): number | string {
  const problem = hourProblem(fields);
  if (problem !== null) return problem;
  const half = fields.get("halfDay");
  const ofDay = merged(
    "HourOfDay",
    "ClockHourOfDay",
    fields.get("hour"),
    fields.get("clockHour"),
    24,
  );
  if (typeof ofDay === "string") return ofDay;
  const ofHalf = merged(
    "HourOfAmPm",
    "ClockHourOfAmPm",
    fields.get("hourOfHalfDay"),
    fields.get("clockHourOfHalfDay"),
    12,
  );
  if (typeof ofHalf === "string") return ofHalf;
  if (ofHalf !== undefined && half !== undefined) {
    const hour = half * 12 + ofHalf;
    return ofDay === undefined || ofDay === hour
      ? hour
      : `Conflict found: HourOfDay ${ofDay} differs from HourOfDay ${hour} while resolving  AmPmOfDay`;
  }
  if (ofDay === undefined) return ofHalf ?? (half ?? 0) * 12;
  const time = [ofDay, minute].map((part) => String(part).padStart(2, "0")).join(":");
  return (
    derived("AmPmOfDay", Math.floor(ofDay / 12), half, time) ??
    derived("HourOfAmPm", ofDay % 12, ofHalf, time) ??
    ofDay
  );
}

function hourProblem(fields: DatetimeFields): string | null {
  for (const [field, name, low, high] of HOURS) {
    const value = fields.get(field);
    const problem = value === undefined ? null : fieldProblem(name, value, low, high);
    if (problem !== null) return problem;
  }
  return null;
}

const HOURS = [
  ["clockHour", "ClockHourOfDay", 1, 24],
  ["clockHourOfHalfDay", "ClockHourOfAmPm", 1, 12],
  ["hourOfHalfDay", "HourOfAmPm", 0, 11],
  ["hour", "HourOfDay", 0, 23],
] as const;

/** The hour of an hour that counts from 0 and one that counts from 1. */
function merged(
  name: string,
  clockName: string,
  hour: number | undefined,
  clockHour: number | undefined,
  size: number,
): number | string | undefined {
  if (clockHour === undefined) return hour;
  const fromClock = clockHour % size;
  return hour === undefined || hour === fromClock
    ? fromClock
    : `Conflict found: ${name} ${hour} differs from ${name} ${fromClock} while resolving  ${clockName}`;
}

/** The conflict of a field with the time that the other fields make; null without one. */
function derived(
  name: string,
  ofTime: number,
  said: number | undefined,
  time: string,
): string | null {
  return said === undefined || said === ofTime
    ? null
    : `Conflict found: Field ${name} ${ofTime} differs from ${name} ${said} derived from ${time}`;
}
