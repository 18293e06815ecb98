import { floorDiv } from "../../common/floor-division.ts";
import { daysFromCivil, MICROS_PER_DAY } from "./calendar.ts";
import { zoneOffsetMicros } from "./time-zone.ts";

/** 1582-10-15, the first Gregorian day of the hybrid calendar. */
export const FIRST_GREGORIAN_DAY = -141_427;
/** 1900-01-01 in UTC, from where on no zone's instants differ. */
export const FIRST_MODERN_MICROS = -2_208_988_800_000_000n;

/** Offsets that decide instants of a zone before 1900, all in microseconds. */
export interface ZoneHistory {
  /** The zone's offset in the hybrid calendar, which knows neither local mean time nor what came after it. */
  readonly standard: bigint;
  /** The offset before all changes. */
  readonly first: bigint;
  /** Changes before 1900: the local time that each leads to, and the offset from then on. */
  readonly changes: readonly { readonly local: bigint; readonly offset: bigint }[];
}

const DAYS_PER_LEAP_CYCLE = 1461;
const JULIAN_DAYS_TO_1970 = 719_470;
const FIRST_YEAR = 1800;

/** Spark's tables of zones have the standard offsets of that year. */
const STANDARD_YEAR = 2021;
const histories = new Map<string, ZoneHistory>();

/**
 * A day of the hybrid calendar (Julian before 1582-10-15) as the day of the same date in the Gregorian one; a 29th of
 * February that is missing there is the 1st of March. As Spark's `RebaseDateTime`.
 */
export function rebasedDay(day: number): number {
  if (day >= FIRST_GREGORIAN_DAY) return day;
  const shifted = day + JULIAN_DAYS_TO_1970;
  const cycle = Math.floor(shifted / DAYS_PER_LEAP_CYCLE);
  const dayOfCycle = shifted - cycle * DAYS_PER_LEAP_CYCLE;
  const yearOfCycle = Math.min(Math.floor(dayOfCycle / 365), 3);
  const dayOfYear = dayOfCycle - 365 * yearOfCycle;
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
  const year = cycle * 4 + yearOfCycle + (month <= 2 ? 1 : 0);
  return daysFromCivil(year, month, 1) + dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5);
}

/** An instant whose local time was computed with the hybrid calendar, as the instant of that local time in ours. */
export function rebasedMicros(micros: bigint, zone: string): bigint {
  if (micros >= FIRST_MODERN_MICROS) return micros;
  const { standard, first, changes } = zoneHistory(zone);
  const local = micros + standard;
  const day = floorDiv(local, MICROS_PER_DAY);
  const modern = local + (BigInt(rebasedDay(Number(day))) - day) * MICROS_PER_DAY;
  const offset = changes.findLast((change) => modern >= change.local)?.offset ?? first;
  return modern - offset;
}

/** The history of a zone before 1900. Throws `INVALID_TIMEZONE`. */
export function zoneHistory(zone: string): ZoneHistory {
  let history = histories.get(zone);
  if (history === undefined) {
    history = readHistory(zone);
    histories.set(zone, history);
  }
  return history;
}

function readHistory(zone: string): ZoneHistory {
  const offsets = Array.from({ length: 12 }, (_, month) =>
    zoneOffsetMicros(zone, microsOf(STANDARD_YEAR, month + 1, 15)),
  );
  const changes: { local: bigint; offset: bigint }[] = [];
  let from = microsOf(FIRST_YEAR, 1, 1);
  for (let year = FIRST_YEAR + 1; year <= 1900; year++) {
    const until = microsOf(year, 1, 1);
    const change = changeBetween(zone, from, until);
    if (change !== null) {
      const offset = zoneOffsetMicros(zone, change);
      changes.push({ local: change + offset, offset });
    }
    from = until;
  }
  return {
    standard: offsets.reduce((a, b) => (a < b ? a : b)),
    first: zoneOffsetMicros(zone, microsOf(FIRST_YEAR, 1, 1)),
    changes,
  };
}

/** The first instant at which the zone's offset is that of `until`; null where it is that of `from`. */
function changeBetween(zone: string, from: bigint, until: bigint): bigint | null {
  const after = zoneOffsetMicros(zone, until);
  if (zoneOffsetMicros(zone, from) === after) return null;
  let low = from;
  let high = until;
  while (high - low > 1_000_000n) {
    const middle = low + ((high - low) / 2_000_000n) * 1_000_000n;
    if (zoneOffsetMicros(zone, middle) === after) high = middle;
    else low = middle;
  }
  return high;
}

const microsOf = (year: number, month: number, day: number): bigint =>
  BigInt(daysFromCivil(year, month, day)) * MICROS_PER_DAY;
