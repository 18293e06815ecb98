import type { SqlOptions } from "./sql-options.ts";
import { instantOf, isZone, localMicrosAt } from "./time-zone.ts";

const DATE_TEXT = /^([+-]?\d{4,7})(?:-(\d{1,2})(?:-(\d{1,2})(?:[ T].*)?)?)?$/s;
const TIMESTAMP_TEXT =
  /^([+-]?\d{4,6})(?:-(\d{1,2})(?:-(\d{1,2})(?:[ T](?:(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:\.(\d*))?)?)?\s*(.*))?)?)?$/s;
const TIME_ONLY = /^T?\d{1,2}:/;
const MS_PER_DAY = 86_400_000;
/** The calendar repeats every 400 years. */
const ERA_YEARS = 400;
const ERA_DAYS = 146_097;
const MICROS_PER_SECOND = 1_000_000n;
const MICROS_PER_DAY = 86_400n * MICROS_PER_SECOND;
const MIN_LONG = -(1n << 63n);
const MAX_LONG = (1n << 63n) - 1n;

/** Days since 1970-01-01 of a DATE literal's text, or null where Spark finds no date in it. */
export function dateFromText(text: string, options: SqlOptions): number | null {
  const trimmed = text.trim();
  const special = specialMicros(trimmed, options);
  if (special !== null) return Number(floorDiv(special, MICROS_PER_DAY));
  const match = DATE_TEXT.exec(trimmed);
  if (match === null) return null;
  return daysOf(Number(match[1]), Number(match[2] ?? 1), Number(match[3] ?? 1));
}

/** Microseconds since 1970-01-01 of a TIMESTAMP literal's text: an instant, or what the clock on the wall says. */
export function timestampFromText(
  text: string,
  options: SqlOptions,
  meaning: "instant" | "local",
): bigint | null {
  const trimmed = text.trim();
  const zone = options.timeZone ?? "UTC";
  const special = specialMicros(trimmed, options);
  if (special !== null) return meaning === "local" ? special : specialInstant(special, zone);
  const match = TIMESTAMP_TEXT.exec(withDate(trimmed, options));
  const local = match === null ? null : localMicros(match);
  const written = match?.[8] ?? "";
  if (local === null || (written !== "" && !isZone(written))) return null;
  const micros = meaning === "local" ? local : instantOf(local, written === "" ? zone : written);
  return micros < MIN_LONG || micros > MAX_LONG ? null : micros;
}

/** The epoch is one instant, whatever the zone. */
function specialInstant(local: bigint, zone: string): bigint {
  return local === 0n ? 0n : instantOf(local, zone);
}

/** A time alone is a time of today. */
function withDate(text: string, options: SqlOptions): string {
  if (!TIME_ONLY.test(text)) return text;
  const today = specialMicros("today", options) ?? 0n;
  const date = new Date(Number(today / 1000n)).toISOString().slice(0, 10);
  return `${date} ${text.replace("T", "")}`;
}

function localMicros(match: RegExpExecArray): bigint | null {
  const [, year, month, day, hour = "0", minute = "0", second = "0", fraction = ""] = match;
  const days = daysOf(Number(year), Number(month ?? 1), Number(day ?? 1));
  if (days === null || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return null;
  const seconds = (Number(hour) * 60 + Number(minute)) * 60 + Number(second);
  const micros = BigInt(fraction.slice(0, 6).padEnd(6, "0"));
  return BigInt(days) * MICROS_PER_DAY + BigInt(seconds) * MICROS_PER_SECOND + micros;
}

/** Days from 1970-01-01 to a date of the proleptic Gregorian calendar, whatever the year; null where it does not exist. */
function daysOf(year: number, month: number, day: number): number | null {
  const shifted = year - ERA_YEARS * Math.floor(year / ERA_YEARS) + ERA_YEARS;
  const date = new Date(0);
  date.setUTCFullYear(shifted, month - 1, day);
  const exists = date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  const eras = (year - shifted) / ERA_YEARS;
  return exists ? date.getTime() / MS_PER_DAY + eras * ERA_DAYS : null;
}

/** Wall-clock microseconds of `now`, `today` and the like; a zone behind them changes nothing. */
function specialMicros(text: string, options: SqlOptions): bigint | null {
  const [, written = "", zone = ""] = /^([a-z]+)[ \t]*(.*)$/is.exec(text) ?? [];
  const word = written.toLowerCase();
  if (zone !== "" && (word === "now" || !isZone(zone))) return null;
  if (word === "epoch") return 0n;
  if (!["now", "today", "tomorrow", "yesterday"].includes(word)) return null;
  const nowMicros = BigInt(options.nowMs ?? Date.now()) * 1000n;
  const now = localMicrosAt(nowMicros, options.timeZone ?? "UTC");
  const today = floorDiv(now, MICROS_PER_DAY) * MICROS_PER_DAY;
  if (word === "now") return now;
  if (word === "tomorrow") return today + MICROS_PER_DAY;
  return word === "yesterday" ? today - MICROS_PER_DAY : today;
}

function floorDiv(value: bigint, divisor: bigint): bigint {
  const quotient = value / divisor;
  return value % divisor < 0n ? quotient - 1n : quotient;
}
