import type {
  DataType,
  DayTimeField,
  DayTimeIntervalType,
  YearMonthIntervalType,
} from "../../columnar/data-type.ts";
import { assert } from "../../common/assert.ts";

/** The microseconds of one unit of a field. */
export const FIELD_MICROS: { readonly [field in DayTimeField]: bigint } = {
  day: 86_400_000_000n,
  hour: 3_600_000_000n,
  minute: 60_000_000n,
  second: 1_000_000n,
};

/** The fields of a day-time interval, longest first. */
export const DAY_TIME_FIELDS: readonly DayTimeField[] = ["day", "hour", "minute", "second"];

/** An interval as Spark's cast to string writes it: `INTERVAL '1 02:03:04.5' DAY TO SECOND`. */
export function formatInterval(value: bigint, type: DataType): string {
  assert(
    type.kind === "year_month_interval" || type.kind === "day_time_interval",
    "An interval was expected",
  );
  const sign = value < 0n ? "-" : "";
  const magnitude = value < 0n ? -value : value;
  const text =
    type.kind === "year_month_interval"
      ? yearMonthText(magnitude, type)
      : dayTimeText(magnitude, type);
  const fields = type.start === type.end ? type.start : `${type.start} to ${type.end}`;
  return `INTERVAL '${sign}${text}' ${fields.toUpperCase()}`;
}

function yearMonthText(months: bigint, type: YearMonthIntervalType): string {
  if (type.start === "month") return `${months}`;
  return type.end === "year" ? `${months / 12n}` : `${months / 12n}-${months % 12n}`;
}

function dayTimeText(micros: bigint, type: DayTimeIntervalType): string {
  const from = DAY_TIME_FIELDS.indexOf(type.start);
  const fields = DAY_TIME_FIELDS.slice(from, DAY_TIME_FIELDS.indexOf(type.end) + 1);
  let rest = micros;
  return fields
    .map((name, i) => {
      const amount = rest / FIELD_MICROS[name];
      rest -= amount * FIELD_MICROS[name];
      const digits = name === "day" ? `${amount}` : `${amount}`.padStart(2, "0");
      const separator = i === 0 ? "" : fields[i - 1] === "day" ? " " : ":";
      return separator + digits + (name === "second" ? fraction(rest) : "");
    })
    .join("");
}

function fraction(micros: bigint): string {
  return micros === 0n ? "" : `.${`${micros}`.padStart(6, "0").replace(/0+$/, "")}`;
}
