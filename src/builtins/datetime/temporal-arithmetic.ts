import {
  DATE,
  type DataType,
  dayTimeInterval,
  INT,
  STRING,
  TIMESTAMP,
  TIMESTAMP_NTZ,
} from "../../columnar/data-type.ts";
import { MICROS_PER_DAY } from "../../columnar/datetime/calendar.ts";
import { formatTimestamp, parseTimestamp } from "../../columnar/datetime/datetime-text.ts";
import { DataError } from "../../common/errors.ts";
import { arithmeticOverflow } from "../arithmetic-errors.ts";
import type { CallFacts, ScalarKernel, Signature } from "../builtin.ts";
import { tightestCommonType } from "../coercion.ts";
import { daysToMicros, narrowDays, pushChecked, pushDays, pushTimeOfDay } from "./date-code.ts";
import { intervalOverflow } from "./interval-errors.ts";
import { intervalScaling } from "./interval-scaling.ts";
import {
  addDayTime,
  addMonthsToTimestamp,
  checkedLong,
  readsAsUtc,
  toLocalMicros,
  zoneOf,
} from "./zoned-time.ts";

/** How an operator works on a pair of types. */
export interface TemporalOperation {
  readonly signature: Signature;
  readonly kernel: ScalarKernel | ((call: CallFacts) => ScalarKernel);
}

type Sum = "+" | "-";

/**
 * What `left op right` is where dates, timestamps or intervals take part, null where it is no such operation (or none
 * at all). A day interval on a date gives a date, an interval with hours or smaller a timestamp.
 */
export function temporalArithmetic(
  op: "+" | "-" | "*" | "/",
  left: DataType,
  right: DataType,
): TemporalOperation | null {
  if (op === "*" || op === "/") return intervalScaling(op, left, right);
  const moved = isMoment(left) ? moveMoment(op, left, right) : null;
  if (moved) return moved;
  if (op === "+" && isMoment(right) && !isMoment(left)) return swapped(moveMoment(op, right, left));
  if (op === "-" && (isMoment(left) || isMoment(right))) return difference(left, right);
  if (op === "+" && right.kind === "string") return swapped(textSum(op, right, left));
  return textSum(op, left, right) ?? intervalSum(op, left, right);
}

/** A timestamp written as text stays text when a day-time interval is added. */
function textSum(op: Sum, left: DataType, right: DataType): TemporalOperation | null {
  if (left.kind !== "string" || right.kind !== "day_time_interval") return null;
  return {
    signature: { args: [STRING, right], type: STRING, nullable: true },
    kernel: (call) => ({
      kind: "row",
      prepare: () => (text: string, interval: bigint) => {
        const micros = parseTimestamp(text, call.timeZone);
        if (micros === null && call.ansi) throw malformedTimestamp(text);
        if (micros === null) return null;
        const moved = addDayTime(micros, op === "+" ? interval : -interval, call.timeZone);
        return formatTimestamp(moved, call.timeZone);
      },
    }),
  };
}

function malformedTimestamp(text: string): DataError {
  return new DataError({
    condition: "CAST_INVALID_INPUT",
    message: `The value '${text}' of the type "STRING" cannot be cast to "TIMESTAMP" because it is malformed. Correct the value as per the syntax, or change its target type. Use \`try_cast\` to tolerate malformed input and return NULL instead.`,
    sqlState: "22018",
  });
}

function isMoment(type: DataType): boolean {
  return type.kind === "date" || type.kind === "timestamp" || type.kind === "timestamp_ntz";
}

function moveMoment(op: Sum, moment: DataType, by: DataType): TemporalOperation | null {
  switch (by.kind) {
    case "null":
      if (moment.kind === "date") return operation([DATE, INT], DATE, moveDate(op));
      return op === "-" ? null : operation([moment, dayTimeInterval()], moment, moveTimestamp(op));
    case "byte":
    case "short":
    case "int":
      return moment.kind === "date" ? operation([DATE, INT], DATE, moveDate(op)) : null;
    case "day_time_interval":
      if (moment.kind !== "date") return operation([moment, by], moment, moveTimestamp(op));
      return by.end === "day"
        ? operation([DATE, by], DATE, moveDateByInterval(op))
        : operation([TIMESTAMP, by], TIMESTAMP, moveTimestamp(op));
    case "year_month_interval":
      return moment.kind === "date"
        ? operation([DATE, by], DATE, moveDateByMonths(op))
        : operation([moment, by], moment, moveTimestampByMonths(op));
    default:
      return null;
  }
}

function operation(
  args: readonly DataType[],
  type: DataType,
  kernel: TemporalOperation["kernel"],
): TemporalOperation {
  return { signature: { args, type }, kernel };
}

/** The same operation with its operands the other way round. */
function swapped(found: TemporalOperation | null): TemporalOperation | null {
  if (found === null) return null;
  const turn = <T>(pair: readonly T[]): readonly T[] => [...pair].reverse();
  return {
    signature: { ...found.signature, args: turn(found.signature.args) },
    kernel: (call) => {
      const facts = { ...call, args: turn(call.args) };
      const kernel = typeof found.kernel === "function" ? found.kernel(facts) : found.kernel;
      if (kernel.kind === "emit")
        return {
          kind: "emit",
          emit: (context, args, _, isNull) => kernel.emit(context, turn(args), facts, isNull),
        };
      if (kernel.kind === "row")
        return {
          kind: "row",
          prepare: () => {
            const row = kernel.prepare(facts) as (a: unknown, b: unknown) => unknown;
            return (a: unknown, b: unknown) => row(b, a);
          },
        };
      return kernel;
    },
  };
}

