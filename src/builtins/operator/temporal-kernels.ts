import type { DataType } from "../../columnar/data-type.ts";
import { arithmeticOverflow } from "../arithmetic-errors.ts";
import type { CallFacts, ScalarKernel } from "../builtin.ts";
import { addMonths, floorDiv, floorMod, MICROS_PER_DAY } from "../datetime/calendar.ts";
import { localToUtcMicros, zoneOffsetMicros } from "../datetime/time-zone.ts";
import { emitLongOverflow } from "./integer-arithmetic.ts";
import { intervalOverflow } from "./interval-errors.ts";

/** Which argument is the date or timestamp, and which the other. */
type Order = readonly [number, number];
type Sign = 1 | -1;

const inOrder = <T>(args: readonly T[], order: Order): readonly [T, T] =>
  order.map((i) => args[i]) as unknown as readonly [T, T];

export function isUtc(call: CallFacts): boolean {
  return call.timeZone === "UTC" || call.args.some((a) => a.type.kind === "timestamp_ntz");
}

/** Interval plus or minus interval, an error on overflow. */
export function intervalSum(operator: "+" | "-", type: DataType): ScalarKernel {
  const instruction = operator === "+" ? "i64.add" : "i64.sub";
  if (type.kind === "year_month_interval")
    return {
      kind: "emit",
      emit: (context, [a, b]) => {
        if (!a || !b) return;
        const sum = context.code.local("i64");
        const { code } = context;
        code.get(a).op("i64.extend_i32_s").get(b).op("i64.extend_i32_s").op(instruction).tee(sum);
        code
          .get(sum)
          .op("i64.extend32_s")
          .op("i64.ne")
          .if(() => context.fail(intervalOverflow));
        code.get(sum).op("i32.wrap_i64");
      },
    };
  return {
    kind: "emit",
    emit: (context, [a, b]) => {
      if (!a || !b) return;
      const sum = context.code.local("i64");
      context.code.get(a).get(b).op(instruction).set(sum);
      emitLongOverflow(context, operator, a, b, sum);
      context.code.if(() => context.fail(intervalOverflow)).get(sum);
    },
  };
}

export const dateDifference: ScalarKernel = {
  kind: "emit",
  emit: ({ code }, [a, b]) => {
    if (!a || !b) return;
    code.get(a).op("i64.extend_i32_s").get(b).op("i64.extend_i32_s").op("i64.sub");
    code.i64(MICROS_PER_DAY).op("i64.mul");
  },
};

/** Spark takes the difference of local times, so that a day is a day across a change of clocks. */
export function timestampDifference(call: CallFacts): ScalarKernel {
  if (!isUtc(call))
    return {
      kind: "row",
      prepare:
        ({ timeZone }) =>
        (a: bigint, b: bigint) =>
          a + zoneOffsetMicros(timeZone, a) - b - zoneOffsetMicros(timeZone, b),
    };
  return {
    kind: "emit",
    emit: ({ code }, [a, b]) => {
      if (a && b) code.get(a).get(b).op("i64.sub");
    },
  };
}

export function datePlusDays(order: Order, sign: Sign): ScalarKernel {
  return {
    kind: "emit",
    emit: ({ code }, args) => {
      const [date, days] = inOrder(args, order);
      code
        .get(date)
        .get(days)
        .op(sign > 0 ? "i32.add" : "i32.sub");
    },
  };
}

export function datePlusDayInterval(order: Order, sign: Sign): ScalarKernel {
  return {
    kind: "emit",
    emit: ({ code }, args) => {
      const [date, interval] = inOrder(args, order);
      code.get(date).get(interval).i64(MICROS_PER_DAY).op("i64.div_s").op("i32.wrap_i64");
      code.op(sign > 0 ? "i32.add" : "i32.sub");
    },
  };
}

export function datePlusMonths(order: Order, sign: Sign): ScalarKernel {
  return {
    kind: "row",
    prepare:
      () =>
      (...args: number[]) => {
        const [date, months] = inOrder(args, order);
        return addMonths(date, sign * months);
      },
  };
}

export function timestampPlusMonths(call: CallFacts, order: Order, sign: Sign): ScalarKernel {
  const zone = isUtc(call) ? "UTC" : call.timeZone;
  return {
    kind: "row",
    prepare:
      () =>
      (...args: (bigint | number)[]) => {
        const [timestamp, months] = inOrder(args, order) as [bigint, number];
        const local = timestamp + zoneOffsetMicros(zone, timestamp);
        const days = addMonths(Number(floorDiv(local, MICROS_PER_DAY)), sign * months);
        const moved = BigInt(days) * MICROS_PER_DAY + floorMod(local, MICROS_PER_DAY);
        return checkedTimestamp(localToUtcMicros(zone, moved));
      },
  };
}

/** Whole days of the interval are days of the calendar, the rest is time. */
export function timestampPlusMicros(call: CallFacts, order: Order, sign: Sign): ScalarKernel {
  if (isUtc(call)) return utcPlusMicros(order, sign);
  const { timeZone } = call;
  return {
    kind: "row",
    prepare:
      () =>
      (...args: bigint[]) => {
        const [timestamp, interval] = inOrder(args, order);
        const change = BigInt(sign) * interval;
        const days = change / MICROS_PER_DAY;
        const local = timestamp + zoneOffsetMicros(timeZone, timestamp) + days * MICROS_PER_DAY;
        const moved = localToUtcMicros(timeZone, local);
        return checkedTimestamp(moved + change - days * MICROS_PER_DAY);
      },
  };
}

function utcPlusMicros(order: Order, sign: Sign): ScalarKernel {
  return {
    kind: "emit",
    emit: (context, args) => {
      const [timestamp, interval] = inOrder(args, order);
      const { code } = context;
      const moved = code.local("i64");
      code
        .get(timestamp)
        .get(interval)
        .op(sign > 0 ? "i64.add" : "i64.sub")
        .set(moved);
      emitLongOverflow(context, sign > 0 ? "+" : "-", timestamp, interval, moved);
      code.if(() => context.fail(() => arithmeticOverflow("long overflow"))).get(moved);
    },
  };
}

function checkedTimestamp(micros: bigint): bigint {
  if (BigInt.asIntN(64, micros) !== micros) throw arithmeticOverflow("long overflow");
  return micros;
}
