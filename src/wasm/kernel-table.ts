import type { FunctionType } from "./module-builder.ts";

const type = (params: FunctionType["params"], results: FunctionType["results"]): FunctionType => ({
  params,
  results,
});

/**
 * The static kernels that emitted code may call: functions of `kernels/` (AssemblyScript), imported as `kernel.NAME`.
 * A `ref` is an i64: address in the low 32 bits, length in bytes in the high 32.
 */
export const KERNELS = {
  /** Two refs with equal bytes → 1. */
  refEquals: type(["i64", "i64"], ["i32"]),
  /** Bytes as unsigned numbers: negative, 0, positive. */
  refCompare: type(["i64", "i64"], ["i32"]),
  refHash: type(["i64"], ["i32"]),
  mul128: type(["v128", "v128"], ["v128"]),
} as const satisfies Record<string, FunctionType>;

export type KernelName = keyof typeof KERNELS;
