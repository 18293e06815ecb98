import { floorDiv } from "../../common/floor-division.ts";
import { MICROS_PER_DAY } from "./calendar.ts";
import { isTimeZone, localToUtcMicros, zoneOffsetMicros } from "./time-zone.ts";

/** Where and when `today` is. */
export interface SpecialDatetimeContext {
  /** Default UTC. */
  readonly timeZone?: string;
  /** Milliseconds since 1970-01-01 UTC. Default: the clock. */
  readonly nowMs?: number;
}

/** Types that `epoch`, `now`, `today`, `tomorrow` and `yesterday` have values of. */
export type SpecialDatetimeKind = "date" | "timestamp" | "timestamp_ntz";

/**
 * Days or microseconds of `epoch`, `now`, `today`, `tomorrow` and `yesterday` as a value of the type; null of other texts.
 * A zone may follow all but `now`, and changes nothing.
 */
export function specialDatetime(
  text: string,
  kind: SpecialDatetimeKind,
  context: SpecialDatetimeContext,
): bigint | null {
  const local = specialLocalMicros(text, context);
  if (local === null) return null;
  if (kind === "date") return floorDiv(local, MICROS_PER_DAY);
  const isEpoch = local === 0n;
  return kind === "timestamp" && !isEpoch
    ? localToUtcMicros(context.timeZone ?? "UTC", local)
    : local;
}

function specialLocalMicros(text: string, context: SpecialDatetimeContext): bigint | null {
  const [, word = "", zone = ""] = /^([a-z]+)[ \t]*(.*)$/is.exec(text.trim()) ?? [];
  const name = word.toLowerCase();
  if (zone !== "" && (name === "now" || !isTimeZone(zone))) return null;
  const now = localNow(context);
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

function localNow(context: SpecialDatetimeContext): bigint {
  const now = BigInt(context.nowMs ?? Date.now()) * 1000n;
  return now + zoneOffsetMicros(context.timeZone ?? "UTC", now);
}
