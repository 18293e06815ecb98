import { FIELD_MICROS } from "../builtins/cast/interval-text.ts";

/** Hive's text of months: `1-2`. */
export function hiveYearMonth(months: number): string {
  const size = Math.abs(months);
  return `${months < 0 ? "-" : ""}${Math.floor(size / 12)}-${size % 12}`;
}

/** Hive's text of microseconds: `1 02:03:04.500000000`. */
export function hiveDayTime(micros: bigint): string {
  const size = micros < 0n ? -micros : micros;
  const two = (value: bigint): string => value.toString().padStart(2, "0");
  const clock = [
    (size / FIELD_MICROS.hour) % 24n,
    (size / FIELD_MICROS.minute) % 60n,
    (size / FIELD_MICROS.second) % 60n,
  ].map(two);
  const nanos = ((size % FIELD_MICROS.second) * 1000n).toString().padStart(9, "0");
  return `${micros < 0n ? "-" : ""}${size / FIELD_MICROS.day} ${clock.join(":")}.${nanos}`;
}
