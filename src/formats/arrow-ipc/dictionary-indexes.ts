import type { Arena } from "../../columnar/linear-memory.ts";
import type { Batch } from "../../columnar/vector.ts";
import type { ArrowKernels } from "./arrow-kernels.ts";

/** Where the values of rows lie in the dictionaries of a batch, as 32-bit numbers in memory that is used again. */
export class DictionaryIndexes {
  private readonly arena: Arena;
  private readonly kernels: ArrowKernels;
  private readonly addresses: number[] = [];
  private capacity = 0;

  constructor(arena: Arena, kernels: ArrowKernels) {
    this.arena = arena;
    this.kernels = kernels;
  }

  /** For each column with codes the address of its indexes, of the rows at `order` (address 0: the first ones). */
  of(batch: Batch, order: number, count: number): readonly number[] {
    if (count > this.capacity) {
      this.addresses.length = 0;
      this.capacity = count;
    }
    for (const [i, { codes, codeBytes }] of batch.vectors.entries()) {
      if (codes === 0) continue;
      this.addresses[i] ??= this.arena.allocate(4 * this.capacity);
      this.kernels.arrowCodes(codes, codeBytes, order, count, this.addresses[i]);
    }
    return this.addresses;
  }
}
