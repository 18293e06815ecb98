import { ResourcesError } from "../common/errors.ts";

const PAGE_BYTES = 65536;
/** Kernels may read or write this many bytes past the end of what was asked for. */
const SPARE_BYTES = 64;
const ALIGNMENT = 16;
const MIN_BLOCK_BYTES = 1 << 18;
/** The first bytes stay unused, so that address 0 can mean "none". */
const FIRST_ADDRESS = 1024;

interface Block {
  readonly address: number;
  readonly sizeBytes: number;
}

/**
 * The one WebAssembly memory of a worker. It hands out blocks to arenas and takes them back; it never shrinks.
 *
 * Views die when the memory grows: call `u8()` and its like in the statement that uses them, never keep one.
 */
export class LinearMemory {
  readonly memory: WebAssembly.Memory;
  readonly limitBytes: number;
  private top = FIRST_ADDRESS;
  private readonly free: Block[] = [];
  private usedBytes = 0;
  private peakUsedBytes = 0;
  private u8View: Uint8Array<ArrayBuffer>;
  private dataView: DataView<ArrayBuffer>;

  /** `limitBytes` is the task's budget: past it `arena.allocate` throws a `ResourcesError`. */
  constructor(limitBytes: number) {
    this.limitBytes = limitBytes;
    this.memory = new WebAssembly.Memory({ initial: 64, maximum: 65536 });
    this.u8View = new Uint8Array(this.memory.buffer);
    this.dataView = new DataView(this.memory.buffer);
  }

  u8(): Uint8Array<ArrayBuffer> {
    if (this.u8View.buffer !== this.memory.buffer) this.refreshViews();
    return this.u8View;
  }

  view(): DataView<ArrayBuffer> {
    if (this.dataView.buffer !== this.memory.buffer) this.refreshViews();
    return this.dataView;
  }

  bytes(address: number, sizeBytes: number): Uint8Array<ArrayBuffer> {
    return this.u8().subarray(address, address + sizeBytes);
  }

  get peakBytes(): number {
    return this.peakUsedBytes;
  }

  resetPeak(): void {
    this.peakUsedBytes = this.usedBytes;
  }

  arena(): Arena {
    return new Arena(this);
  }

  /** Asked before the limit is exceeded: whether it could free something that nobody needs now. */
  onPressure: () => boolean = () => false;

  takeBlock(atLeastBytes: number): Block {
    const block = this.tryTakeBlock(atLeastBytes);
    if (this.usedBytes <= this.limitBytes) return block;
    this.giveBack(block);
    if (this.onPressure()) return this.takeBlock(atLeastBytes);
    throw new ResourcesError({
      condition: "MEMORY_LIMIT_EXCEEDED",
      message: `A task needs more than its ${this.limitBytes} bytes of memory; give it more memory or split its input into more partitions`,
      sqlState: "53200",
      wantsLess: true,
      details: {
        limitBytes: this.limitBytes,
        wantedBytes: this.usedBytes + atLeastBytes,
      },
    });
  }

  private tryTakeBlock(atLeastBytes: number): Block {
    const found = this.bestFit(atLeastBytes);
    const block = found ?? this.growBy(Math.max(atLeastBytes, MIN_BLOCK_BYTES));
    this.usedBytes += block.sizeBytes;
    this.peakUsedBytes = Math.max(this.peakUsedBytes, Math.min(this.usedBytes, this.limitBytes));
    return block;
  }

  giveBack(block: Block): void {
    this.usedBytes -= block.sizeBytes;
    const at = this.free.findIndex((other) => other.address > block.address);
    this.free.splice(at < 0 ? this.free.length : at, 0, block);
    this.mergeFreeBlocks();
  }

  private mergeFreeBlocks(): void {
    for (let i = this.free.length - 1; i > 0; i--) {
      const low = this.free[i - 1];
      const high = this.free[i];
      if (low && high && low.address + low.sizeBytes === high.address)
        this.free.splice(i - 1, 2, {
          address: low.address,
          sizeBytes: low.sizeBytes + high.sizeBytes,
        });
    }
    const last = this.free.at(-1);
    if (last && last.address + last.sizeBytes === this.top) {
      this.top = last.address;
      this.free.pop();
    }
  }

  private bestFit(atLeastBytes: number): Block | undefined {
    let best = -1;
    for (let i = 0; i < this.free.length; i++) {
      const size = this.free[i]?.sizeBytes ?? 0;
      if (size >= atLeastBytes && (best < 0 || size < (this.free[best]?.sizeBytes ?? 0))) best = i;
    }
    if (best < 0) return undefined;
    const [block] = this.free.splice(best, 1);
    if (block === undefined) return undefined;
    const wanted = Math.max(atLeastBytes, MIN_BLOCK_BYTES);
    if (block.sizeBytes < wanted + MIN_BLOCK_BYTES) return block;
    this.free.splice(best, 0, {
      address: block.address + wanted,
      sizeBytes: block.sizeBytes - wanted,
    });
    return { address: block.address, sizeBytes: wanted };
  }

  private growBy(sizeBytes: number): Block {
    const size = Math.ceil(sizeBytes / ALIGNMENT) * ALIGNMENT;
    const end = this.top + size + SPARE_BYTES;
    const have = this.memory.buffer.byteLength;
    if (end > have) {
      const pages = Math.ceil(Math.max(end - have, have / 4) / PAGE_BYTES);
      try {
        this.memory.grow(pages);
      } catch (cause) {
        throw new ResourcesError({
          condition: "MEMORY_LIMIT_EXCEEDED",
          message: `The memory of a task cannot grow by ${sizeBytes} bytes beyond ${have}`,
          sqlState: "53200",
          wantsLess: true,
          details: { limitBytes: this.limitBytes, wantedBytes: end },
          cause,
        });
      }
    }
    const address = this.top;
    this.top += size;
    return { address, sizeBytes: size };
  }

  private refreshViews(): void {
    this.u8View = new Uint8Array(this.memory.buffer);
    this.dataView = new DataView(this.memory.buffer);
  }
}

/** Allocations that are freed as a whole. What it hands out is 16-byte aligned, has 64 spare bytes, and is not zeroed. */
export class Arena {
  readonly owner: LinearMemory;
  private readonly blocks: Block[] = [];
  private next = 0;
  private end = 0;

  constructor(owner: LinearMemory) {
    this.owner = owner;
  }

  /** Takes one block for the next `sizeBytes` of allocations, whatever others take meanwhile. */
  reserve(sizeBytes: number): void {
    const block = this.owner.takeBlock(sizeBytes);
    this.blocks.push(block);
    this.next = block.address;
    this.end = block.address + block.sizeBytes;
  }

  allocate(sizeBytes: number): number {
    const padded = Math.ceil((sizeBytes + SPARE_BYTES) / ALIGNMENT) * ALIGNMENT;
    if (this.next + padded > this.end) this.reserve(padded);
    const address = this.next;
    this.next += padded;
    return address;
  }

  /** Takes over everything that another arena of the same memory holds; that one is empty then. */
  adopt(other: Arena): void {
    this.blocks.push(...other.blocks);
    other.blocks.length = 0;
    other.next = 0;
    other.end = 0;
  }

  /** Frees everything. */
  reset(): void {
    for (const block of this.blocks) this.owner.giveBack(block);
    this.blocks.length = 0;
    this.next = 0;
    this.end = 0;
  }
}
