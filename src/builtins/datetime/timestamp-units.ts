import { LONG, STRING, TIMESTAMP } from "../../columnar/data-type.ts";
import { civilFromDays, MICROS_PER_DAY } from "../../columnar/datetime/calendar.ts";
import { formatTimestamp } from "../../columnar/datetime/datetime-text.ts";
import { AnalysisError } from "../../common/errors.ts";
import { floorDiv, floorMod } from "../../common/floor-division.ts";
import type { Argument, CallFacts, ResolveContext, ScalarBuiltin } from "../builtin.ts";
import {
  ANY_TIMESTAMP_PARAMETER,
  LONG_PARAMETER,
  STRING_PARAMETER,
  typeArguments,
} from "../parameters.ts";
import { datetimeOverflow } from "./datetime-errors.ts";
import {
  addDayTime,
  addMonthsToTimestamp,
  checkedLong,
  toLocalMicros,
  zoneOf,
} from "./zoned-time.ts";

/** Microseconds of a unit of time. */
const MICROS: { readonly [unit: string]: bigint } = {
  MICROSECOND: 1n,
  MILLISECOND: 1000n,
  SECOND: 1_000_000n,
  MINUTE: 60_000_000n,
  HOUR: 3_600_000_000n,
  DAY: MICROS_PER_DAY,
  DAYOFYEAR: MICROS_PER_DAY,
  WEEK: 7n * MICROS_PER_DAY,
};

const MONTHS: { readonly [unit: string]: number } = { MONTH: 1, QUARTER: 3, YEAR: 12 };

/** A timestamp some units on, or the error `DATETIME_OVERFLOW`: the unit is a string literal, days and longer go by the calendar. */
export const TIMESTAMPADD: ScalarBuiltin = {
  kind: "scalar",
  name: "timestampadd",
  resolve: (args, context) => {
    requireUnit(args, context);
    const types = typeArguments(args, context, [
      STRING_PARAMETER,
      LONG_PARAMETER,
      ANY_TIMESTAMP_PARAMETER,
    ]);
    return { args: types, type: types[2] ?? TIMESTAMP };
  },
  kernel: {
    kind: "row",
    prepare: (call) => {
      const zone = zoneOf(call.type, call);
      return (unit: string, count: bigint, micros: bigint) => {
        try {
          return addUnits(unit.toUpperCase(), count, micros, zone);
        } catch {
          throw datetimeOverflow(count, unit, formatTimestamp(micros, zone));
        }
      };
    },
  },
  examples: [
    {
      sql: "SELECT timestampadd(HOUR, 8, timestamp_ntz'2022-02-11 20:30:00')",
      rows: ["2022-02-12 04:30:00"],
    },
    {
      sql: "SELECT timestampadd(MONTH, 1, timestamp'2022-01-31 00:00:00')",
      rows: ["2022-02-28 00:00:00"],
    },
  ],
};

function addUnits(unit: string, count: bigint, micros: bigint, zone: string): bigint {
  const months = MONTHS[unit];
  if (months !== undefined) return addMonthsToTimestamp(micros, Number(count) * months, zone);
  const size = MICROS[unit] ?? 1n;
  return size < MICROS_PER_DAY
    ? checkedLong(micros + count * size)
    : addDayTime(micros, count * size, zone);
}

/** Whole units of local time from the first timestamp to the second: the unit is a string literal. */
export const TIMESTAMPDIFF: ScalarBuiltin = {
  kind: "scalar",
  name: "timestampdiff",
  resolve: (args, context) => {
    requireUnit(args, context);
    const types = typeArguments(args, context, [
      STRING_PARAMETER,
      ANY_TIMESTAMP_PARAMETER,
      ANY_TIMESTAMP_PARAMETER,
    ]);
    const [, start, end] = types;
    const type = start?.kind === end?.kind && start !== undefined ? start : TIMESTAMP;
    return { args: [STRING, type, type], type: LONG };
  },
  kernel: {
    kind: "row",
    prepare: (call: CallFacts) => {
      const zone = zoneOf(call.args[1]?.type ?? TIMESTAMP, call);
      return (unit: string, start: bigint, end: bigint) =>
        unitsBetween(unit.toUpperCase(), start, end, zone);
    },
  },
  examples: [
    {
      sql: "SELECT timestampdiff(HOUR, timestamp'2022-02-11 20:30:00', timestamp'2022-02-12 04:30:00')",
      rows: ["8"],
    },
    {
      sql: "SELECT timestampdiff(MONTH, timestamp'2020-01-31', timestamp'2020-02-29')",
      rows: ["0"],
    },
  ],
};

function unitsBetween(unit: string, start: bigint, end: bigint, zone: string): bigint {
  const months = MONTHS[unit];
  const from = toLocalMicros(start, zone);
  const to = toLocalMicros(end, zone);
  return months === undefined
    ? checkedLong((to - from) / (MICROS[unit] ?? 1n))
    : BigInt(Math.trunc(monthsBetween(from, to) / months));
}

/** Whole months, towards zero. */
function monthsBetween(from: bigint, to: bigint): number {
  const a = fieldsOf(from);
  const b = fieldsOf(to);
  const months = b.month - a.month;
  const rest = b.rest - a.rest;
  if (months > 0 && rest < 0n) return months - 1;
  return months < 0 && rest > 0n ? months + 1 : months;
}

function fieldsOf(local: bigint): { readonly month: number; readonly rest: bigint } {
  const { year, month, day } = civilFromDays(Number(floorDiv(local, MICROS_PER_DAY)));
  const rest = BigInt(day) * MICROS_PER_DAY + floorMod(local, MICROS_PER_DAY);
  return { month: year * 12 + month, rest };
}

function requireUnit(args: readonly Argument[], context: ResolveContext): void {
  const unit = args[0]?.literal?.value;
  const name = typeof unit === "string" ? unit.toUpperCase() : "";
  if (MICROS[name] !== undefined || MONTHS[name] !== undefined) return;
  throw new AnalysisError({
    condition: "INVALID_PARAMETER_VALUE.DATETIME_UNIT",
    message: `The value of parameter(s) \`unit\` in \`${context.name}\` is invalid: expects one of the units without quotes YEAR, QUARTER, MONTH, WEEK, DAY, DAYOFYEAR, HOUR, MINUTE, SECOND, MILLISECOND, MICROSECOND, but got the string literal '${unit}'.`,
    sqlState: "22023",
  });
}
