import type {
  DayTimeField,
  DayTimeIntervalType,
  YearMonthIntervalType,
} from "../columnar/data-type.ts";

const UNIT_MICROS: { readonly [field in DayTimeField]: bigint } = {
  day: 86_400_000_000n,
  hour: 3_600_000_000n,
  minute: 60_000_000n,
  second: 1_000_000n,
};
const DAY_TIME_FIELDS: readonly DayTimeField[] = ["day", "hour", "minute", "second"];

/** `INTERVAL '1-2' YEAR TO MONTH` of a number of months. */
export function formatYearMonthInterval(months: number, type: YearMonthIntervalType): string {
  const sign = months < 0 ? "-" : "";
  const size = Math.abs(months);
  const years = Math.floor(size / 12);
  if (type.start === "year" && type.end === "year") return `INTERVAL '${sign}${years}' YEAR`;
  if (type.start === "month") return `INTERVAL '${sign}${size}' MONTH`;
  return `INTERVAL '${sign}${years}-${size % 12}' YEAR TO MONTH`;
}

/** `INTERVAL '1 02:03:04.5' DAY TO SECOND` of a number of microseconds. */
export function formatDayTimeInterval(micros: bigint, type: DayTimeIntervalType): string {
  const sign = micros < 0n ? "-" : "";
  let rest = micros < 0n ? -micros : micros;
  let text = "";
  const first = DAY_TIME_FIELDS.indexOf(type.start);
  const last = DAY_TIME_FIELDS.indexOf(type.end);
  for (let i = first; i <= last; i++) {
    const field = DAY_TIME_FIELDS[i] ?? "second";
    const count = rest / UNIT_MICROS[field];
    rest %= UNIT_MICROS[field];
    if (i > first) text += DAY_TIME_FIELDS[i - 1] === "day" ? " " : ":";
    text += field === "day" ? count.toString() : count.toString().padStart(2, "0");
    if (field === "second" && rest > 0n)
      text += `.${rest.toString().padStart(6, "0").replace(/0+$/, "")}`;
  }
  const unit =
    type.start === type.end
      ? type.start.toUpperCase()
      : `${type.start.toUpperCase()} TO ${type.end.toUpperCase()}`;
  return `INTERVAL '${sign}${text}' ${unit}`;
}

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
    (size / UNIT_MICROS.hour) % 24n,
    (size / UNIT_MICROS.minute) % 60n,
    (size / UNIT_MICROS.second) % 60n,
  ].map(two);
  const nanos = ((size % UNIT_MICROS.second) * 1000n).toString().padStart(9, "0");
  return `${micros < 0n ? "-" : ""}${size / UNIT_MICROS.day} ${clock.join(":")}.${nanos}`;
}
