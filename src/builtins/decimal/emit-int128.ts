import type { FunctionBuilder, Local } from "../../wasm/function-builder.ts";
import type { EmitContext } from "../builtin.ts";

const LOW_32 = 0xffffffffn;
const LOWEST = -(1n << 63n);

/** Pushes an `i64` local as `v128`. */
export function emitWiden(code: FunctionBuilder, value: Local): void {
  code.get(value).op("i64x2.splat").get(value).i64(63n).op("i64.shr_s").replaceI64(1);
}

/** Pushes the low and the high half of a `v128` from two `i64` locals. */
export function emitPair(code: FunctionBuilder, low: Local, high: Local): void {
  code.get(low).op("i64x2.splat").get(high).replaceI64(1);
}

/** Pushes the exact product of two `i64` locals as `v128`. Factors that both fit 32 bits take one multiplication. */
export function emitMultiplyWide(code: FunctionBuilder, a: Local, b: Local): void {
  const product = code.local("i64");
  code.get(a).get(b).op("i64.mul").set(product);
  for (const factor of [a, b])
    code
      .get(factor)
      .i64(1n << 31n)
      .op("i64.add");
  code.op("i64.or").i64(32n).op("i64.shr_u").op("i64.eqz");
  code.if(
    () => emitWiden(code, product),
    () => {
      const high = code.local("i64");
      emitMultiplyHigh(code, a, b);
      code.set(high);
      emitPair(code, product, high);
    },
    "v128",
  );
}

/** Pushes the high 64 bits of the signed product. Source: Hacker's Delight, `mulhs`. */
export function emitMultiplyHigh(code: FunctionBuilder, a: Local, b: Local): void {
  const [aLow, aHigh] = emitHalves(code, a);
  const [bLow, bHigh] = emitHalves(code, b);
  const t = code.local("i64");
  const u = code.local("i64");
  code.get(aHigh).get(bLow).op("i64.mul");
  code.get(aLow).get(bLow).op("i64.mul").i64(32n).op("i64.shr_u").op("i64.add").set(t);
  code.get(aLow).get(bHigh).op("i64.mul");
  code.get(t).i64(LOW_32).op("i64.and").op("i64.add").set(u);
  code.get(aHigh).get(bHigh).op("i64.mul");
  code.get(t).i64(32n).op("i64.shr_s").op("i64.add");
  code.get(u).i64(32n).op("i64.shr_s").op("i64.add");
}

function emitHalves(code: FunctionBuilder, value: Local): readonly [Local, Local] {
  const low = code.local("i64");
  const high = code.local("i64");
  code.get(value).i64(LOW_32).op("i64.and").set(low);
  code.get(value).i64(32n).op("i64.shr_s").set(high);
  return [low, high];
}

/** Pushes the sum of two `v128` locals, wrapping. */
export function emitAddWide(code: FunctionBuilder, a: Local, b: Local): void {
  const low = code.local("i64");
  code.get(a).extractI64(0).get(b).extractI64(0).op("i64.add").tee(low).op("i64x2.splat");
  code.get(a).extractI64(1).get(b).extractI64(1).op("i64.add");
  code.get(low).get(b).extractI64(0).op("i64.lt_u").op("i64.extend_i32_u").op("i64.add");
  code.replaceI64(1);
}

/** Pushes the sum of a `v128` and an `i64` local, wrapping. */
export function emitAddNarrow(code: FunctionBuilder, a: Local, b: Local): void {
  const low = code.local("i64");
  code.get(a).extractI64(0).get(b).op("i64.add").tee(low).op("i64x2.splat");
  code.get(a).extractI64(1).get(b).i64(63n).op("i64.shr_s").op("i64.add");
  code.get(low).get(b).op("i64.lt_u").op("i64.extend_i32_u").op("i64.add");
  code.replaceI64(1);
}

/** Pushes a − b of two `v128` locals, wrapping. */
export function emitSubtractWide(code: FunctionBuilder, a: Local, b: Local): void {
  code.get(a).extractI64(0).get(b).extractI64(0).op("i64.sub").op("i64x2.splat");
  code.get(a).extractI64(1).get(b).extractI64(1).op("i64.sub");
  code.get(a).extractI64(0).get(b).extractI64(0).op("i64.lt_u").op("i64.extend_i32_u");
  code.op("i64.sub").replaceI64(1);
}

/** Pushes −a of a `v128` local. */
export function emitNegateWide(code: FunctionBuilder, a: Local): void {
  const zero = code.local("v128");
  code.v128(0n).set(zero);
  emitSubtractWide(code, zero, a);
}

/** Pushes 1 where a < b as signed 128-bit numbers. */
export function emitLessWide(code: FunctionBuilder, a: Local, b: Local): void {
  code.get(a).extractI64(0).get(b).extractI64(0).op("i64.lt_u");
  code.get(a).extractI64(1).get(b).extractI64(1).op("i64.lt_s");
  code.get(a).extractI64(1).get(b).extractI64(1).op("i64.eq");
  code.op("select");
}

/** Pushes 1 where two `v128` locals are equal. */
export function emitEqualWide(code: FunctionBuilder, a: Local, b: Local): void {
  code.get(a).get(b).op("i64x2.eq").op("i64x2.all_true");
}

/** Pushes 1 where a `v128` local is a value of 64 bits. */
export function emitFitsNarrow(code: FunctionBuilder, a: Local): void {
  code.get(a).extractI64(1).get(a).extractI64(0).i64(63n).op("i64.shr_s").op("i64.eq");
}

/** Pushes 1 where a decimal kernel told an overflow. */
export function emitIsOverflow(code: FunctionBuilder, a: Local): void {
  code.get(a).extractI64(1).i64(LOWEST).op("i64.eq");
}

/** A decimal local of either register as a `v128` local. */
export function emitAsWide(context: EmitContext, value: Local): Local {
  if (value.type === "v128") return value;
  const wide = context.code.local("v128");
  emitWiden(context.code, value);
  context.code.set(wide);
  return wide;
}
