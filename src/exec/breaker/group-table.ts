import type { Evaluated } from "../../builtins/builtin.ts";
import type { DataType } from "../../columnar/data-type.ts";
import type { Arena } from "../../columnar/linear-memory.ts";
import { present } from "../../common/assert.ts";
import type { Local } from "../../wasm/function-builder.ts";
import { ByteHeap, type HeapRun } from "../byte-heap.ts";
import type { FunctionEmitter } from "../code/function-emitter.ts";
import type { WorkerRuntime } from "../worker-runtime.ts";
import { pushKeyEquals, pushKeyHash } from "./key-code.ts";
import { loadField, storeField, type TupleLayout } from "./tuple-layout.ts";

/** A group's tuple begins with its `u32` hash. */
export const GROUP_HEADER_BYTES = 8;
const FIRST_PLACES = 1024;
const CONTROL_BYTES = 16;
const CONTROL = { table: 0, mask: 4, count: 8, growAt: 12 } as const;

/** Groups by key: an open-addressing table of addresses of tuples. */
export class GroupTable {
  readonly layout: TupleLayout;
  /** Bytes of keys and of states that are refs. */
  readonly bytes: ByteHeap;
  private readonly tuples: ByteHeap;
  private readonly runtime: WorkerRuntime;
  private readonly control: number;
  private tableArena: Arena;
  private readonly onFull: () => boolean;
  private readonly forgets: (() => void)[] = [];

  /** `onFull` is asked before the table grows; it may empty it instead (then true). */
  constructor(runtime: WorkerRuntime, arena: Arena, layout: TupleLayout, onFull: () => boolean) {
    this.runtime = runtime;
    this.layout = layout;
    this.onFull = onFull;
    this.bytes = new ByteHeap(runtime.memory, arena);
    this.tuples = new ByteHeap(runtime.memory, arena);
    this.control = arena.allocate(CONTROL_BYTES);
    this.tableArena = runtime.memory.arena();
    runtime.memory.view().setUint32(this.control + CONTROL.count, 0, true);
    this.setTable(FIRST_PLACES);
  }

  get groups(): number {
    return this.read(CONTROL.count);
  }

  runs(): readonly HeapRun[] {
    return this.tuples.runs();
  }

  /** Whoever remembers addresses of groups must forget them when the table is cleared. */
  onClear(forget: () => void): void {
    this.forgets.push(forget);
  }

  /** Empty, at its present size. */
  clear(): void {
    for (const forget of this.forgets) forget();
    this.tuples.reset();
    this.bytes.reset();
    const view = this.runtime.memory.view();
    view.setUint32(this.control + CONTROL.count, 0, true);
    const table = this.read(CONTROL.table);
    this.runtime.memory.u8().fill(0, table, table + (this.read(CONTROL.mask) + 1) * 4);
  }

  free(): void {
    this.tuples.reset();
    this.bytes.reset();
    this.tableArena.reset();
  }

  /** Sets `pointer` to the group of normalized keys. A new group's keys are stored and `initialize` is written. */
  emitFindOrInsert(
    emitter: FunctionEmitter,
    keys: readonly {
      readonly id: number;
      readonly type: DataType;
      readonly evaluated: Evaluated;
    }[],
    pointer: Local,
    initialize: () => void,
  ): void {
    const { code, module } = emitter;
    const grow = module.host([], [], () => this.grow());
    const hash = code.local("i32");
    const place = code.local("i32");
    pushKeyHash(emitter, keys);
    code
      .tee(hash)
      .i32(0)
      .memory("i32.load", this.control + CONTROL.mask)
      .op("i32.and")
      .set(place);
    code.block((found) => {
      code.loop((again) => {
        code.i32(0).memory("i32.load", this.control + CONTROL.table);
        code.get(place).i32(2).op("i32.shl").op("i32.add").memory("i32.load").tee(pointer);
        code.if(
          () => {
            code.get(pointer).memory("i32.load").get(hash).op("i32.eq");
            code.if(() => {
              code.block((different) => {
                for (const key of keys) {
                  const stored = loadField(emitter, pointer, this.layout.field(key.id));
                  pushKeyEquals(emitter, key.type, key.evaluated, stored);
                  code.op("i32.eqz").branchIf(different);
                }
                code.branch(found);
              });
            });
          },
          () => {
            code.i32(0).memory("i32.load", this.control + CONTROL.count);
            code
              .i32(0)
              .memory("i32.load", this.control + CONTROL.growAt)
              .op("i32.ge_u");
            code.if(() => {
              code.call(grow).get(hash);
              code
                .i32(0)
                .memory("i32.load", this.control + CONTROL.mask)
                .op("i32.and")
                .set(place);
              code.branch(again);
            });
            this.emitInsert(emitter, keys, { pointer, hash, place });
            initialize();
            code.branch(found);
          },
        );
        code.get(place).i32(1).op("i32.add");
        code
          .i32(0)
          .memory("i32.load", this.control + CONTROL.mask)
          .op("i32.and")
          .set(place);
        code.branch(again);
      });
    });
  }

  private emitInsert(
    emitter: FunctionEmitter,
    keys: readonly { readonly id: number; readonly evaluated: Evaluated }[],
    { pointer, hash, place }: { pointer: Local; hash: Local; place: Local },
  ): void {
    const { code } = emitter;
    code.i32(this.layout.sizeBytes).call(emitter.module.allocator(this.tuples)).set(pointer);
    code.get(pointer).i32(0).i32(this.layout.sizeBytes).memoryFill();
    code.get(pointer).get(hash).memory("i32.store");
    for (const key of keys)
      storeField(emitter, pointer, this.layout.field(key.id), key.evaluated, this.bytes);
    code.i32(0).memory("i32.load", this.control + CONTROL.table);
    code.get(place).i32(2).op("i32.shl").op("i32.add").get(pointer).memory("i32.store");
    const count = this.control + CONTROL.count;
    code.i32(0).i32(0).memory("i32.load", count).i32(1).op("i32.add").memory("i32.store", count);
  }

  private grow(): void {
    if (this.onFull()) return;
    const old = this.read(CONTROL.table);
    const places = this.read(CONTROL.mask) + 1;
    const oldArena = this.tableArena;
    this.tableArena = this.runtime.memory.arena();
    this.setTable(places * 4);
    const rehash = present(this.runtime.kernels["rehashGroups"], "kernel") as (
      ...args: number[]
    ) => void;
    rehash(old, old + places * 4, this.read(CONTROL.table), this.read(CONTROL.mask));
    oldArena.reset();
  }

  private setTable(places: number): void {
    const { memory } = this.runtime;
    const table = this.tableArena.allocate(places * 4);
    memory.u8().fill(0, table, table + places * 4);
    const view = memory.view();
    view.setUint32(this.control + CONTROL.table, table, true);
    view.setUint32(this.control + CONTROL.mask, places - 1, true);
    view.setUint32(this.control + CONTROL.growAt, places / 2, true);
  }

  private read(offset: number): number {
    return this.runtime.memory.view().getUint32(this.control + offset, true);
  }
}
