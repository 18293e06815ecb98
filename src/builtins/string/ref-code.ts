import type { FunctionBuilder, Local } from "../../wasm/function-builder.ts";
import type { EmitContext } from "../builtin.ts";

/** Pushes the number of bytes of a `ref` as an `i32`. */
export function pushLength(code: FunctionBuilder, ref: Local): FunctionBuilder {
  return code.get(ref).i64(32n).op("i64.shr_u").op("i32.wrap_i64");
}

/** Makes a `ref` of an `i32` address and an `i32` length, both in locals, and pushes it. */
export function pushRef(code: FunctionBuilder, address: Local, length: Local): FunctionBuilder {
  return code
    .get(length)
    .op("i64.extend_i32_u")
    .i64(32n)
    .op("i64.shl")
    .get(address)
    .op("i64.extend_i32_u")
    .op("i64.or");
}

/** Pushes a text: itself where it is UTF-8, else a copy with U+FFFD as `readableText` or `repairedText` has it. */
export function pushReadable(context: EmitContext, text: Local, like: "java" | "standard"): void {
  const { code } = context;
  code.get(text);
  context.kernel("stringIsWellFormed");
  code.if(
    () => code.get(text),
    () => {
      code.get(text);
      pushLength(code, text).i32(3).op("i32.mul");
      context.allocate();
      code.i32(like === "java" ? 1 : 0);
      context.kernel("stringRepair");
    },
    "i64",
  );
}

/** Pushes the `ref` of constant bytes. */
export function pushConstant(context: EmitContext, bytes: Uint8Array): void {
  context.code.i64((BigInt(bytes.length) << 32n) | BigInt(context.constant(bytes)));
}
