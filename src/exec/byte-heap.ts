import type { Arena, LinearMemory } from "../columnar/linear-memory.ts";

const CHUNK_BYTES = 1 << 18;
const CONTROL_BYTES = 8;

/** A run of bytes that a heap has given out, without gaps. */
export interface HeapRun {
  readonly start: number;
  readonly end: number;
}

/**
 * Bytes given out one after the other and freed all at once.
 *
 * Emitted code takes from the chunk between the two addresses at `control` (`u32` next, `u32` end) and calls
 * `refill` where that is too small.
 */
export class ByteHeap {
  readonly control: number;
  private readonly memory: LinearMemory;
  private readonly arena: Arena;
  private chunkStart = 0;
  private readonly fullRuns: HeapRun[] = [];

  /** `permanent` gives the control block and outlives the heap. */
  constructor(memory: LinearMemory, permanent: Arena) {
    this.memory = memory;
    this.control = permanent.allocate(CONTROL_BYTES);
    this.arena = memory.arena();
    this.reset();
  }

  /** An address 8-byte aligned; for JavaScript that makes bytes beside emitted code. */
  allocate(sizeBytes: number): number {
    const view = this.memory.view();
    const next = view.getUint32(this.control, true);
    const after = next + ((sizeBytes + 7) & ~7);
    if (after > view.getUint32(this.control + 4, true)) return this.refill(sizeBytes);
    view.setUint32(this.control, after, true);
    return next;
  }

  refill(sizeBytes: number): number {
    this.closeChunk();
    const padded = (sizeBytes + 7) & ~7;
    const chunkBytes = Math.max(CHUNK_BYTES, padded);
    const address = this.arena.allocate(chunkBytes);
    this.chunkStart = address;
    this.setControl(address + padded, address + chunkBytes);
    return address;
  }

  /** What was given out, in order. */
  runs(): readonly HeapRun[] {
    const end = this.memory.view().getUint32(this.control, true);
    return end > this.chunkStart
      ? [...this.fullRuns, { start: this.chunkStart, end }]
      : [...this.fullRuns];
  }

  /** All bytes given out so far are gone. */
  reset(): void {
    this.arena.reset();
    this.fullRuns.length = 0;
    this.chunkStart = 0;
    this.setControl(0, 0);
  }

  private closeChunk(): void {
    const end = this.memory.view().getUint32(this.control, true);
    if (end > this.chunkStart) this.fullRuns.push({ start: this.chunkStart, end });
  }

  private setControl(next: number, end: number): void {
    const view = this.memory.view();
    view.setUint32(this.control, next, true);
    view.setUint32(this.control + 4, end, true);
  }
}
