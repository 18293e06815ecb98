import type { KernelExports } from "../../wasm/kernel-module.ts";

/** The kernels of `kernels/arrow.ts`; all arguments are addresses and counts. */
export interface ArrowKernels {
  arrowPartitionOrder(
    partitionOf: number,
    rows: number,
    partitions: number,
    starts: number,
    order: number,
  ): void;
  arrowCodes(codes: number, codeBytes: number, order: number, count: number, index: number): void;
  arrowGather(
    values: number,
    from: number,
    index: number,
    count: number,
    out: number,
    to: number,
  ): void;
  arrowGatherValidity(validity: number, order: number, count: number, out: number): void;
  arrowStringBytes(
    refs: number,
    index: number,
    validity: number,
    order: number,
    count: number,
  ): number;
  arrowCopyStrings(
    refs: number,
    index: number,
    validity: number,
    order: number,
    count: number,
    offsets: number,
    bytes: number,
  ): void;
  arrowPackBits(bytes: number, count: number, bits: number): void;
  arrowUnpackBits(bits: number, count: number, bytes: number): void;
  arrowCountNulls(validity: number, count: number): number;
  arrowRefs(offsets: number, count: number, base: number, limit: number, refs: number): number;
}

/** The kernels that arrange bodies of record batches. */
export const arrowKernels = (kernels: KernelExports): ArrowKernels =>
  kernels as unknown as ArrowKernels;
