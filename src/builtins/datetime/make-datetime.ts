import {
  DATE,
  type DataType,
  dayTimeInterval,
  INT,
  STRING,
  TIMESTAMP,
  TIMESTAMP_NTZ,
  yearMonthInterval,
} from "../../columnar/data-type.ts";
import { daysFromCivil, MICROS_PER_DAY } from "../../columnar/datetime/calendar.ts";
import { localToUtcMicros } from "../../columnar/datetime/time-zone.ts";
import { DataError } from "../../common/errors.ts";
import type { Local } from "../../wasm/function-builder.ts";
import type {
  Argument,
  CallFacts,
  EmitContext,
  Example,
  ResolveContext,
  ScalarBuiltin,
  ScalarKernel,
  Signature,
} from "../builtin.ts";
import {
  decimalParameter,
  INT_PARAMETER,
  type Parameter,
  STRING_PARAMETER,
  takes,
  typeArguments,
} from "../parameters.ts";
import { quotedType } from "../type-mismatch.ts";
import { narrowDays } from "./date-code.ts";
import { fieldOutOfBounds } from "./datetime-errors.ts";
import { dateProblem } from "./field-problem.ts";
import { intervalPartsOverflow } from "./interval-errors.ts";
import { checkedLong } from "./zoned-time.ts";

const SECONDS_PARAMETER = decimalParameter(16, 6);
const MINUTE_MICROS = 60_000_000n;

/** Fails with `DATETIME_FIELD_OUT_OF_BOUNDS.WITH_SUGGESTION`, or is null without ANSI; days beyond an `int` always fail. */
export const MAKE_DATE: ScalarBuiltin = {
  kind: "scalar",
  name: "make_date",
  resolve: (args, context) => ({
    ...takes([INT_PARAMETER, INT_PARAMETER, INT_PARAMETER], DATE)(args, context),
    nullable: !context.ansi || args.some((arg) => arg.nullable),
  }),
  kernel: {
    kind: "emit",
    emit: (context, args, _, isNull) => {
      const { code } = context;
      for (const arg of args) code.get(arg);
      context.kernel("isCivil");
      code.op("i32.eqz");
      code.if(
        () => {
          if (isNull) code.i32(1).set(isNull);
          else failOutOfBounds(context, args);
          code.i32(0);
        },
        () => {
          for (const arg of args) code.get(arg);
          context.kernel("exactDayOfCivil");
          narrowDays(context);
        },
        "i32",
      );
    },
  },
  cost: 5,
  examples: [{ sql: "SELECT make_date(2013, 7, 15)", rows: ["2013-07-15"] }],
};

function failOutOfBounds(context: EmitContext, fields: readonly Local[]): void {
  context.failWith(
    fields.map((local) => ({ local, type: INT })),
    (year, month, day) =>
      fieldOutOfBounds(dateProblem(Number(year), Number(month), Number(day)) ?? ""),
  );
}

const makeTimestampNamed = (
  name: string,
  type: DataType,
  isTry: boolean,
  examples: readonly Example[],
): ScalarBuiltin => ({
  kind: "scalar",
  name,
  resolve: (args, context): Signature => {
    if (args.length <= MAX_PARTS_OF_DATE && args.length >= leastPartsOfDate(name))
      return fromDateParts(args, context, type);
    const zone = type.kind === "timestamp_ntz" ? [] : [STRING_PARAMETER];
    const parameters = [...Array(5).fill(INT_PARAMETER), SECONDS_PARAMETER, ...zone];
    const types = typeArguments(args, context, parameters, 6);
    return {
      args: types,
      type,
      nullable: isTry || !context.ansi || args.some((arg) => arg.nullable),
    };
  },
  kernel: (call) => timestampKernel(call, isTry),
  examples,
});

const ONLY_DATE: Parameter = exactly(DATE);
/** There are no values of type TIME, only nulls. */
const ONLY_NULL_TIME: Parameter = {
  requires: '"TIME"',
  accept: (type) => (type.kind === "null" ? type : null),
};
const ONLY_STRING: Parameter = exactly(STRING);
const MAX_PARTS_OF_DATE = 3;