const sumOf = (op: Sum): "add" | "sub" => (op === "+" ? "add" : "sub");

function moveDate(op: Sum): ScalarKernel {
  return {
    kind: "emit",
    emit: ({ code }, args) => {
      for (const arg of args) code.get(arg);
      code.op(`i32.${sumOf(op)}`);
    },
  };
}

function moveDateByInterval(op: Sum): ScalarKernel {
  return {
    kind: "emit",
    emit: ({ code }, args) => {
      for (const arg of args) code.get(arg);
      code
        .i64(MICROS_PER_DAY)
        .op("i64.div_s")
        .op("i32.wrap_i64")
        .op(`i32.${sumOf(op)}`);
    },
  };
}

function moveDateByMonths(op: Sum): ScalarKernel {
  return {
    kind: "emit",
    emit: (context, [date, months]) => {
      const { code } = context;
      if (date === undefined || months === undefined) return;
      code.get(date);
      if (op === "-") code.i32(0);
      code.get(months);
      if (op === "-") code.op("i32.sub");
      context.kernel("addMonths");
      narrowDays(context);
    },
  };
}

const moveTimestamp =
  (op: Sum) =>
  (call: CallFacts): ScalarKernel => {
    const type = call.args[0]?.type ?? TIMESTAMP;
    if (!readsAsUtc(type, call)) {
      const zone = zoneOf(type, call);
      const move = (micros: bigint, interval: bigint): bigint =>
        addDayTime(micros, op === "+" ? interval : -interval, zone);
      return { kind: "row", prepare: () => move };
    }
    return {
      kind: "emit",
      emit: (context, [micros, interval]) =>
        micros &&
        interval &&
        pushChecked(context, sumOf(op), micros, interval, () =>
          arithmeticOverflow("long overflow"),
        ),
    };
  };

const moveTimestampByMonths =
  (op: Sum) =>
  (call: CallFacts): ScalarKernel => {
    const type = call.args[0]?.type ?? TIMESTAMP;
    if (!readsAsUtc(type, call)) {
      const zone = zoneOf(type, call);
      const move = (micros: bigint, months: number): bigint =>
        addMonthsToTimestamp(micros, op === "+" ? months : -months, zone);
      return { kind: "row", prepare: () => move };
    }
    return {
      kind: "emit",
      emit: (context, [micros, months]) => {
        const { code } = context;
        if (micros === undefined || months === undefined) return;
        pushDays(context, micros);
        if (op === "-") code.i32(0);
        code.get(months);
        if (op === "-") code.op("i32.sub");
        context.kernel("addMonths");
        daysToMicros(context);
        pushTimeOfDay(context, micros);
        code.op("i64.add");
      },
    };
  };

const DIFFERENCE_KINDS = ["date", "timestamp", "timestamp_ntz", "string", "null"];

function difference(left: DataType, right: DataType): TemporalOperation | null {
  if (![left, right].every((type) => DIFFERENCE_KINDS.includes(type.kind))) return null;
  const kinds = [left.kind, right.kind];
  if (!kinds.some((kind) => kind.startsWith("timestamp")))
    return operation([DATE, DATE], dayTimeInterval("day", "day"), subtractDates);
  const type = kinds.includes("timestamp") ? TIMESTAMP : TIMESTAMP_NTZ;
  return operation([type, type], dayTimeInterval(), subtractTimestamps);
}

const subtractDates: ScalarKernel = {
  kind: "emit",
  emit: ({ code }, [left, right]) => {
    if (left) code.get(left).op("i64.extend_i32_s");
    if (right) code.get(right).op("i64.extend_i32_s");
    code.op("i64.sub").i64(MICROS_PER_DAY).op("i64.mul");
  },
};

function subtractTimestamps(call: CallFacts): ScalarKernel {
  const type = call.args[0]?.type ?? TIMESTAMP;
  if (readsAsUtc(type, call))
    return {
      kind: "emit",
      emit: (context, [left, right]) =>
        left &&
        right &&
        pushChecked(context, "sub", left, right, () => arithmeticOverflow("long overflow")),
    };
  const zone = zoneOf(type, call);
  const subtract = (a: bigint, b: bigint): bigint =>
    checkedLong(toLocalMicros(a, zone) - toLocalMicros(b, zone));
  return { kind: "row", prepare: () => subtract };
}

function intervalSum(op: Sum, left: DataType, right: DataType): TemporalOperation | null {
  const isInterval = (type: DataType): boolean =>
    type.kind === "year_month_interval" || type.kind === "day_time_interval";
  if (!isInterval(left) && !isInterval(right)) return null;
  const type = tightestCommonType(left, right, true);
  if (type === null) return null;
  const args = [left, right].map((arg) => (arg.kind === "null" ? type : arg));
  return operation(args, type, {
    kind: "emit",
    emit: (context, [a, b]) =>
      a &&
      b &&
      pushChecked(context, sumOf(op), a, b, () =>
        intervalOverflow(op === "+" ? "try_add" : "try_subtract"),
      ),
  });
}
