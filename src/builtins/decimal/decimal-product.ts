import type { Local } from "../../wasm/function-builder.ts";
import type { CallFacts, EmitContext } from "../builtin.ts";
import { decimalOperands, emitCheckedResult } from "./decimal-call.ts";
import { emitAsWide, emitFitsNarrow, emitMultiplyWide } from "./emit-int128.ts";

/** Pushes a · b of decimals in the call's type, exact or rounded half up where the type has fewer digits. */
export function emitDecimalProduct(
  context: EmitContext,
  a: Local,
  b: Local,
  call: CallFacts,
  isNull: Local | null,
): void {
  const { left, right, result } = decimalOperands(call);
  const { code } = context;
  if (result.precision <= 18) {
    code.get(a).get(b).op("i64.mul");
    return;
  }
  const drop = left.scale + right.scale - result.scale;
  if (drop === 0 && a.type === "i64" && b.type === "i64") {
    emitMultiplyWide(code, a, b);
    return;
  }
  const product = code.local("v128");
  if (drop === 0) emitMostlyNarrow(context, a, b, result.precision);
  else emitKernel(context, a, b, drop, result.precision);
  code.set(product);
  emitCheckedResult(context, product, [a, b], call, isNull, (x, y) => ({
    unscaled: x * y,
    scale: left.scale + right.scale,
  }));
}

/** Long decimals mostly hold values of 64 bits: their product cannot overflow and needs no kernel. */
function emitMostlyNarrow(context: EmitContext, a: Local, b: Local, precision: number): void {
  const { code } = context;
  const wide = [a, b].filter((operand) => operand.type === "v128");
  wide.forEach((operand, i) => {
    emitFitsNarrow(code, operand);
    if (i > 0) code.op("i32.and");
  });
  code.if(
    () => emitMultiplyWide(code, emitLowHalf(context, a), emitLowHalf(context, b)),
    () => emitKernel(context, a, b, 0, precision),
    "v128",
  );
}

function emitLowHalf(context: EmitContext, value: Local): Local {
  if (value.type === "i64") return value;
  const low = context.code.local("i64");
  context.code.get(value).extractI64(0).set(low);
  return low;
}

function emitKernel(
  context: EmitContext,
  a: Local,
  b: Local,
  drop: number,
  precision: number,
): void {
  const { code } = context;
  const first = emitAsWide(context, a);
  const second = emitAsWide(context, b);
  code.get(first).get(second).i32(drop).i32(precision);
  context.kernel("decimalMultiply");
}
