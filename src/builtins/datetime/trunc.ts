import { DATE, TIMESTAMP } from "../../columnar/data-type.ts";
import {
  civilFromDays,
  daysFromCivil,
  isoDayOfWeek,
  MICROS_PER_DAY,
} from "../../columnar/datetime/calendar.ts";
import { localToUtcMicros, zoneOffsetMicros } from "../../columnar/datetime/time-zone.ts";
import { floorDiv, floorMod } from "../../common/floor-division.ts";
import type { Local, ValueType } from "../../wasm/function-builder.ts";
import { arithmeticOverflow } from "../arithmetic-errors.ts";
import type { CallFacts, EmitContext, ScalarBuiltin, ScalarKernel } from "../builtin.ts";
import { DATE_PARAMETER, STRING_PARAMETER, TIMESTAMP_PARAMETER, takes } from "../parameters.ts";
import { pushDays } from "./date-code.ts";
import { checkedLong, readsAsUtc } from "./zoned-time.ts";

type DayUnit = "week" | "month" | "quarter" | "year";

/** As the kernel `truncateDay` numbers them. */
const DAY_UNITS: { readonly [unit in DayUnit]: number } = {
  week: 0,
  month: 1,
  quarter: 2,
  year: 3,
};

const DAY_UNIT_NAMES: { readonly [name: string]: DayUnit } = {
  WEEK: "week",
  MONTH: "month",
  MON: "month",
  MM: "month",
  QUARTER: "quarter",
  YEAR: "year",
  YYYY: "year",
  YY: "year",
};

const TIME_UNIT_MICROS: { readonly [name: string]: bigint } = {
  DAY: MICROS_PER_DAY,
  DD: MICROS_PER_DAY,
  HOUR: 3_600_000_000n,
  MINUTE: 60_000_000n,
  SECOND: 1_000_000n,
  MILLISECOND: 1000n,
  MICROSECOND: 1n,
};

/** The first day of the unit that holds a date; null for a unit that is none. */
export const TRUNC: ScalarBuiltin = {
  kind: "scalar",
  name: "trunc",
  evaluates: "lastFirst",
  resolve: takes([DATE_PARAMETER, STRING_PARAMETER], DATE, { nullable: true }),
  kernel: truncKernel,
  cost: 5,
  examples: [
    { sql: "SELECT trunc('2019-08-04', 'week')", rows: ["2019-07-29"] },
    { sql: "SELECT trunc('2019-08-04', 'quarter')", rows: ["2019-07-01"] },
    { sql: "SELECT trunc('2009-02-12', 'MM')", rows: ["2009-02-01"] },
    {
      sql: "SELECT trunc('2015-10-27', 'YEAR'), trunc('2015-10-27', 'day')",
      rows: ["2015-01-01\tNULL"],
    },
  ],
};

/** The first instant of the unit that holds a timestamp, in local time; null for a unit that is none. */
export const DATE_TRUNC: ScalarBuiltin = {
  kind: "scalar",
  name: "date_trunc",
  resolve: takes([STRING_PARAMETER, TIMESTAMP_PARAMETER], TIMESTAMP, { nullable: true }),
  kernel: dateTruncKernel,
  cost: 6,
  examples: [
    { sql: "SELECT date_trunc('YEAR', '2015-03-05T09:32:05.359')", rows: ["2015-01-01 00:00:00"] },
    { sql: "SELECT date_trunc('MM', '2015-03-05T09:32:05.359')", rows: ["2015-03-01 00:00:00"] },
    { sql: "SELECT date_trunc('DD', '2015-03-05T09:32:05.359')", rows: ["2015-03-05 00:00:00"] },
    { sql: "SELECT date_trunc('HOUR', '2015-03-05T09:32:05.359')", rows: ["2015-03-05 09:00:00"] },
    {
      sql: "SELECT date_trunc('MILLISECOND', '2015-03-05T09:32:05.123456')",
      rows: ["2015-03-05 09:32:05.123"],
    },
    { sql: "SELECT date_trunc('foo', '2015-03-05')", rows: ["NULL"] },
  ],
};

