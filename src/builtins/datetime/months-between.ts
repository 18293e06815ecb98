import { DOUBLE } from "../../columnar/data-type.ts";
import { civilFromDays, daysInMonth, MICROS_PER_DAY } from "../../columnar/datetime/calendar.ts";
import { localToUtcMicros } from "../../columnar/datetime/time-zone.ts";
import type { ScalarBuiltin } from "../builtin.ts";
import { BOOLEAN_PARAMETER, TIMESTAMP_PARAMETER, takes } from "../parameters.ts";
import { toLocalDays } from "./zoned-time.ts";

const SECONDS_PER_DAY = 86_400;
const MICROS_PER_SECOND = 1_000_000n;
const ROUNDING = 1e8;

/**
 * Months from the second timestamp to the first, whole where both are on the same day of the month or both on a last
 * day, else with a fraction of 31 days; rounded to 8 digits unless the third argument is false.
 */
export const MONTHS_BETWEEN: ScalarBuiltin = {
  kind: "scalar",
  name: "months_between",
  resolve: takes([TIMESTAMP_PARAMETER, TIMESTAMP_PARAMETER, BOOLEAN_PARAMETER], DOUBLE, {
    required: 2,
  }),
  kernel: {
    kind: "row",
    prepare:
      (call) =>
      (end: bigint, start: bigint, isRounded = true) =>
        monthsBetween(fieldsOf(end, call.timeZone), fieldsOf(start, call.timeZone), isRounded),
  },
  print: (args) =>
    `months_between(${[...args, ...(args.length === 2 ? ["true"] : [])].join(", ")})`,
  examples: [
    { sql: "SELECT months_between('1997-02-28 10:30:00', '1996-10-30')", rows: ["3.94959677"] },
    {
      sql: "SELECT months_between('1997-02-28 10:30:00', '1996-10-30', false)",
      rows: ["3.9495967741935485"],
    },
    { sql: "SELECT months_between('2020-02-29', '2020-01-31')", rows: ["1.0"] },
  ],
};

interface Fields {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly isLast: boolean;
  /** Elapsed since the day began, which counts a change of the clock. */
  readonly seconds: number;
}

function monthsBetween(a: Fields, b: Fields, isRounded: boolean): number {
  const months = (a.year - b.year) * 12 + a.month - b.month;
  if (a.day === b.day || (a.isLast && b.isLast)) return months;
  const seconds = (a.day - b.day) * SECONDS_PER_DAY + a.seconds - b.seconds;
  const exact = months + seconds / (31 * SECONDS_PER_DAY);
  return isRounded ? Math.round(exact * ROUNDING) / ROUNDING : exact;
}

function fieldsOf(micros: bigint, zone: string): Fields {
  const days = toLocalDays(micros, zone);
  const date = civilFromDays(days);
  const dayStart = localToUtcMicros(zone, BigInt(days) * MICROS_PER_DAY);
  return {
    ...date,
    isLast: date.day === daysInMonth(date.year, date.month),
    seconds: Number((micros - dayStart) / MICROS_PER_SECOND),
  };
}
