import type { DataType } from "../../columnar/data-type.ts";
import type { Arena, LinearMemory } from "../../columnar/linear-memory.ts";
import { LANE_BYTES, type Vector } from "../../columnar/vector.ts";
import { ResourcesError } from "../../common/errors.ts";
import type { ArrowKernels } from "./arrow-kernels.ts";
import { type ArrowStorage, arrowStorageOf } from "./arrow-storage.ts";

const FIRST_ROWS = 256;
const MAX_STRING_BYTES = 2 ** 31 - 1;

/** Bytes in the linear memory. */
export interface MemoryRange {
  readonly address: number;
  readonly sizeBytes: number;
}

/** Gathers the values of one column, in Arrow's layout except that bits are still bytes. */
export class ColumnBuilder {
  readonly storage: ArrowStorage;
  private readonly arena: Arena;
  private readonly memory: LinearMemory;
  private readonly kernels: ArrowKernels;
  private capacity = 0;
  private values = 0;
  private validity = 0;
  private text = 0;
  private textCapacity = 0;
  private hasValidity = false;
  private rows = 0;

  constructor(type: DataType, arena: Arena, kernels: ArrowKernels) {
    this.storage = arrowStorageOf(type);
    this.arena = arena;
    this.memory = arena.owner;
    this.kernels = kernels;
  }

  /**
   * Adds `count` rows of a vector: those whose numbers are at `order`, or the first ones (address 0). `index` is where
   * the rows' values lie in the vector: equal to `order` unless the vector has codes.
   */
  append(vector: Vector, order: number, index: number, count: number): void {
    this.reserve(this.rows + count);
    this.appendValidity(vector.validity, order, count);
    if (this.storage.kind === "strings") this.appendStrings(vector, order, index, count);
    else if (this.storage.kind !== "none") {
      const to = this.shift;
      const from = Math.log2(LANE_BYTES[vector.lane]);
      const out = this.values + (this.rows << to);
      this.kernels.arrowGather(vector.values, from, index, count, out, to);
    }
    this.rows += count;
  }

  clear(): void {
    this.rows = 0;
    this.hasValidity = false;
  }

  /** A byte a row, or null where no row is null. */
  validityBytes(): MemoryRange | null {
    return this.hasValidity ? { address: this.validity, sizeBytes: this.rows } : null;
  }

  /** Values; or for strings, offsets. */
  fixedBytes(): MemoryRange {
    const count = this.storage.kind === "strings" ? this.rows + 1 : this.rows;
    return { address: this.values, sizeBytes: count << this.shift };
  }

  textBytes(): MemoryRange {
    return { address: this.text, sizeBytes: this.textSize };
  }

  private get shift(): number {
    if (this.storage.kind === "fixed") return this.storage.shift;
    return this.storage.kind === "strings" ? 2 : 0;
  }

  private get textSize(): number {
    return this.memory.view().getUint32(this.values + 4 * this.rows, true);
  }

  private appendValidity(from: number, order: number, count: number): void {
    if (from === 0 && !this.hasValidity) return;
    if (this.validity === 0) this.validity = this.arena.allocate(this.capacity);
    if (!this.hasValidity) this.memory.bytes(this.validity, this.rows).fill(1);
    this.hasValidity = true;
    const out = this.validity + this.rows;
    if (from === 0) this.memory.bytes(out, count).fill(1);
    else this.kernels.arrowGatherValidity(from, order, count, out);
  }

  private appendStrings(vector: Vector, order: number, index: number, count: number): void {
    const { values, validity } = vector;
    const adds = this.kernels.arrowStringBytes(values, index, validity, order, count);
    if (this.rows === 0) this.memory.view().setUint32(this.values, 0, true);
    this.reserveText(this.textSize + adds);
    const offsets = this.values + 4 * this.rows;
    this.kernels.arrowCopyStrings(values, index, validity, order, count, offsets, this.text);
  }

  private reserve(rows: number): void {
    if (rows <= this.capacity) return;
    const capacity = Math.max(FIRST_ROWS, rows, this.capacity * 2);
    this.values = this.grown(this.values, this.capacity + 1, capacity + 1, this.shift);
    if (this.validity !== 0) this.validity = this.grown(this.validity, this.capacity, capacity, 0);
    this.capacity = capacity;
  }

  private reserveText(sizeBytes: number): void {
    if (sizeBytes <= this.textCapacity) return;
    if (sizeBytes > MAX_STRING_BYTES)
      throw new ResourcesError({
        condition: "BATCH_TOO_LARGE",
        message: `One batch of a column has ${sizeBytes} bytes of text; at most ${MAX_STRING_BYTES} fit`,
        sqlState: "54000",
        details: { sizeBytes },
      });
    const capacity = Math.max(this.capacity * 8, sizeBytes, this.textCapacity * 2);
    this.text = this.grown(this.text, this.textCapacity, capacity, 0);
    this.textCapacity = capacity;
  }

  private grown(from: number, have: number, want: number, shift: number): number {
    const to = this.arena.allocate(want << shift);
    if (from !== 0) this.memory.u8().copyWithin(to, from, from + (have << shift));
    return to;
  }
}
