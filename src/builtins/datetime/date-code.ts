import { MICROS_PER_DAY } from "../../columnar/datetime/calendar.ts";
import type { Local } from "../../wasm/function-builder.ts";
import { arithmeticOverflow } from "../arithmetic-errors.ts";
import type { EmitContext } from "../builtin.ts";
import { intervalPartsOverflow } from "./interval-errors.ts";

const LAST_DAY = 106_751_991;

/** Pushes the days (`i32`) of a UTC or local time in microseconds. */
export function pushDays(context: EmitContext, micros: Local): void {
  context.code.get(micros).i64(MICROS_PER_DAY);
  context.kernel("floorDivide");
  context.code.op("i32.wrap_i64");
}

/** Pushes the microseconds (`i64`) since local midnight. */
export function pushTimeOfDay(context: EmitContext, micros: Local): void {
  const { code } = context;
  code.get(micros).get(micros).i64(MICROS_PER_DAY);
  context.kernel("floorDivide");
  code.i64(MICROS_PER_DAY).op("i64.mul").op("i64.sub");
}

/** Takes an `i64` from the stack and pushes it as an `i32`. Fails with `ARITHMETIC_OVERFLOW`. */
export function narrowDays(context: EmitContext): void {
  const { code } = context;
  const wide = code.local("i64");
  code.tee(wide).get(wide).op("i64.extend32_s").op("i64.ne");
  code.if(() => context.fail(() => arithmeticOverflow("overflow")));
  code.get(wide).op("i32.wrap_i64");
}

/** Takes days (`i64`) from the stack and pushes their first microsecond. Fails with `ARITHMETIC_OVERFLOW`. */
export function daysToMicros(context: EmitContext): void {
  const { code } = context;
  const days = code.local("i64");
  code
    .tee(days)
    .i64(BigInt(LAST_DAY))
    .op("i64.add")
    .i64(BigInt(2 * LAST_DAY))
    .op("i64.gt_u");
  code.if(() => context.fail(() => arithmeticOverflow("long overflow")));
  code.get(days).i64(MICROS_PER_DAY).op("i64.mul");
}

/** Fails where an interval has no negative. */
export function requireNegatable(context: EmitContext, interval: Local): void {
  const { code } = context;
  if (interval.type === "i64")
    code
      .get(interval)
      .i64(-(1n << 63n))
      .op("i64.eq");
  else
    code
      .get(interval)
      .i32(-(2 ** 31))
      .op("i32.eq");
  code.if(() => context.fail(intervalPartsOverflow));
}

/** Pushes `left op right`, both `i32` or both `i64`. Fails with the error where it overflows. */
export function pushChecked(
  context: EmitContext,
  op: "add" | "sub",
  left: Local,
  right: Local,
  makeError: () => Error,
): void {
  const { code } = context;
  const type = left.type === "i64" ? "i64" : "i32";
  const result = code.local(type);
  code.get(left).get(right).op(`${type}.${op}`).set(result);
  code.get(left).get(result).op(`${type}.xor`);
  if (op === "add") code.get(right).get(result).op(`${type}.xor`);
  else code.get(left).get(right).op(`${type}.xor`);
  code.op(`${type}.and`);
  if (type === "i64") code.i64(0n).op("i64.lt_s");
  else code.i32(0).op("i32.lt_s");
  code.if(() => context.fail(makeError));
  code.get(result);
}