function exactly(type: DataType): Parameter {
  return {
    requires: quotedType(type),
    accept: (given) => (given.kind === type.kind || given.kind === "null" ? type : null),
  };
}

function leastPartsOfDate(name: string): number {
  return name.endsWith("make_timestamp") ? 1 : 2;
}

/** A date, perhaps a time of day, perhaps their zone. */
function fromDateParts(
  args: readonly Argument[],
  context: ResolveContext,
  type: DataType,
): Signature {
  const zone = type.kind === "timestamp_ntz" ? [] : [ONLY_STRING];
  const types = typeArguments(args, context, [ONLY_DATE, ONLY_NULL_TIME, ...zone], 1);
  return { args: types, type };
}

/** Year, month, day, hour, minute, seconds with fraction, and optionally the zone of these; or parts of a date. */
export const MAKE_TIMESTAMPS: readonly ScalarBuiltin[] = [
  makeTimestampNamed("make_timestamp", TIMESTAMP, false, [
    {
      sql: "SELECT make_timestamp(2014, 12, 28, 6, 30, 45.887)",
      rows: ["2014-12-28 06:30:45.887"],
    },
    {
      sql: "SELECT make_timestamp(2014, 12, 28, 6, 30, 45.887, 'CET')",
      rows: ["2014-12-28 05:30:45.887"],
    },
    { sql: "SELECT make_timestamp(2019, 6, 30, 23, 59, 60)", rows: ["2019-07-01 00:00:00"] },
    { sql: "SELECT make_timestamp(null, 7, 22, 15, 30, 0)", rows: ["NULL"] },
    { sql: "SELECT make_timestamp(DATE'2014-12-28')", rows: ["2014-12-28 00:00:00"] },
  ]),
  makeTimestampNamed("make_timestamp_ltz", TIMESTAMP, false, [
    {
      sql: "SELECT make_timestamp_ltz(2014, 12, 28, 6, 30, 45.887)",
      rows: ["2014-12-28 06:30:45.887"],
    },
  ]),
  makeTimestampNamed("make_timestamp_ntz", TIMESTAMP_NTZ, false, [
    {
      sql: "SELECT make_timestamp_ntz(2014, 12, 28, 6, 30, 45.887)",
      rows: ["2014-12-28 06:30:45.887"],
    },
  ]),
  makeTimestampNamed("try_make_timestamp", TIMESTAMP, true, [
    { sql: "SELECT try_make_timestamp(2024, 13, 22, 15, 30, 0)", rows: ["NULL"] },
  ]),
  makeTimestampNamed("try_make_timestamp_ltz", TIMESTAMP, true, [
    { sql: "SELECT try_make_timestamp_ltz(2024, 13, 22, 15, 30, 0)", rows: ["NULL"] },
  ]),
  makeTimestampNamed("try_make_timestamp_ntz", TIMESTAMP_NTZ, true, [
    { sql: "SELECT try_make_timestamp_ntz(2024, 13, 22, 15, 30, 0)", rows: ["NULL"] },
  ]),
];

function timestampKernel(call: CallFacts, isTry: boolean): ScalarKernel {
  const isLocal = call.type.kind === "timestamp_ntz";
  const make = (
    year: number,
    month: number,
    day: number,
    hour: number,
    minute: number,
    seconds: bigint,
    zone = isLocal ? "UTC" : call.timeZone,
  ): bigint | null => {
    const problem = problemOf(year, month, day, hour, minute, seconds);
    if (problem !== null && (isTry || !call.ansi)) return null;
    if (problem !== null) throw problem;
    const local =
      BigInt(daysFromCivil(year, month, day)) * MICROS_PER_DAY +
      BigInt(hour * 60 + minute) * MINUTE_MICROS +
      seconds;
    return checkedLong(localToUtcMicros(zone, local));
  };
  if (call.args.length > MAX_PARTS_OF_DATE) return { kind: "row", prepare: () => make };
  const midnight = (day: number): bigint =>
    localToUtcMicros(call.timeZone, BigInt(day) * MICROS_PER_DAY);
  return { kind: "row", prepare: () => midnight };
}

