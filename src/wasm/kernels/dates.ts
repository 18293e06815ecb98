// Days are counted from 1970-01-01 in the proleptic Gregorian calendar.

const DAYS_PER_ERA: i32 = 146097;
const DAYS_TO_1970: i32 = 719468;

/** `year << 9 | month << 5 | day`. Source: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms". */
function civilOfDay(days: i32): i64 {
  const shifted = <i64>days + DAYS_TO_1970;
  let era: i32;
  let dayOfEra: u32;
  if (shifted >= 0 && shifted < 0x7fffffff) {
    era = <i32>(<u32>shifted / <u32>DAYS_PER_ERA);
    dayOfEra = <u32>shifted - <u32>era * <u32>DAYS_PER_ERA;
  } else {
    const whole = shifted / DAYS_PER_ERA;
    era = <i32>(shifted % DAYS_PER_ERA < 0 ? whole - 1 : whole);
    dayOfEra = <u32>(shifted - <i64>era * DAYS_PER_ERA);
  }
  const yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146096) / 365;
  const dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
  const shiftedMonth = (5 * dayOfYear + 2) / 153;
  const day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1;
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
  const year = <i32>yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return (<i64>year << 9) | (month << 5) | day;
}

/** Days of a date whose month is 1 to 12; `day` may be any. */
export function dayOfCivil(year: i32, month: i32, day: i32): i32 {
  return <i32>exactDayOfCivil(year, month, day);
}

/** As `dayOfCivil`, beyond the range of dates too. */
export function exactDayOfCivil(year: i32, month: i32, day: i32): i64 {
  const y = month <= 2 ? year - 1 : year;
  const era = (y >= 0 ? y : y - 399) / 400;
  const yearOfEra = y - era * 400;
  const dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
  const dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
  return <i64>era * DAYS_PER_ERA + (dayOfEra - DAYS_TO_1970);
}

function monthLength(year: i32, month: i32): i32 {
  if (month != 2) return 30 | (month ^ (month >> 3));
  return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28;
}

const MAX_YEAR: i32 = 999999999;

/** True if the three make a date of Java's calendar. */
export function isCivil(year: i32, month: i32, day: i32): u32 {
  const isYear = year >= -MAX_YEAR && year <= MAX_YEAR;
  return isYear && month >= 1 && month <= 12 && day >= 1 && day <= monthLength(year, month) ? 1 : 0;
}

/** The year of a day since 1970-01-01. */
export function yearOfDay(days: i32): i32 {
  return <i32>(civilOfDay(days) >> 9);
}

/** The month of a day since 1970-01-01, from 1. */
export function monthOfDay(days: i32): i32 {
  return (<i32>civilOfDay(days) >> 5) & 15;
}

/** The day within its month, from 1. */
export function dayOfMonth(days: i32): i32 {
  return <i32>civilOfDay(days) & 31;
}

/** The quarter, from 1. */
export function quarterOfDay(days: i32): i32 {
  return (((<i32>civilOfDay(days) >> 5) & 15) + 2) / 3;
}

/** The day within its year, from 1. */
export function dayOfYear(days: i32): i32 {
  return days - dayOfCivil(yearOfDay(days), 1, 1) + 1;
}

/** 0 = Monday … 6 = Sunday. */
export function weekday(days: i32): i32 {
  const rest = (days % 7 + 3) % 7;
  return rest < 0 ? rest + 7 : rest;
}

/** The ISO 8601 week, from 1. */
export function weekOfDay(days: i32): i32 {
  const thursday = days - weekday(days) + 3;
  return (thursday - dayOfCivil(yearOfDay(thursday), 1, 1)) / 7 + 1;
}

/** The ISO 8601 year of the day's week. */
export function weekYearOfDay(days: i32): i32 {
  return yearOfDay(days - weekday(days) + 3);
}

/**
 * The same day some months on; the last day of the month where there is no such day. May be beyond the range of dates.
 */
export function addMonths(days: i32, months: i32): i64 {
  const civil = civilOfDay(days);
  const index = (civil >> 9) * 12 + ((civil >> 5) & 15) - 1 + months;
  const year = <i32>((index >= 0 ? index : index - 11) / 12);
  const month = <i32>(index - <i64>year * 12) + 1;
  return exactDayOfCivil(year, month, min<i32>(<i32>civil & 31, monthLength(year, month)));
}

/** The last day, since 1970-01-01, of a day's month. */
export function lastDayOfMonth(days: i32): i32 {
  const civil = civilOfDay(days);
  const month = (<i32>civil >> 5) & 15;
  return days - (<i32>civil & 31) + monthLength(<i32>(civil >> 9), month);
}

/** The first day of the unit that holds the day: 0 week, 1 month, 2 quarter, 3 year, 4 decade, 5 century, 6 millennium. */
export function truncateDay(days: i32, unit: i32): i32 {
  if (unit == 0) return days - weekday(days);
  const civil = civilOfDay(days);
  const year = <i32>(civil >> 9);
  const month = (<i32>civil >> 5) & 15;
  if (unit == 1) return days - (<i32>civil & 31) + 1;
  if (unit == 2) return dayOfCivil(year, month - (month - 1) % 3, 1);
  return dayOfCivil(truncateYear(year, unit), 1, 1);
}

function truncateYear(year: i32, unit: i32): i32 {
  if (unit == 3) return year;
  const span = unit == 4 ? 10 : unit == 5 ? 100 : 1000;
  const base = unit == 4 ? 0 : 1;
  const offset = (year - base) % span;
  return year - (offset < 0 ? offset + span : offset);
}

/** The next day of the week (0 = Monday) behind the day. */
export function nextWeekday(days: i32, target: i32): i32 {
  const ahead = target - weekday(days);
  return days + (ahead <= 0 ? ahead + 7 : ahead);
}

/** The quotient rounded towards negative infinity, for a positive divisor. */
export function floorDivide(value: i64, by: i64): i64 {
  const quotient = value / by;
  return value - quotient * by < 0 ? quotient - 1 : quotient;
}
