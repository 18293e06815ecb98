import type { KernelName } from "../../wasm/kernel-table.ts";

/** A field of a date, an `int`. */
export interface DateField {
  readonly kernel: KernelName;
  /** Turns the kernel's 0 = Monday into the field. */
  readonly weekdayAs?: "iso" | "sundayFirst";
}

const YEAR: DateField = { kernel: "yearOfDay" };
const QUARTER: DateField = { kernel: "quarterOfDay" };
const MONTH: DateField = { kernel: "monthOfDay" };
const WEEK: DateField = { kernel: "weekOfDay" };
const DAY: DateField = { kernel: "dayOfMonth" };
const DAY_OF_WEEK: DateField = { kernel: "weekday", weekdayAs: "sundayFirst" };
const DAY_OF_WEEK_ISO: DateField = { kernel: "weekday", weekdayAs: "iso" };

/** The fields of EXTRACT that a date has, by every name Spark knows. */
export const DATE_FIELDS: { readonly [name: string]: DateField } = {
  YEAR,
  Y: YEAR,
  YEARS: YEAR,
  YR: YEAR,
  YRS: YEAR,
  YEAROFWEEK: { kernel: "weekYearOfDay" },
  QUARTER,
  QTR: QUARTER,
  MONTH,
  MON: MONTH,
  MONS: MONTH,
  MONTHS: MONTH,
  WEEK,
  W: WEEK,
  WEEKS: WEEK,
  DAY,
  D: DAY,
  DAYS: DAY,
  DAYOFWEEK: DAY_OF_WEEK,
  DOW: DAY_OF_WEEK,
  DAYOFWEEK_ISO: DAY_OF_WEEK_ISO,
  DOW_ISO: DAY_OF_WEEK_ISO,
  DOY: { kernel: "dayOfYear" },
};

/** A field of the time of day. */
export type TimeField = "hour" | "minute" | "second";

const TIME_NAMES: { readonly [field in TimeField]: readonly string[] } = {
  hour: ["HOUR", "H", "HOURS", "HR", "HRS"],
  minute: ["MINUTE", "M", "MIN", "MINS", "MINUTES"],
  second: ["SECOND", "S", "SEC", "SECONDS", "SECS"],
};

/** The field of EXTRACT that a time of day has, by every name Spark knows. */
export function timeFieldNamed(name: string): TimeField | null {
  const fields: readonly TimeField[] = ["hour", "minute", "second"];
  return fields.find((field) => TIME_NAMES[field].includes(name)) ?? null;
}
