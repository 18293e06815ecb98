import type { DataType } from "../../columnar/data-type.ts";
import type { Argument, CallFacts, ScalarKernel, Signature } from "../builtin.ts";
import { type TemporalOperation, temporalArithmetic } from "../datetime/temporal-arithmetic.ts";

type Operator = "+" | "-" | "*" | "/";

function operation(
  operator: Operator,
  args: readonly { readonly type: DataType }[],
): TemporalOperation | null {
  const [left, right] = args;
  return left && right ? temporalArithmetic(operator, left.type, right.type) : null;
}

/** The signature of an operator on dates, timestamps and intervals; null where it is no such operation. */
export function temporalSignature(operator: Operator, args: readonly Argument[]): Signature | null {
  return operation(operator, args)?.signature ?? null;
}

/** The kernel that goes with `temporalSignature`. */
export function temporalKernel(operator: Operator, call: CallFacts): ScalarKernel | null {
  const found = operation(operator, call.args);
  if (!found) return null;
  return typeof found.kernel === "function" ? found.kernel(call) : found.kernel;
}
