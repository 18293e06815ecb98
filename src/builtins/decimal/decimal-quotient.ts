import type { Local } from "../../wasm/function-builder.ts";
import type { CallFacts, EmitContext } from "../builtin.ts";
import { decimalOperands, emitCheckedResult } from "./decimal-call.ts";
import { divideHalfUp, powerOf10 } from "./decimal-rounding.ts";
import { emitAsWide } from "./emit-int128.ts";

/** Pushes a / b of decimals in the call's type, rounded half up. b is not 0. */
export function emitDecimalQuotient(
  context: EmitContext,
  a: Local,
  b: Local,
  call: CallFacts,
  isNull: Local | null,
): void {
  const { left, right, result } = decimalOperands(call);
  const { code } = context;
  const up = result.scale - left.scale + right.scale;
  if (left.precision + up <= 18 && right.precision <= 18 && result.precision <= 18) {
    emitNarrowQuotient(context, a, b, up);
    return;
  }
  const quotient = code.local("v128");
  const first = emitAsWide(context, a);
  const second = emitAsWide(context, b);
  code.get(first).get(second).i32(up).i32(result.precision);
  context.kernel("decimalDivide");
  code.set(quotient);
  emitCheckedResult(context, quotient, [a, b], call, isNull, (x, y) => ({
    unscaled: divideHalfUp(x * powerOf10(up), y),
    scale: result.scale,
  }));
}

function emitNarrowQuotient(context: EmitContext, a: Local, b: Local, up: number): void {
  const { code } = context;
  const dividend = code.local("i64");
  code.get(a).i64(powerOf10(up)).op("i64.mul").set(dividend);
  emitDivideHalfUp(context, dividend, b);
}

/** Pushes a / b of `i64` locals rounded half up; twice the divisor must not overflow. */
export function emitDivideHalfUp(context: EmitContext, a: Local, b: Local): void {
  const { code } = context;
  const rest = code.local("i64");
  const magnitude = (value: Local): void => {
    code.get(value).i64(0n).get(value).op("i64.sub").get(value).i64(0n).op("i64.ge_s").op("select");
  };
  code.get(a).get(b).op("i64.div_s");
  code.get(a).get(b).op("i64.rem_s").set(rest);
  // Adds the sign of the quotient, 1 or −1, where twice the rest reaches the divisor.
  code.get(a).get(b).op("i64.xor").i64(63n).op("i64.shr_s").i64(1n).op("i64.or");
  code.i64(0n);
  magnitude(rest);
  code.i64(1n).op("i64.shl");
  magnitude(b);
  code.op("i64.ge_u").op("select").op("i64.add");
}