function problemOf(
  year: number,
  month: number,
  day: number,
  hour: number,
  minute: number,
  seconds: bigint,
): DataError | null {
  const problem = dateProblem(year, month, day);
  if (problem !== null) return fieldOutOfBounds(problem);
  if (hour < 0 || hour > 23)
    return fieldOutOfBounds(`Invalid value for HourOfDay (valid values 0 - 23): ${hour}`);
  if (minute < 0 || minute > 59)
    return fieldOutOfBounds(`Invalid value for MinuteOfHour (valid values 0 - 59): ${minute}`);
  if (seconds > MINUTE_MICROS && seconds < MINUTE_MICROS + 1_000_000n)
    return invalidFraction(seconds);
  if (seconds < 0n || seconds > MINUTE_MICROS)
    return fieldOutOfBounds(
      `Invalid value for SecondOfMinute (valid values 0 - 59): ${seconds / 1_000_000n}`,
    );
  return null;
}

function invalidFraction(seconds: bigint): DataError {
  const fraction = (seconds % 1_000_000n).toString().padStart(6, "0").replace(/0+$/, "");
  return new DataError({
    condition: "INVALID_FRACTION_OF_SECOND",
    message: `Valid range for seconds is [0, 60] (inclusive), but the provided value is ${seconds / 1_000_000n}.${fraction}. To avoid this error, use \`try_make_timestamp\`, which returns NULL on error. If you do not want to use the session default timestamp version of this function, use \`try_make_timestamp_ntz\` or \`try_make_timestamp_ltz\`.`,
    sqlState: "22023",
  });
}

/** Years and months, each 0 where it is left out. */
export const MAKE_YM_INTERVAL: ScalarBuiltin = {
  kind: "scalar",
  name: "make_ym_interval",
  resolve: takes([INT_PARAMETER, INT_PARAMETER], yearMonthInterval(), { required: 0 }),
  kernel: {
    kind: "row",
    prepare:
      () =>
      (years = 0, months = 0) => {
        const total = years * 12 + months;
        if ((total | 0) !== total) throw intervalPartsOverflow();
        return total;
      },
  },
  print: printWithDefaults("make_ym_interval", ["0", "0"]),
  examples: [
    { sql: "SELECT make_ym_interval(1, 2)", rows: ["1-2"] },
    { sql: "SELECT make_ym_interval(-1, 1), make_ym_interval(2)", rows: ["-0-11\t2-0"] },
  ],
};

/** Days, hours, minutes and seconds with fraction, each 0 where it is left out. */
export const MAKE_DT_INTERVAL: ScalarBuiltin = {
  kind: "scalar",
  name: "make_dt_interval",
  resolve: takes(
    [INT_PARAMETER, INT_PARAMETER, INT_PARAMETER, decimalParameter(18, 6)],
    dayTimeInterval(),
    { required: 0 },
  ),
  kernel: {
    kind: "row",
    prepare:
      () =>
      (days = 0, hours = 0, minutes = 0, seconds = 0n) => {
        const total =
          BigInt(days) * MICROS_PER_DAY +
          (BigInt(hours) * 60n + BigInt(minutes)) * MINUTE_MICROS +
          seconds;
        if (BigInt.asIntN(64, total) !== total) throw intervalPartsOverflow();
        return total;
      },
  },
  print: printWithDefaults("make_dt_interval", ["0", "0", "0", "0.000000"]),
  examples: [
    { sql: "SELECT make_dt_interval(1, 12, 30, 01.001001)", rows: ["1 12:30:01.001001000"] },
    { sql: "SELECT make_dt_interval(2)", rows: ["2 00:00:00.000000000"] },
    { sql: "SELECT make_dt_interval(100, null, 3)", rows: ["NULL"] },
  ],
};

function printWithDefaults(
  name: string,
  defaults: readonly string[],
): (args: readonly string[]) => string {
  return (args) => `${name}(${[...args, ...defaults.slice(args.length)].join(", ")})`;
}
