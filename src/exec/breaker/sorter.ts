import { STRING } from "../../columnar/data-type.ts";
import type { Arena } from "../../columnar/linear-memory.ts";
import { assert, present } from "../../common/assert.ts";
import type { Attribute, SortOrder } from "../../plan/expression.ts";
import { ByteHeap } from "../byte-heap.ts";
import type { RowContext, Sink } from "../pipeline/row-context.ts";
import type { WorkerRuntime } from "../worker-runtime.ts";
import { emitSortKey } from "./sort-key.ts";
import { storeField, type TupleField, TupleLayout } from "./tuple-layout.ts";

/** The attribute id of a tuple's sort key. */
const SORT_KEY_ID = -1;
const ENTRY_BYTES = 16;
/** A top-N keeps up to this many times its rows, and at least `MIN_KEPT`, before it drops those that cannot be first. */
const KEPT_FACTOR = 4;
const MIN_KEPT = 4096;

type Kernel = (...args: number[]) => number;

/** Keeps rows as tuples with sort keys and gives them back in order: all of them, or the first `limit`. */
export class Sorter implements Sink {
  /** The row's columns in a tuple. */
  readonly fields: readonly TupleField[];
  private readonly runtime: WorkerRuntime;
  private readonly columns: readonly Attribute[];
  private readonly orders: readonly SortOrder[];
  private readonly limit: number | null;
  private readonly layout: TupleLayout;
  private readonly listArena: Arena;
  private readonly tuples: ByteHeap;
  /** Sort keys and the bytes of refs. */
  private readonly bytes: ByteHeap;
  private readonly countAddress: number;
  private readonly boundAddress: number;

  constructor(
    runtime: WorkerRuntime,
    arena: Arena,
    columns: readonly Attribute[],
    orders: readonly SortOrder[],
    limit: number | null,
  ) {
    this.runtime = runtime;
    this.columns = columns;
    this.orders = orders;
    this.limit = limit;
    this.layout = new TupleLayout(0, [
      ...columns,
      { id: SORT_KEY_ID, type: STRING, nullable: false },
    ]);
    this.fields = this.layout.fields.filter((f) => f.id !== SORT_KEY_ID);
    this.listArena = runtime.memory.arena();
    this.tuples = new ByteHeap(runtime.memory, arena);
    this.bytes = new ByteHeap(runtime.memory, arena);
    this.countAddress = arena.allocate(4);
    this.boundAddress = arena.allocate(8);
    runtime.memory.view().setUint32(this.countAddress, 0, true);
    runtime.memory.view().setBigInt64(this.boundAddress, 0n, true);
  }

  emit({ emitter, scope }: RowContext): void {
    const { code } = emitter;
    const key = emitSortKey(emitter, scope, this.orders, this.runtime.rowHeap);
    const values = this.columns.map((column) => scope.attribute(column.id));
    const keep = (): void => {
      const { tuples, bytes } = this;
      const pointer = code.local("i32");
      code.i32(this.layout.sizeBytes).call(emitter.module.allocator(tuples)).set(pointer);
      const keyField = this.layout.field(SORT_KEY_ID);
      storeField(emitter, pointer, keyField, { value: key, isNull: null }, bytes);
      this.columns.forEach((column, i) => {
        const value = present(values[i], "value");
        storeField(emitter, pointer, this.layout.field(column.id), value, bytes);
      });
      code.i32(0).i32(0).memory("i32.load", this.countAddress).i32(1).op("i32.add");
      code.memory("i32.store", this.countAddress);
    };
    if (this.limit === null) {
      keep();
      return;
    }
    const limit = this.limit;
    if (limit === 0) return;
    const kept = Math.max(limit * KEPT_FACTOR, MIN_KEPT);
    const drop = emitter.module.host([], [], () => this.dropBeyond(limit));
    const bound = code.local("i64");
    code.i32(0).memory("i64.load", this.boundAddress).tee(bound).op("i64.eqz");
    code.if(
      () => code.i32(1),
      () => {
        code.get(key).get(bound);
        emitter.kernel("keyCompare");
        code.i32(0).op("i32.lt_s");
      },
      "i32",
    );
    code.if(() => {
      keep();
      code.i32(0).memory("i32.load", this.countAddress).i32(kept).op("i32.ge_u");
      code.if(() => code.call(drop));
    });
  }

  afterBatch(): void {}

  finish(): void {}

  /** The addresses of the tuples in order, as a list in memory of `count` `u32`s. */
  sorted(): { readonly list: number; readonly count: number } {
    const { list, count } = this.sortedList();
    return { list, count: this.limit === null ? count : Math.min(count, this.limit) };
  }

  free(): void {
    this.listArena.reset();
    this.tuples.reset();
    this.bytes.reset();
  }

  private sortedList(): { readonly list: number; readonly count: number } {
    const { memory } = this.runtime;
    const size = this.layout.sizeBytes;
    const runs = this.tuples.runs();
    const count = runs.reduce((sum, run) => sum + (run.end - run.start) / size, 0);
    this.listArena.reset();
    const list = this.listArena.allocate(count * 4);
    let at = list;
    for (const run of runs)
      for (let tuple = run.start; tuple < run.end; tuple += size, at += 4)
        memory.view().setUint32(at, tuple, true);
    const entries = this.listArena.allocate(count * ENTRY_BYTES);
    const spare = this.listArena.allocate((count + 1) * ENTRY_BYTES);
    const { offset } = this.layout.field(SORT_KEY_ID);
    this.kernel("sortEntries")(list, count, offset, entries);
    const sorted = this.kernel("sortByKey")(entries, count, offset, spare);
    this.kernel("entryTuples")(sorted, count, list);
    return { list, count };
  }

  /** Keeps the first `limit` rows only; from now on a row must come before the last of them. */
  private dropBeyond(limit: number): void {
    const { memory } = this.runtime;
    const { list, count } = this.sortedList();
    assert(count >= limit, "Fewer rows than the limit");
    const size = this.layout.sizeBytes;
    const copies = Array.from({ length: limit }, (_, i) => {
      const tuple = memory.view().getUint32(list + i * 4, true);
      return memory.u8().slice(tuple, tuple + size);
    });
    const refs = this.layout.fields.filter((f) => f.lane === "ref");
    const blobs = copies.map((copy) => refs.map((f) => this.refIn(copy, f)));
    this.tuples.reset();
    this.bytes.reset();
    copies.forEach((copy, i) => {
      const tuple = this.tuples.allocate(size);
      memory.u8().set(copy, tuple);
      refs.forEach((f, k) => {
        const blob = blobs[i]?.[k];
        if (!blob) return;
        const at = this.bytes.allocate(blob.length);
        memory.u8().set(blob, at);
        memory.view().setUint32(tuple + f.offset, at, true);
      });
      if (i === limit - 1)
        memory
          .view()
          .setBigInt64(
            this.boundAddress,
            memory.view().getBigInt64(tuple + this.layout.field(SORT_KEY_ID).offset, true),
            true,
          );
    });
    memory.view().setUint32(this.countAddress, limit, true);
  }

  private refIn(copy: Uint8Array, field: TupleField): Uint8Array | null {
    if (field.nullOffset >= 0 && copy[field.nullOffset] === 1) return null;
    const view = new DataView(copy.buffer, copy.byteOffset);
    const address = view.getUint32(field.offset, true);
    return this.runtime.memory
      .u8()
      .slice(address, address + view.getUint32(field.offset + 4, true));
  }

  private kernel(name: string): Kernel {
    return present(this.runtime.kernels[name], name) as unknown as Kernel;
  }
}
