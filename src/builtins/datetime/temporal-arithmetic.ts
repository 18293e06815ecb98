import {
  DATE,
  type DataType,
  dayTimeInterval,
  INT,
  STRING,
  TIMESTAMP,
  TIMESTAMP_NTZ,
} from "../../columnar/data-type.ts";
import { formatTimestamp, parseTimestamp } from "../../columnar/datetime/datetime-text.ts";
import { isDatetime, isInterval } from "../../columnar/type-class.ts";
import type { CallFacts, ScalarKernel, Signature } from "../builtin.ts";
import { castInvalidInput } from "../cast/cast-errors.ts";
import { tightestCommonType } from "../coercion.ts";
import { pushChecked } from "./date-code.ts";
import { intervalOverflow } from "./interval-errors.ts";
import { intervalScaling } from "./interval-scaling.ts";
import {
  moveDate,
  moveDateByInterval,
  moveDateByMonths,
  moveTimestamp,
  moveTimestampByMonths,
  sumOf,
  type TemporalSum,
} from "./move-moment.ts";
import { subtractDates, subtractTimestamps } from "./subtract-moments.ts";
import { addDayTime } from "./zoned-time.ts";

/** How an operator works on a pair of types. */
export interface TemporalOperation {
  readonly signature: Signature;
  readonly kernel: ScalarKernel | ((call: CallFacts) => ScalarKernel);
}

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
  const moved = isDatetime(left) ? moveMoment(op, left, right) : null;
  if (moved) return moved;
  if (op === "+" && isDatetime(right) && !isDatetime(left))
    return swapped(moveMoment(op, right, left));
  if (op === "-" && (isDatetime(left) || isDatetime(right))) return difference(left, right);
  if (op === "+" && right.kind === "string") return swapped(textSum(op, right, left));
  return textSum(op, left, right) ?? intervalSum(op, left, right);
}

/** A timestamp written as text stays text when a day-time interval is added. */
function textSum(op: TemporalSum, left: DataType, right: DataType): TemporalOperation | null {
  if (left.kind !== "string" || right.kind !== "day_time_interval") return null;
  return {
    signature: { args: [STRING, right], type: STRING, nullable: true },
    kernel: (call) => ({
      kind: "row",
      prepare: () => (text: string, interval: bigint) => {
        const micros = parseTimestamp(text, call.timeZone);
        if (micros === null && call.ansi) throw castInvalidInput(text, TIMESTAMP);
        if (micros === null) return null;
        const moved = addDayTime(micros, op === "+" ? interval : -interval, call.timeZone);
        return formatTimestamp(moved, call.timeZone);
      },
    }),
  };
}

function moveMoment(op: TemporalSum, moment: DataType, by: DataType): TemporalOperation | null {
  switch (by.kind) {
    case "null":
      return op === "-" ? null : moveMoment(op, moment, dayTimeInterval());
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

const DIFFERENCE_KINDS = ["date", "timestamp", "timestamp_ntz", "string", "null"];

function difference(left: DataType, right: DataType): TemporalOperation | null {
  if (![left, right].every((type) => DIFFERENCE_KINDS.includes(type.kind))) return null;
  const kinds = [left.kind, right.kind];
  if (!kinds.some((kind) => kind.startsWith("timestamp")))
    return operation([DATE, DATE], dayTimeInterval("day", "day"), subtractDates);
  const type = kinds.includes("timestamp") ? TIMESTAMP : TIMESTAMP_NTZ;
  return operation([type, type], dayTimeInterval(), subtractTimestamps);
}

function intervalSum(op: TemporalSum, left: DataType, right: DataType): TemporalOperation | null {
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
