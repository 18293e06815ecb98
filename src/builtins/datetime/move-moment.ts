import { TIMESTAMP } from "../../columnar/data-type.ts";
import { MICROS_PER_DAY } from "../../columnar/datetime/calendar.ts";
import { arithmeticOverflow } from "../arithmetic-errors.ts";
import type { CallFacts, ScalarKernel } from "../builtin.ts";
import {
  daysToMicros,
  narrowDays,
  pushChecked,
  pushDays,
  pushTimeOfDay,
  requireNegatable,
} from "./date-code.ts";
import { intervalPartsOverflow } from "./interval-errors.ts";
import { addDayTime, addMonthsToTimestamp, readsAsUtc, zoneOf } from "./zoned-time.ts";

/** True if a date or timestamp goes forward or back. */
export type TemporalSum = "+" | "-";

/** The suffix of the instructions that add or subtract. */
export const sumOf = (op: TemporalSum): "add" | "sub" => (op === "+" ? "add" : "sub");

/** A date and a count of days. */
export function moveDate(op: TemporalSum): ScalarKernel {
  return {
    kind: "emit",
    emit: ({ code }, args) => {
      for (const arg of args) code.get(arg);
      code.op(`i32.${sumOf(op)}`);
    },
  };
}

/** A date and an interval of whole days. */
export function moveDateByInterval(op: TemporalSum): ScalarKernel {
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

/** A date and a count of months; the last day of a month where it has no such day. */
export function moveDateByMonths(op: TemporalSum): ScalarKernel {
  return {
    kind: "emit",
    emit: (context, [date, months]) => {
      const { code } = context;
      if (date === undefined || months === undefined) return;
      if (op === "-") requireNegatable(context, months);
      code.get(date);
      if (op === "-") code.i32(0);
      code.get(months);
      if (op === "-") code.op("i32.sub");
      context.kernel("addMonths");
      narrowDays(context);
    },
  };
}

/** A timestamp and a day-time interval. */
export const moveTimestamp =
  (op: TemporalSum) =>
  (call: CallFacts): ScalarKernel => {
    const type = call.args[0]?.type ?? TIMESTAMP;
    if (!readsAsUtc(type, call)) {
      const zone = zoneOf(type, call);
      const move = (micros: bigint, interval: bigint): bigint =>
        addDayTime(micros, op === "+" ? interval : negative(interval), zone);
      return { kind: "row", prepare: () => move };
    }
    return {
      kind: "emit",
      emit: (context, [micros, interval]) => {
        if (micros === undefined || interval === undefined) return;
        if (op === "-") requireNegatable(context, interval);
        pushChecked(context, sumOf(op), micros, interval, () =>
          arithmeticOverflow("long overflow"),
        );
      },
    };
  };

function negative(interval: bigint, bits = 64): bigint {
  if (BigInt.asIntN(bits, -interval) !== -interval) throw intervalPartsOverflow();
  return -interval;
}

/** A timestamp and a count of months, at the same time of day. */
export const moveTimestampByMonths =
  (op: TemporalSum) =>
  (call: CallFacts): ScalarKernel => {
    const type = call.args[0]?.type ?? TIMESTAMP;
    if (!readsAsUtc(type, call)) {
      const zone = zoneOf(type, call);
      const move = (micros: bigint, months: number): bigint =>
        addMonthsToTimestamp(
          micros,
          op === "+" ? months : Number(negative(BigInt(months), 32)),
          zone,
        );
      return { kind: "row", prepare: () => move };
    }
    return {
      kind: "emit",
      emit: (context, [micros, months]) => {
        const { code } = context;
        if (micros === undefined || months === undefined) return;
        if (op === "-") requireNegatable(context, months);
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
