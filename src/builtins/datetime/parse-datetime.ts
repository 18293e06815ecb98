import {
  civilFromDays,
  daysFromCivil,
  daysInMonth,
  isLeapYear,
  MICROS_PER_DAY,
} from "../../columnar/datetime/calendar.ts";
import { isTimeZone } from "../../columnar/datetime/time-zone.ts";
import { fieldNames } from "./datetime-names.ts";
import type { NumberField, PatternItem, TextField } from "./datetime-pattern.ts";

/** What a text said: local time in microseconds and the zone it named, if any. */
export interface ParsedDatetime {
  readonly localMicros: bigint;
  readonly zone: string | null;
}

type Fields = Map<NumberField | TextField | "micros", number>;

/**
 * Reads a text by a pattern, letters in any case. What the pattern leaves out is of 1970-01-01 00:00. Where the text
 * does not fit, the reason in Java's words: `Text 'x' could not be parsed at index 0`.
 */
export function parseDatetime(
  items: readonly PatternItem[],
  text: string,
): ParsedDatetime | { readonly reason: string } {
  const run = new PatternRun(text);
  const end = run.items(items, 0);
  if (end < 0) return { reason: `Text '${text}' could not be parsed at index ${~end}` };
  if (end < text.length)
    return { reason: `Text '${text}' could not be parsed, unparsed text found at index ${end}` };
  const found = resolveFields(run.fields);
  return typeof found === "string"
    ? { reason: `Text '${text}' could not be parsed: ${found}` }
    : { localMicros: found, zone: run.zone };
}

/** One pass over a text. Methods give the index behind what they took, or the complement of where it failed. */
class PatternRun {
  readonly fields: Fields = new Map();
  zone: string | null = null;
  private readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  items(items: readonly PatternItem[], start: number): number {
    let at = start;
    for (const [i, item] of items.entries()) {
      at = this.item(item, at, reservedDigits(items, i));
      if (at < 0) return at;
    }
    return at;
  }

  private item(item: PatternItem, at: number, reserved: number): number {
    switch (item.kind) {
      case "literal":
        return this.startsWith(item.text, at) ? at + item.text.length : ~at;
      case "number":
        return this.number(item, at, reserved);
      case "twoDigitYear":
        return this.twoDigitYear(item.field, at);
      case "fraction":
        return this.fraction(item.digits, at);
      case "text":
        return this.name(item.field, item.isFull, at);
      case "offset":
        return this.offset(item.form, item.zero, at);
      case "localizedOffset":
        return this.localizedOffset(at);
      case "zoneName":
      case "zoneId":
        return this.zoneId(at);
      case "optional": {
        const end = this.items(item.items, at);
        return end < 0 ? at : end;
      }
    }
  }

  private startsWith(part: string, at: number): boolean {
    return this.text.slice(at, at + part.length).toLowerCase() === part.toLowerCase();
  }

  /** False where the text said something else of the field before. */
  private keep(field: NumberField | TextField | "micros", value: number): boolean {
    const before = this.fields.get(field);
    this.fields.set(field, value);
    return before === undefined || before === value;
  }

  private digits(at: number, most: number): string {
    const pattern = new RegExp(`\\d{1,${most}}`, "y");
    pattern.lastIndex = at;
    return pattern.exec(this.text)?.[0] ?? "";
  }

  private number(
    item: PatternItem & { readonly kind: "number" },
    start: number,
    reserved: number,
  ): number {
    const sign = item.field === "year" ? /[+-]/.exec(this.text.charAt(start))?.[0] : undefined;
    const at = sign === undefined ? start : start + 1;
    let digits = this.digits(at, item.maxWidth);
    if (reserved > 0) digits = digits.slice(0, Math.max(item.minWidth, digits.length - reserved));
    if (digits.length < item.minWidth) return ~start;
    if (item.isSignedWhenLong && sign !== "-") {
      if (sign === "+" && digits.length <= item.minWidth) return ~start;
      if (sign === undefined && digits.length > item.minWidth) return ~start;
    }
    const value = sign === "-" ? -Number(digits) : Number(digits);
    return this.keep(item.field, value) ? at + digits.length : ~start;
  }

  private twoDigitYear(field: "year" | "yearOfEra", at: number): number {
    const digits = this.digits(at, 2);
    if (digits.length < 2) return ~at;
    return this.keep(field, 2000 + Number(digits)) ? at + 2 : ~at;
  }

  private fraction(most: number, at: number): number {
    const digits = this.digits(at, most);
    if (digits === "") return ~at;
    const micros = Number(digits.padEnd(6, "0").slice(0, 6));
    return this.keep("micros", micros) ? at + digits.length : ~at;
  }

  private name(field: TextField, isFull: boolean, at: number): number {
    const index = fieldNames(field, isFull).findIndex((name) => this.startsWith(name, at));
    if (index < 0) return ~at;
    const length = fieldNames(field, isFull)[index]?.length ?? 0;
    return this.keep(field, field === "month" ? index + 1 : index) ? at + length : ~at;
  }

