import { MICROS_PER_DAY } from "../columnar/datetime/calendar.ts";
import { isTimeZone, zoneOffsetMicros } from "../columnar/datetime/time-zone.ts";
import { floorDiv } from "../common/floor-division.ts";
import type { SqlOptions } from "./sql-options.ts";

/**
 * Local microseconds, in the session's time zone, of `epoch`, `now`, `today`, `tomorrow` and `yesterday`; null of other
 * texts. A zone may follow all but `now`, and changes nothing.
 */
export function specialDatetime(text: string, options: SqlOptions): bigint | null {
  const [, word = "", zone = ""] = /^([a-z]+)[ \t]*(.*)$/is.exec(text.trim()) ?? [];
  const name = word.toLowerCase();
  if (zone !== "" && (name === "now" || !isTimeZone(zone))) return null;
  const now = localNow(options);
  const today = floorDiv(now, MICROS_PER_DAY) * MICROS_PER_DAY;
  switch (name) {
    case "epoch":
      return 0n;
    case "now":
      return now;
    case "today":
      return today;
    case "tomorrow":
      return today + MICROS_PER_DAY;
    case "yesterday":
      return today - MICROS_PER_DAY;
    default:
      return null;
  }
}

function localNow(options: SqlOptions): bigint {
  const now = BigInt(options.nowMs ?? Date.now()) * 1000n;
  return now + zoneOffsetMicros(options.timeZone ?? "UTC", now);
}
