import {
  civilFromDays,
  dayOfYear,
  isoDayOfWeek,
  MICROS_PER_DAY,
} from "../../columnar/datetime/calendar.ts";
import { zoneIdOf, zoneOffsetMicros } from "../../columnar/datetime/time-zone.ts";
import { floorDiv, floorMod } from "../../common/floor-division.ts";
import { fieldNames } from "./datetime-names.ts";
import type { NumberField, PatternItem, TextField } from "./datetime-pattern.ts";
import { MODIFIED_JULIAN_EPOCH } from "./modified-julian-day.ts";
import { zoneName } from "./zone-name.ts";

interface Moment {
  readonly micros: bigint;
  readonly zone: string;
  readonly offsetSeconds: number;
  readonly days: number;
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly secondOfDay: number;
  readonly microOfSecond: number;
}

/** An instant in a zone by a pattern. */
export function formatDatetime(
  items: readonly PatternItem[],
  epochMicros: bigint,
  zone: string,
): string {
  return formatItems(items, momentOf(epochMicros, zone));
}

function momentOf(micros: bigint, zone: string): Moment {
  const offset = zoneOffsetMicros(zone, micros);
  const local = micros + offset;
  const days = Number(floorDiv(local, MICROS_PER_DAY));
  const time = Number(floorMod(local, MICROS_PER_DAY));
  return {
    micros,
    zone,
    offsetSeconds: Number(offset / 1_000_000n),
    days,
    ...civilFromDays(days),
    secondOfDay: Math.floor(time / 1e6),
    microOfSecond: time % 1e6,
  };
}

function formatItems(items: readonly PatternItem[], moment: Moment): string {
  return items.map((item) => formatItem(item, moment)).join("");
}

function formatItem(item: PatternItem, moment: Moment): string {
  switch (item.kind) {
    case "literal":
      return item.text;
    case "number":
      return formatNumber(numberField(item.field, moment), item.minWidth, item.isSignedWhenLong);
    case "twoDigitYear":
      return pad(Math.abs(numberField(item.field, moment)) % 100, 2);
    case "fraction":
      return pad(moment.microOfSecond, 6).padEnd(9, "0").slice(0, item.digits);
    case "text":
      return fieldNames(item.field, item.isFull)[textIndex(item.field, moment)] ?? "";
    case "offset":
      return formatOffset(item.form, item.zero, moment.offsetSeconds);
    case "localizedOffset":
      return formatLocalizedOffset(moment.offsetSeconds, item.isFull);
    case "zoneName":
      return zoneName(moment.zone, moment.micros, item.isFull);
    case "zoneId":
      return zoneIdOf(moment.zone);
    case "optional":
      return formatItems(item.items, moment);
  }
}

function numberField(field: NumberField, moment: Moment): number {
  const hour = Math.floor(moment.secondOfDay / 3600);
  switch (field) {
    case "year":
      return moment.year;
    case "yearOfEra":
      return moment.year > 0 ? moment.year : 1 - moment.year;
    case "quarter":
      return Math.floor((moment.month + 2) / 3);
    case "month":
      return moment.month;
    case "day":
      return moment.day;
    case "dayOfYear":
      return dayOfYear(moment.days);
    case "modifiedJulianDay":
      return moment.days + MODIFIED_JULIAN_EPOCH;
    case "weekdayInMonth":
      return ((moment.day - 1) % 7) + 1;
    case "hour":
      return hour;
    case "clockHour":
      return hour || 24;
    case "hourOfHalfDay":
      return hour % 12;
    case "clockHourOfHalfDay":
      return hour % 12 || 12;
    case "minute":
      return Math.floor(moment.secondOfDay / 60) % 60;
    case "second":
      return moment.secondOfDay % 60;
  }
}

function textIndex(field: TextField, moment: Moment): number {
  switch (field) {
    case "month":
      return moment.month - 1;
    case "quarter":
      return Math.floor((moment.month - 1) / 3);
    case "weekday":
      return isoDayOfWeek(moment.days) - 1;
    case "era":
      return moment.year > 0 ? 1 : 0;
    case "halfDay":
      return moment.secondOfDay < 43_200 ? 0 : 1;
  }
}

function formatNumber(value: number, minWidth: number, isSignedWhenLong: boolean): string {
  const digits = pad(Math.abs(value), minWidth);
  if (value < 0) return `-${digits}`;
  return isSignedWhenLong && digits.length > minWidth ? `+${digits}` : digits;
}

function formatOffset(form: string, zero: string | null, seconds: number): string {
  if (seconds === 0 && zero !== null) return zero;
  const [hours, minutes, rest] = offsetParts(seconds);
  const separator = form.includes(":") ? ":" : "";
  let text = `${seconds < 0 ? "-" : "+"}${pad(hours, 2)}`;
  if (form !== "HHmm" || minutes !== 0) text += separator + pad(minutes, 2);
  if (form.endsWith("ss") && rest !== 0) text += separator + pad(rest, 2);
  return text;
}

function formatLocalizedOffset(seconds: number, isFull: boolean): string {
  if (seconds === 0) return "GMT";
  const [hours, minutes, rest] = offsetParts(seconds);
  const sign = seconds < 0 ? "-" : "+";
  const hasMinutes = isFull || minutes !== 0 || rest !== 0;
  return `GMT${sign}${pad(hours, isFull ? 2 : 1)}${hasMinutes ? `:${pad(minutes, 2)}` : ""}${rest === 0 ? "" : `:${pad(rest, 2)}`}`;
}

function offsetParts(seconds: number): readonly [number, number, number] {
  const total = Math.abs(seconds);
  return [Math.floor(total / 3600), Math.floor(total / 60) % 60, total % 60];
}

function pad(value: number, width: number): string {
  return String(value).padStart(width, "0");
}
