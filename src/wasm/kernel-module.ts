import { readFileSync } from "node:fs";
import { InternalError } from "../common/errors.ts";
import type { DecoderKernels } from "./decoder-kernels.ts";

/** Bytes of constant tables that the kernels want at the address given to `instantiateKernels`. */
export const KERNEL_TABLE_BYTES = 16384;

/** The static kernels over one memory. Those that take or give a `v128` can be called from generated code only. */
export interface KernelExports extends Record<string, WebAssembly.ImportValue>, DecoderKernels {
  refEquals(a: bigint, b: bigint): number;
  refCompare(a: bigint, b: bigint): number;
  refHash(ref: bigint): number;
}

let compiled: WebAssembly.Module | undefined;

/** The module of all static kernels, compiled once a process. */
export function kernelModule(): WebAssembly.Module {
  compiled ??= new WebAssembly.Module(readKernels());
  return compiled;
}

/** `tables`: the address of `KERNEL_TABLE_BYTES` bytes that stay the kernels' own as long as they are used. */
export function instantiateKernels(memory: WebAssembly.Memory, tables: number): KernelExports {
  const abort = (): never => {
    throw new InternalError({
      condition: "INTERNAL_ERROR",
      message: "A kernel gave up",
      sqlState: "XX000",
    });
  };
  const instance = new WebAssembly.Instance(kernelModule(), { env: { memory, abort } });
  const kernels = instance.exports as KernelExports;
  kernels.initDecoder(tables);
  return kernels;
}

function readKernels(): Uint8Array<ArrayBuffer> {
  const file = new URL("./kernels.wasm", import.meta.url);
  try {
    return new Uint8Array(readFileSync(file));
  } catch (cause) {
    throw new InternalError({
      condition: "KERNELS_NOT_BUILT",
      message: `${file.pathname} is missing; run \`npm run build:kernels\``,
      sqlState: "XX000",
      cause,
    });
  }
}
