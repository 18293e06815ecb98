import type { Arena } from "../../columnar/linear-memory.ts";
import { present } from "../../common/assert.ts";
import type { Local } from "../../wasm/function-builder.ts";
import { ByteHeap, type HeapRun } from "../byte-heap.ts";
import type { FunctionEmitter } from "../code/function-emitter.ts";
import type { WorkerRuntime } from "../worker-runtime.ts";
import type { TupleField, TupleLayout } from "./tuple-layout.ts";

/** `u32` hash, `u32` next in the chain, then one byte that is 1 where the tuple has met its match. */
export const JOIN_HEADER_BYTES = 9;
export const JOIN_OFFSETS = { hash: 0, next: 4, matched: 8 } as const;

/** Keys in a range of at most this many times their number get a bucket each. */
const DIRECT_SPARSENESS = 8;
const MIN_BUCKETS = 1024;

type Kernel = (...args: (number | bigint)[]) => number;

/** A bitmap of the keys that are there is made where it takes at most this many bits a key, and in all. */
const BITMAP_SPARSENESS = 256;
const MAX_BITMAP_BITS = 1 << 28;

/** The keys from `least` to `greatest` that are there, a bit each. */
export interface KeyBitmap {
  readonly address: number;
  readonly least: bigint;
  readonly greatest: bigint;
}

/** How a probe finds its bucket. Keys that a bitmap knows not to be there need not be hashed. */
export type JoinLookup =
  | { readonly kind: "hash"; readonly mask: number; readonly keys: KeyBitmap | null }
  | { readonly kind: "direct"; readonly least: bigint; readonly greatest: bigint };

/** The rows of a join's build side as tuples, and the buckets that lead to them. */
export class JoinTable {
  readonly layout: TupleLayout;
  /** The one integer key, where the join has just that. */
  readonly integerKey: TupleField | null;
  readonly tuples: ByteHeap;
  readonly bytes: ByteHeap;
  buckets = 0;
  lookup: JoinLookup = { kind: "hash", mask: 0, keys: null };
  /** No two tuples have the same key. */
  unique = false;
  rows = 0;
  private readonly runtime: WorkerRuntime;
  private readonly bucketArena: Arena;

  constructor(
    runtime: WorkerRuntime,
    arena: Arena,
    layout: TupleLayout,
    integerKey: TupleField | null,
  ) {
    this.runtime = runtime;
    this.layout = layout;
    this.integerKey = integerKey;
    this.tuples = new ByteHeap(runtime.memory, arena);
    this.bytes = new ByteHeap(runtime.memory, arena);
    this.bucketArena = runtime.memory.arena();
  }

  runs(): readonly HeapRun[] {
    return this.tuples.runs();
  }

  /** Pushes the address of a fresh tuple, all of it to be written. */
  emitTuple(emitter: FunctionEmitter, pointer: Local): void {
    emitter.code
      .i32(this.layout.sizeBytes)
      .call(emitter.module.allocator(this.tuples))
      .set(pointer);
    emitter.code.get(pointer).i32(0).memory("i32.store8", JOIN_OFFSETS.matched);
  }

  /** Makes the buckets: after the last tuple, before the first probe. */
  link(): void {
    const runs = this.runs();
    this.rows = runs.reduce((sum, run) => sum + (run.end - run.start) / this.layout.sizeBytes, 0);
    const range = this.keyRange(runs);
    const width = range ? range.greatest - range.least : 0n;
    if (range && width <= BigInt(this.rows * DIRECT_SPARSENESS + MIN_BUCKETS))
      this.linkDirect(runs, range);
    else {
      const isDense =
        range && width <= BigInt(Math.min(this.rows * BITMAP_SPARSENESS, MAX_BITMAP_BITS));
      this.linkByHash(runs, isDense ? this.bitmapOf(runs, range) : null);
    }
  }

  free(): void {
    this.tuples.reset();
    this.bytes.reset();
    this.bucketArena.reset();
  }

  private keyRange(runs: readonly HeapRun[]): { least: bigint; greatest: bigint } | null {
    const key = this.integerKey;
    if (!key || this.rows === 0) return null;
    const out = this.bucketArena.allocate(16);
    const view = this.runtime.memory.view();
    view.setBigInt64(out, 2n ** 63n - 1n, true);
    view.setBigInt64(out + 8, -(2n ** 63n), true);
    const range = this.kernel("keyRange");
    const wide = key.lane === "i64" ? 1 : 0;
    for (const run of runs) range(run.start, run.end, this.layout.sizeBytes, key.offset, wide, out);
    const least = this.runtime.memory.view().getBigInt64(out, true);
    const greatest = this.runtime.memory.view().getBigInt64(out + 8, true);
    return { least, greatest };
  }

  private bitmapOf(
    runs: readonly HeapRun[],
    { least, greatest }: { readonly least: bigint; readonly greatest: bigint },
  ): KeyBitmap {
    const key = present(this.integerKey, "integer key");
    const bytes = (Number(greatest - least) >> 3) + 1;
    const address = this.bucketArena.allocate(bytes);
    this.runtime.memory.u8().fill(0, address, address + bytes);
    const mark = this.kernel("markKeys");
    const wide = key.lane === "i64" ? 1 : 0;
    for (const run of runs)
      mark(run.start, run.end, this.layout.sizeBytes, key.offset, wide, least, address);
    return { address, least, greatest };
  }

  private linkDirect(
    runs: readonly HeapRun[],
    range: { readonly least: bigint; readonly greatest: bigint },
  ): void {
    const key = present(this.integerKey, "integer key");
    this.makeBuckets(Number(range.greatest - range.least) + 1);
    const link = this.kernel("linkDirect");
    const wide = key.lane === "i64" ? 1 : 0;
    let same = 0;
    for (const run of runs)
      same += link(
        run.start,
        run.end,
        this.layout.sizeBytes,
        key.offset,
        wide,
        range.least,
        this.buckets,
      );
    this.unique = same === 0;
    this.lookup = { kind: "direct", ...range };
  }

  private linkByHash(runs: readonly HeapRun[], keys: KeyBitmap | null): void {
    let places = MIN_BUCKETS;
    while (places < this.rows * 2) places *= 2;
    this.makeBuckets(places);
    const link = this.kernel("linkTuples");
    let same = 0;
    for (const run of runs)
      same += link(run.start, run.end, this.layout.sizeBytes, this.buckets, places - 1);
    this.unique = same === 0;
    this.lookup = { kind: "hash", mask: places - 1, keys };
  }

  private makeBuckets(count: number): void {
    this.buckets = this.bucketArena.allocate(count * 4);
    this.runtime.memory.u8().fill(0, this.buckets, this.buckets + count * 4);
  }

  private kernel(name: string): Kernel {
    return present(this.runtime.kernels[name], name) as unknown as Kernel;
  }
}
