import { TIMESTAMP } from "../../columnar/data-type.ts";
import { arithmeticOverflow } from "../arithmetic-errors.ts";
import type { CallFacts, ScalarKernel } from "../builtin.ts";
import { daysToMicros, pushChecked } from "./date-code.ts";
import { checkedLong, readsAsUtc, toLocalMicros, zoneOf } from "./zoned-time.ts";

/** The interval of whole days between two dates. */
export const subtractDates: ScalarKernel = {
  kind: "emit",
  emit: (context, [left, right]) => {
    const { code } = context;
    if (left) code.get(left).op("i64.extend_i32_s");
    if (right) code.get(right).op("i64.extend_i32_s");
    code.op("i64.sub");
    daysToMicros(context);
  },
};

/** The interval between two timestamps, by their local times. */
export function subtractTimestamps(call: CallFacts): ScalarKernel {
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
