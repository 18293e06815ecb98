import type { Lane, Register } from "../../columnar/vector.ts";
import { assert } from "../../common/assert.ts";
import type { FunctionBuilder } from "../../wasm/function-builder.ts";
import type { MemoryOp } from "../../wasm/opcodes.ts";

const PLAIN_LOADS: Record<string, MemoryOp> = {
  "i8:i32": "i32.load8_s",
  "i16:i32": "i32.load16_s",
  "i32:i32": "i32.load",
  "i32:i64": "i64.load32_s",
  "i64:i64": "i64.load",
  "ref:i64": "i64.load",
  "f32:f32": "f32.load",
  "f64:f64": "f64.load",
  "v128:v128": "v128.load",
};

const STORES: Record<Lane, MemoryOp> = {
  i8: "i32.store8",
  i16: "i32.store16",
  i32: "i32.store",
  i64: "i64.store",
  ref: "i64.store",
  f32: "f32.store",
  f64: "f64.store",
  v128: "v128.store",
};

/** Address on the stack → the value in its register, widened where the lane is narrower. */
export function loadLane(code: FunctionBuilder, lane: Lane, register: Register, offset = 0): void {
  const plain = PLAIN_LOADS[`${lane}:${register}`];
  if (plain) {
    code.memory(plain, offset);
    return;
  }
  assert(register === "v128" && (lane === "i32" || lane === "i64"), `${lane} is no ${register}`);
  code.memory(lane === "i32" ? "i64.load32_s" : "i64.load", offset);
  signExtendTo128(code);
}

/** Address, then the value on the stack → stored. */
export function storeLane(code: FunctionBuilder, lane: Lane, offset = 0): void {
  code.memory(STORES[lane], offset);
}

/** `i64` → `v128` of the same number. */
export function signExtendTo128(code: FunctionBuilder): void {
  const low = code.local("i64");
  code.tee(low).op("i64x2.splat").get(low).i64(63n).op("i64.shr_s").replaceI64(1);
}