  private offset(form: string, zero: string | null, at: number): number {
    if (zero !== null && this.startsWith(zero, at)) {
      this.zone = "UTC";
      return at + zero.length;
    }
    const shapes: { readonly [form: string]: RegExp } = {
      HHmm: /[+-]\d\d(?:\d\d)?/y,
      HHMM: /[+-]\d{4}/y,
      "HH:MM": /[+-]\d\d:\d\d/y,
      HHMMss: /[+-]\d{4}(?:\d\d)?/y,
      "HH:MM:ss": /[+-]\d\d:\d\d(?::\d\d)?/y,
    };
    return this.zoneMatching(shapes[form] ?? /$^/y, at);
  }

  private localizedOffset(at: number): number {
    if (!this.startsWith("GMT", at)) return ~at;
    const end = this.zoneMatching(/[+-]\d{1,2}(?::\d\d(?::\d\d)?)?/y, at + 3);
    if (end >= 0) return end;
    this.zone = "UTC";
    return at + 3;
  }

  private zoneMatching(shape: RegExp, at: number): number {
    shape.lastIndex = at;
    const found = shape.exec(this.text)?.[0];
    if (found === undefined || !isTimeZone(found)) return ~at;
    this.zone = found;
    return at + found.length;
  }

  private zoneId(at: number): number {
    const shape = /[A-Za-z0-9_/:+-]+/y;
    shape.lastIndex = at;
    let name = shape.exec(this.text)?.[0] ?? "";
    while (name !== "" && !isTimeZone(SUMMER_NAMES[name] ?? name)) name = name.slice(0, -1);
    if (name === "") return ~at;
    this.zone = SUMMER_NAMES[name] ?? name;
    return at + name.length;
  }
}

const SUMMER_NAMES: { readonly [name: string]: string } = {
  PDT: "America/Los_Angeles",
  MDT: "America/Denver",
  CDT: "America/Chicago",
  EDT: "America/New_York",
  CEST: "Europe/Paris",
};

/** Digits that numbers of fixed width right behind an open-ended number keep for themselves. */
function reservedDigits(items: readonly PatternItem[], index: number): number {
  let reserved = 0;
  for (const item of items.slice(index + 1)) {
    if (item.kind === "twoDigitYear") reserved += 2;
    else if (item.kind === "number" && item.minWidth === item.maxWidth) reserved += item.minWidth;
    else break;
  }
  return reserved;
}

/** Local microseconds, or in words what is wrong. */
function resolveFields(fields: Fields): bigint | string {
  const days = resolveDate(fields);
  if (typeof days === "string") return days;
  const time = resolveTime(fields);
  return typeof time === "string" ? time : BigInt(days) * MICROS_PER_DAY + time;
}

function resolveDate(fields: Fields): number | string {
  const year = resolveYear(fields);
  const dayOfYear = fields.get("dayOfYear");
  if (dayOfYear !== undefined) return resolveDayOfYear(fields, year, dayOfYear);
  const month = fields.get("month") ?? 1;
  const day = fields.get("day") ?? 1;
  const problem =
    outOfRange("MonthOfYear", month, 1, 12) ?? outOfRange("DayOfMonth", day, 1, 31, "1 - 28/31");
  if (problem !== null) return problem;
  if (day <= daysInMonth(year, month)) return daysFromCivil(year, month, day);
  return day === 29
    ? `Invalid date 'February 29' as '${year}' is not a leap year`
    : `Invalid date '${fieldNames("month", true)[month - 1]?.toUpperCase()} ${day}'`;
}

function resolveDayOfYear(fields: Fields, year: number, dayOfYear: number): number | string {
  const problem = outOfRange("DayOfYear", dayOfYear, 1, 366, "1 - 365/366");
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

function resolveYear(fields: Fields): number {
  const yearOfEra = fields.get("yearOfEra");
  if (yearOfEra === undefined) return fields.get("year") ?? 1970;
  return fields.get("era") === 0 ? 1 - yearOfEra : yearOfEra;
}

function resolveTime(fields: Fields): bigint | string {
  const minute = fields.get("minute") ?? 0;
  const second = fields.get("second") ?? 0;
  const hour = resolveHour(fields);
  if (typeof hour === "string") return hour;
  const problem =
    outOfRange("MinuteOfHour", minute, 0, 59) ?? outOfRange("SecondOfMinute", second, 0, 59);
  if (problem !== null) return problem;
  const seconds = hour * 3600 + minute * 60 + second;
  return BigInt(seconds) * 1_000_000n + BigInt(fields.get("micros") ?? 0);
}

function resolveHour(fields: Fields): number | string {
  const half = (fields.get("halfDay") ?? 0) * 12;
  const clock = fields.get("clockHour");
  if (clock !== undefined) return outOfRange("ClockHourOfDay", clock, 1, 24) ?? clock % 24;
  const halfClock = fields.get("clockHourOfHalfDay");
  if (halfClock !== undefined)
    return outOfRange("ClockHourOfAmPm", halfClock, 1, 12) ?? (halfClock % 12) + half;
  const halfHour = fields.get("hourOfHalfDay");
  if (halfHour !== undefined) return outOfRange("HourOfAmPm", halfHour, 0, 11) ?? halfHour + half;
  const hour = fields.get("hour") ?? 0;
  return outOfRange("HourOfDay", hour, 0, 23) ?? hour;
}

function outOfRange(
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
