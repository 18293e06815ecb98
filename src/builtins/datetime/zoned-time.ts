import type { DataType } from "../../columnar/data-type.ts";
import { addMonths, MICROS_PER_DAY } from "../../columnar/datetime/calendar.ts";
import { isUtc, localToUtcMicros, zoneOffsetMicros } from "../../columnar/datetime/time-zone.ts";
import { floorDiv, floorMod } from "../../common/floor-division.ts";
import { arithmeticOverflow } from "../arithmetic-errors.ts";
import type { CallFacts } from "../builtin.ts";

/** The zone in which a timestamp type's fields are read: a local time has none. */
export function zoneOf(type: DataType, call: CallFacts): string {
  return type.kind === "timestamp" ? call.timeZone : "UTC";
}

/** True if the fields of a timestamp of this type are those of UTC. */
export function readsAsUtc(type: DataType | undefined, call: CallFacts): boolean {
  return type === undefined || isUtc(zoneOf(type, call));
}

/** Local time in microseconds. */
export function toLocalMicros(micros: bigint, zone: string): bigint {
  return micros + zoneOffsetMicros(zone, micros);
}

/** The local day. */
export function toLocalDays(micros: bigint, zone: string): number {
  return Number(floorDiv(toLocalMicros(micros, zone), MICROS_PER_DAY));
}

/** A timestamp some days (by the calendar) and microseconds on. */
export function addDayTime(micros: bigint, interval: bigint, zone: string): bigint {
  const days = interval / MICROS_PER_DAY;
  const rest = interval % MICROS_PER_DAY;
  if (days === 0n) return checkedLong(micros + rest);
  const offset = zoneOffsetMicros(zone, micros);
  const moved = localToUtcMicros(zone, micros + offset + days * MICROS_PER_DAY, offset);
  return checkedLong(moved + rest);
}

/** A timestamp some months on, at the same local time of day. */
export function addMonthsToTimestamp(micros: bigint, months: number, zone: string): bigint {
  const offset = zoneOffsetMicros(zone, micros);
  const local = micros + offset;
  const days = addMonths(Number(floorDiv(local, MICROS_PER_DAY)), months);
  const moved = BigInt(days) * MICROS_PER_DAY + floorMod(local, MICROS_PER_DAY);
  return checkedLong(localToUtcMicros(zone, moved, offset));
}

/** The value, which must fit 64 bits. Throws `ARITHMETIC_OVERFLOW`. */
export function checkedLong(value: bigint): bigint {
  if (BigInt.asIntN(64, value) !== value) throw arithmeticOverflow("long overflow");
  return value;
}
