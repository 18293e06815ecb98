import type { Evaluated } from "../../builtins/builtin.ts";
import { type DataType, isNested, someType } from "../../columnar/data-type.ts";
import { nestedShape } from "../../columnar/nested-shape.ts";
import { isFloating } from "../../columnar/type-class.ts";
import { laneOf } from "../../columnar/vector.ts";
import type { Local } from "../../wasm/function-builder.ts";
import type { FunctionEmitter } from "../code/function-emitter.ts";

const GOLDEN = 0x9e3779b97f4a7c15n;
const SECOND = 0xd6e8feb86659fd93n;

/**
 * -0.0 becomes 0.0 and every NaN the same NaN, within nested values too, so that equal keys have equal bits; the ref of
 * a null points nowhere. Others pass as they are.
 */
export function normalizeKey(emitter: FunctionEmitter, type: DataType, key: Evaluated): Evaluated {
  if (isNested(type) && someType(type, isFloating))
    return normalizeNested(emitter, type, emptyNull(emitter, key));
  if (laneOf(type) === "ref") return emptyNull(emitter, key);
  if (key.value.type === "f32" || key.value.type === "f64")
    return normalizeFloat(emitter, key, key.value.type);
  return key;
}

/** The ref of a null points nowhere and has no bytes. */
export function emptyNull({ code }: FunctionEmitter, { value, isNull }: Evaluated): Evaluated {
  if (!isNull) return { value, isNull };
  const empty = code.local("i64");
  code.i64(0n).get(value).get(isNull).op("select").set(empty);
  return { value: empty, isNull };
}

/** Values without -0.0, which is nearly all, stay where they are. */
function normalizeNested(emitter: FunctionEmitter, type: DataType, key: Evaluated): Evaluated {
  const { code } = emitter;
  const shape = emitter.constant(nestedShape(type));
  const value = code.local("i64");
  code.get(key.value).tee(value).i32(shape);
  emitter.kernel("nestedNegativeZero");
  code.if(() => {
    code.get(value).i64(32n).op("i64.shr_u").op("i32.wrap_i64");
    emitter.allocate();
    code.get(value).i32(shape);
    emitter.kernel("nestedNormalize");
    code.set(value);
  });
  return { value, isNull: key.isNull };
}

function normalizeFloat(emitter: FunctionEmitter, key: Evaluated, type: "f32" | "f64"): Evaluated {
  const { code } = emitter;
  const value = code.local(type);
  const zero = (): unknown => (type === "f32" ? code.f32(0) : code.f64(0));
  const nan = (): unknown => (type === "f32" ? code.f32(Number.NaN) : code.f64(Number.NaN));
  code.get(key.value);
  zero();
  code.op(`${type}.add`);
  nan();
  code.get(key.value).get(key.value).op(`${type}.eq`).op("select").set(value);
  return { value, isNull: key.isNull };
}

/** Pushes the `i32` hash of normalized keys; equal keys, nulls included, have equal hashes. */
export function pushKeyHash(
  emitter: FunctionEmitter,
  keys: readonly { readonly type: DataType; readonly evaluated: Evaluated }[],
): void {
  const { code } = emitter;
  const hash = code.local("i64");
  code.i64(0n).set(hash);
  for (const { type, evaluated } of keys) {
    code.get(hash);
    pushBits(emitter, type, evaluated.value);
    if (evaluated.isNull) code.i64(-1n).get(evaluated.isNull).op("i32.eqz").op("select");
    code.op("i64.xor").i64(GOLDEN).op("i64.mul").set(hash);
    code.get(hash).get(hash).i64(32n).op("i64.shr_u").op("i64.xor").set(hash);
  }
  code.get(hash).i64(SECOND).op("i64.mul").i64(32n).op("i64.shr_u").op("i32.wrap_i64");
}

function pushBits(emitter: FunctionEmitter, type: DataType, value: Local): void {
  const { code } = emitter;
  if (laneOf(type) === "ref") {
    code.get(value);
    emitter.kernel("refHash");
    code.op("i64.extend_i32_u");
    return;
  }
  switch (value.type) {
    case "i32":
      code.get(value).op("i64.extend_i32_u");
      return;
    case "i64":
      code.get(value);
      return;
    case "f32":
      code.get(value).op("i32.reinterpret_f32").op("i64.extend_i32_u");
      return;
    case "f64":
      code.get(value).op("i64.reinterpret_f64");
      return;
    case "v128":
      code
        .get(value)
        .extractI64(0)
        .get(value)
        .extractI64(1)
        .i64(GOLDEN)
        .op("i64.mul")
        .op("i64.xor");
  }
}

/** Pushes 1 where two normalized keys are equal; two nulls are. */
export function pushKeyEquals(
  emitter: FunctionEmitter,
  type: DataType,
  a: Evaluated,
  b: Evaluated,
): void {
  const { code } = emitter;
  pushBitsEqual(emitter, type, a.value, b.value);
  if (!a.isNull && !b.isNull) return;
  const either = code.local("i32");
  const push = (n: Local | null): unknown => (n ? code.get(n) : code.i32(0));
  const equal = code.local("i32");
  code.set(equal);
  push(a.isNull);
  push(b.isNull);
  code.op("i32.or").set(either);
  push(a.isNull);
  push(b.isNull);
  code.op("i32.and").get(equal).get(either).op("select");
}

function pushBitsEqual(emitter: FunctionEmitter, type: DataType, a: Local, b: Local): void {
  const { code } = emitter;
  if (laneOf(type) === "ref") {
    code.get(a).get(b);
    emitter.kernel("refEquals");
    return;
  }
  switch (a.type) {
    case "i32":
      code.get(a).get(b).op("i32.eq");
      return;
    case "i64":
      code.get(a).get(b).op("i64.eq");
      return;
    case "f32":
      code.get(a).op("i32.reinterpret_f32").get(b).op("i32.reinterpret_f32").op("i32.eq");
      return;
    case "f64":
      code.get(a).op("i64.reinterpret_f64").get(b).op("i64.reinterpret_f64").op("i64.eq");
      return;
    case "v128":
      code.get(a).get(b).op("i64x2.eq").op("i64x2.all_true");
  }
}
