import type { DataType } from "./data-type.ts";

/** The bytes of values of fixed width within a nested value. */
export const NESTED_WIDTHS = {
  boolean: 1,
  byte: 1,
  short: 2,
  int: 4,
  date: 4,
  year_month_interval: 4,
  long: 8,
  timestamp: 8,
  timestamp_ntz: 8,
  day_time_interval: 8,
  float: 4,
  double: 8,
} as const satisfies { readonly [kind in DataType["kind"]]?: number };

/** The kinds of types whose values have a fixed width. */
export type FixedKind = keyof typeof NESTED_WIDTHS;