/** Null of a constant unit that is none: the other argument is not evaluated. */
const nullOf = (register: ValueType): ScalarKernel => ({
  kind: "emitLazy",
  emit: ({ code }) => {
    const isNull = code.local("i32");
    code.i32(1).set(isNull);
    return { value: code.local(register), isNull };
  },
});

function truncKernel(call: CallFacts): ScalarKernel {
  const name = call.args[1]?.literal?.value;
  const unit = typeof name === "string" ? DAY_UNIT_NAMES[name.toUpperCase()] : undefined;
  if (unit === undefined && typeof name === "string") return nullOf("i32");
  if (unit === undefined)
    return {
      kind: "row",
      prepare: () => (days: number, text: string) => truncateDays(days, text),
    };
  return {
    kind: "emit",
    emit: (context, [date]) => {
      if (date) context.code.get(date);
      context.code.i32(DAY_UNITS[unit]);
      context.kernel("truncateDay");
    },
  };
}

function truncateDays(days: number, name: string): number | null {
  const unit = DAY_UNIT_NAMES[name.toUpperCase()];
  if (unit === undefined) return null;
  if (unit === "week") return days - isoDayOfWeek(days) + 1;
  const { year, month } = civilFromDays(days);
  if (unit === "year") return daysFromCivil(year, 1, 1);
  return daysFromCivil(year, unit === "month" ? month : month - ((month - 1) % 3), 1);
}

function dateTruncKernel(call: CallFacts): ScalarKernel {
  const name = call.args[0]?.literal?.value;
  const unit = typeof name === "string" ? name.toUpperCase() : "";
  const micros = TIME_UNIT_MICROS[unit];
  const dayUnit = DAY_UNIT_NAMES[unit];
  if (unit !== "" && micros === undefined && dayUnit === undefined) return nullOf("i64");
  if (readsAsUtc(TIMESTAMP, call)) {
    if (micros !== undefined)
      return {
        kind: "emit",
        emit: (context, [, time]) => time && emitFloor(context, time, micros),
      };
    if (dayUnit !== undefined)
      return {
        kind: "emit",
        emit: (context, [, time]) => time && emitDayUnit(context, time, DAY_UNITS[dayUnit]),
      };
  }
  return {
    kind: "row",
    prepare: () => (text: string, time: bigint) =>
      truncateTimestamp(text.toUpperCase(), time, call.timeZone),
  };
}

function emitFloor(context: EmitContext, time: Local, unit: bigint): void {
  context.code.get(time).i64(unit);
  context.kernel("floorDivide");
  context.code.i64(unit).op("i64.mul");
  requireBefore(context, time);
}

/** The result on the stack is later than the timestamp only where it wrapped around. */
function requireBefore(context: EmitContext, time: Local): void {
  const { code } = context;
  const result = code.local("i64");
  code.tee(result).get(time).op("i64.gt_s");
  code.if(() => context.fail(() => arithmeticOverflow("long overflow")));
  code.get(result);
}

function emitDayUnit(context: EmitContext, time: Local, unit: number): void {
  pushDays(context, time);
  context.code.i32(unit);
  context.kernel("truncateDay");
  context.code.op("i64.extend_i32_s").i64(MICROS_PER_DAY).op("i64.mul");
  requireBefore(context, time);
}

function truncateTimestamp(unit: string, micros: bigint, zone: string): bigint | null {
  const offset = zoneOffsetMicros(zone, micros);
  const local = micros + offset;
  const size = TIME_UNIT_MICROS[unit];
  if (size !== undefined)
    return checkedLong(localToUtcMicros(zone, local - floorMod(local, size), offset));
  const days = truncateDays(Number(floorDiv(local, MICROS_PER_DAY)), unit);
  return days === null ? null : checkedLong(localToUtcMicros(zone, BigInt(days) * MICROS_PER_DAY));
}
