import type { DataError } from "../../common/errors.ts";
import { divideByZero } from "../arithmetic-errors.ts";
import type { CallFacts, ScalarKernel } from "../builtin.ts";
import { decimalOf } from "../decimal/decimal-call.ts";
import { emitAtScale } from "../decimal/decimal-sum.ts";
import { emitDivision } from "./zero-divisor.ts";

/** A division of decimals that both fit 18 digits at their common scale; null where they do not. */
export function narrowDivisionKernel(
  call: CallFacts,
  instruction: "i64.div_s" | "i64.rem_s",
  zeroDivisor: () => DataError = divideByZero,
): ScalarKernel | null {
  const [left, right] = call.args.map((argument) => decimalOf(argument.type));
  if (!left || !right) return null;
  const scale = Math.max(left.scale, right.scale);
  if ([left, right].some((type) => type.precision + scale - type.scale > 18)) return null;
  return {
    kind: "emit",
    emit: (context, [a, b], facts, isNull) => {
      if (!a || !b) return;
      const write = (): void => {
        const dividend = emitAtScale(context, a, left, scale);
        const divisor = emitAtScale(context, b, right, scale);
        context.code.get(dividend).get(divisor).op(instruction);
      };
      emitDivision(context, b, "i64", facts.ansi, isNull, write, zeroDivisor);
    },
  };
}
