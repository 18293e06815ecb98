// The hybrid calendar is the Julian one until 1582-10-04 and the Gregorian one from the next day, 1582-10-15, on.
// Ours is the Gregorian one at all times.

import { dayOfCivil } from "./dates";

const DAYS_PER_LEAP_CYCLE: i32 = 1461;
/** From 0000-03-01 of the Julian calendar. */
const JULIAN_DAYS_TO_1970: i32 = 719470;
/** 1582-10-15. */
const FIRST_GREGORIAN_DAY: i32 = -141427;
const MICROS_PER_DAY: i64 = 86400000000;
/** 1900-01-01 in UTC, from where on no zone's hybrid calendar differs. */
const FIRST_MODERN_MICROS: i64 = -2208988800000000;

/** A day of the hybrid calendar as the day of the same date in ours; a 29th of February that ours lacks is a 1st of March. */
function modernDay(day: i32): i32 {
  if (day >= FIRST_GREGORIAN_DAY) return day;
  const shifted = day + JULIAN_DAYS_TO_1970;
  const cycle = (shifted >= 0 ? shifted : shifted - DAYS_PER_LEAP_CYCLE + 1) / DAYS_PER_LEAP_CYCLE;
  const dayOfCycle = shifted - cycle * DAYS_PER_LEAP_CYCLE;
  const yearOfCycle = min(dayOfCycle / 365, 3);
  const dayOfYear = dayOfCycle - 365 * yearOfCycle;
  const shiftedMonth = (5 * dayOfYear + 2) / 153;
  const dayOfMonth = dayOfYear - (153 * shiftedMonth + 2) / 5;
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
  const year = cycle * 4 + yearOfCycle + (month <= 2 ? 1 : 0);
  return dayOfCivil(year, month, 1) + dayOfMonth;
}

/** Days of the hybrid calendar as days of ours. `dst` may be `src`. */
export function rebaseDays(src: usize, count: u32, dst: usize): void {
  for (let i: u32 = 0; i < count; i++)
    store<i32>(dst + (i << 2), modernDay(load<i32>(src + (i << 2))));
}

/**
 * Instants whose local times were computed with the hybrid calendar, as the instants of the same local times in ours.
 * The hybrid calendar knew no local mean time: it had the zone's standard offset. `zone` holds that offset, the count of
 * changes before 1900, the first offset, then of each change the local time that it leads to and the offset from then
 * on; all are 64-bit microseconds.
 */
export function rebaseMicros(src: usize, count: u32, dst: usize, zone: usize): void {
  const standard = load<i64>(zone);
  const changes = <u32>load<i64>(zone, 8);
  for (let i: u32 = 0; i < count; i++) {
    const micros = load<i64>(src + (i << 3));
    if (micros >= FIRST_MODERN_MICROS) {
      store<i64>(dst + (i << 3), micros);
      continue;
    }
    const local = micros + standard;
    const day = (local >= 0 ? local : local - MICROS_PER_DAY + 1) / MICROS_PER_DAY;
    const modern = local + (<i64>modernDay(<i32>day) - day) * MICROS_PER_DAY;
    let at = zone + 16;
    for (let c: u32 = 0; c < changes && modern >= load<i64>(at, 8); c++) at += 16;
    store<i64>(dst + (i << 3), modern - load<i64>(at));
  }
}

/** Copies days; whether none of them is before 1582-10-15. */
export function modernDays(src: usize, count: u32, dst: usize): bool {
  let fits = true;
  for (let i: u32 = 0; i < count; i++) {
    const day = load<i32>(src + (i << 2));
    fits = fits && day >= FIRST_GREGORIAN_DAY;
    store<i32>(dst + (i << 2), day);
  }
  return fits;
}

/** Copies instants; whether none of them is before 1900. */
export function modernMicros(src: usize, count: u32, dst: usize): bool {
  let fits = true;
  for (let i: u32 = 0; i < count; i++) {
    const micros = load<i64>(src + (i << 3));
    fits = fits && micros >= FIRST_MODERN_MICROS;
    store<i64>(dst + (i << 3), micros);
  }
  return fits;
}
