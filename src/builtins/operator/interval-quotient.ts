import { type DataType, LONG } from "../../columnar/data-type.ts";
import { isInterval } from "../../columnar/type-class.ts";
import { arithmeticOverflow } from "../arithmetic-errors.ts";
import type { Argument, CallFacts, ScalarKernel, Signature } from "../builtin.ts";
import { tightestCommonType } from "../coercion.ts";
import { intervalDividedByZero } from "../datetime/interval-errors.ts";

/** `interval div interval`; null where the sides are not intervals of one family. */
export function intervalIntegralQuotient(args: readonly Argument[]): Signature | null {
  const [left, right] = args.map((argument) => argument.type) as [DataType, DataType];
  if (!isInterval(left) && !isInterval(right)) return null;
  const common = tightestCommonType(left, right, true);
  return common && { args: [common, common], type: LONG };
}

/** `div` of two intervals of one kind; null of other types. */
export function intervalIntegralQuotientKernel(call: CallFacts): ScalarKernel | null {
  const [left] = call.args;
  if (!left || !isInterval(left.type)) return null;
  return {
    kind: "row",
    prepare: () => (a: bigint | number, b: bigint | number) => {
      if (BigInt(b) === 0n) throw intervalDividedByZero();
      const quotient = BigInt(a) / BigInt(b);
      if (BigInt.asIntN(64, quotient) !== quotient)
        throw arithmeticOverflow("Overflow in integral divide", "try_divide");
      return quotient;
    },
  };
}
