import { floorDiv, floorMod } from "../../common/floor-division.ts";
import {
  civilFromDays,
  daysFromCivil,
  isValidDate,
  MICROS_PER_DAY,
  MICROS_PER_SECOND,
} from "./calendar.ts";
import { isTimeZone, localToUtcMicros, zoneOffsetMicros } from "./time-zone.ts";

const DATE_TEXT = /^([+-]?)(\d{4,7})(?:-(\d{1,2})(?:-(\d{1,2})(?:[ T].*)?)?)?$/s;
const TIME_TEXT = "(\\d{1,2})(?::(\\d{1,2})(?::(\\d{1,2})(?:\\.(\\d*))?(\\D.*)?)?)?";
const TIMESTAMP_TEXT = new RegExp(
  `^([+-]?)(\\d{4,6})(?:-(\\d{1,2})(?:-(\\d{1,2})(?:[ T]${TIME_TEXT})?)?)?$`,
  "s",
);
const TIME_ONLY_TEXT = new RegExp(`^(?:T(?=\\d)|(?=\\d{1,2}:))${TIME_TEXT}$`, "s");
// biome-ignore lint/suspicious/noControlCharactersInRegex: Spark trims control characters too
const TRIMMED = /^[\u0000-\u0020\u007f]+|[\u0000-\u0020\u007f]+$/g;
const MIN_LONG = -(1n << 63n);
const MAX_LONG = (1n << 63n) - 1n;

/** `2024-02-29`; a sign before years above 9999 and below 0. */
export function formatDate(days: number): string {
  const { year, month, day } = civilFromDays(days);
  return `${formatYear(year)}-${two(month)}-${two(day)}`;
}

/** Local time of `zone` as Spark prints a timestamp: `2024-02-29 01:02:03.5`, with no more digits than it needs. */
export function formatTimestamp(epochMicros: bigint, zone: string): string {
  return formatTimestampNtz(epochMicros + zoneOffsetMicros(zone, epochMicros));
}

/** As `formatTimestamp`, of a local time in microseconds. */
export function formatTimestampNtz(localMicros: bigint): string {
  const date = formatDate(Number(floorDiv(localMicros, MICROS_PER_DAY)));
  return `${date} ${formatTimeOfDay(floorMod(localMicros, MICROS_PER_DAY))}`;
}

/**
 * Days since 1970-01-01 of a text in one of Spark's forms: `yyyy`, `yyyy-[M]M`, `yyyy-[M]M-[d]d`, the last with
 * anything behind a space or `T`. Null where it is none of them.
 */
export function parseDate(text: string): number | null {
  const match = DATE_TEXT.exec(trimAll(text));
  const days = match && dateOf(match[1], match[2], match[3], match[4]);
  return days === null || (days | 0) !== days ? null : days;
}

/**
 * The instant, in microseconds, of a text in one of Spark's forms: a date, optionally with `[h]h[:[m]m[:[s]s[.f…]]]`
 * behind a space or `T`, then optionally a zone, else the time is of `zone`. A time alone is of the day of `nowMs`.
 * Null where it is none of them.
 */
export function parseTimestamp(text: string, zone: string, nowMs = Date.now()): bigint | null {
  const trimmed = trimAll(text);
  const parsed = parseLocal(trimmed) ?? parseTimeOnly(trimmed, zone, nowMs);
  if (parsed === null) return null;
  if (parsed.zone !== null && !isTimeZone(parsed.zone)) return null;
  return withinLong(localToUtcMicros(parsed.zone ?? zone, parsed.micros));
}

/** As `parseTimestamp`, for a local time in microseconds. A zone in the text must be one, and is ignored. */
export function parseTimestampNtz(text: string): bigint | null {
  const parsed = parseLocal(trimAll(text));
  if (parsed === null || (parsed.zone !== null && !isTimeZone(parsed.zone))) return null;
  return withinLong(parsed.micros);
}

interface LocalTime {
  readonly micros: bigint;
  readonly zone: string | null;
}

function parseLocal(text: string): LocalTime | null {
  const match = TIMESTAMP_TEXT.exec(text);
  if (match === null) return null;
  const days = dateOf(match[1], match[2], match[3], match[4]);
  const time = timeOf(match.slice(5));
  if (days === null || time === null) return null;
  return { micros: BigInt(days) * MICROS_PER_DAY + time, zone: match[9]?.trim() ?? null };
}

function parseTimeOnly(text: string, zone: string, nowMs: number): LocalTime | null {
  const match = TIME_ONLY_TEXT.exec(text);
  const time = match && timeOf(match.slice(1));
  if (match === null || time === null) return null;
  const own = match[5]?.trim() ?? null;
  if (own !== null && !isTimeZone(own)) return null;
  const now = BigInt(nowMs) * 1000n;
  const today = floorDiv(now + zoneOffsetMicros(own ?? zone, now), MICROS_PER_DAY);
  return { micros: today * MICROS_PER_DAY + time, zone: own };
}

function dateOf(sign = "", year = "", month = "1", day = "1"): number | null {
  const y = sign === "-" ? -Number(year) : Number(year);
  const m = Number(month);
  const d = Number(day);
  return isValidDate(y, m, d) ? daysFromCivil(y, m, d) : null;
}

function timeOf(parts: readonly (string | undefined)[]): bigint | null {
  const [hour = "0", minute = "0", second = "0", fraction = ""] = parts;
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return null;
  const seconds = Number(hour) * 3600 + Number(minute) * 60 + Number(second);
  return BigInt(seconds) * MICROS_PER_SECOND + BigInt(fraction.slice(0, 6).padEnd(6, "0"));
}

function formatTimeOfDay(micros: bigint): string {
  const seconds = Number(micros / MICROS_PER_SECOND);
  const fraction = Number(micros % MICROS_PER_SECOND);
  const clock = `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return fraction === 0
    ? clock
    : `${clock}.${String(fraction).padStart(6, "0").replace(/0+$/, "")}`;
}

function formatYear(year: number): string {
  const digits = String(Math.abs(year)).padStart(4, "0");
  if (year < 0) return `-${digits}`;
  return year > 9999 ? `+${digits}` : digits;
}

function two(value: number): string {
  return value < 10 ? `0${value}` : String(value);
}

function trimAll(text: string): string {
  return text.replace(TRIMMED, "");
}

function withinLong(micros: bigint): bigint | null {
  return micros < MIN_LONG || micros > MAX_LONG ? null : micros;
}
