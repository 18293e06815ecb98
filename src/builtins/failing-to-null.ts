import type { Local } from "../wasm/function-builder.ts";
import type { EmitContext } from "./builtin.ts";

/** A context in which a failure sets an `i32` local to 1 instead, and control goes on. */
export function failingToNull(context: EmitContext, isNull: Local): EmitContext {
  const fail = (): void => {
    context.code.i32(1).set(isNull);
  };
  return {
    code: context.code,
    kernel: (name) => context.kernel(name),
    fail,
    failWith: fail,
    allocate: () => context.allocate(),
    constant: (bytes) => context.constant(bytes),
    scratch: (sizeBytes) => context.scratch(sizeBytes),
  };
}
