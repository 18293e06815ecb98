import type { SortOrder } from "../../plan/expression.ts";
import { emitSortKey } from "../breaker/sort-key.ts";
import type { RowContext, Sink } from "../pipeline/row-context.ts";
import type { TaskContext } from "../task-context.ts";

const MAX_SAMPLES = 2000;

/** Keeps sort keys of rows spread evenly over the task's rows: bounds of ranges are chosen from them. */
export class SampleSink implements Sink {
  private readonly context: TaskContext;
  private readonly orders: readonly SortOrder[];
  private kept: Uint8Array[] = [];
  /** Every how many rows one is kept; doubles when the samples are too many. */
  private readonly stepAddress: number;
  private readonly seenAddress: number;

  constructor(context: TaskContext, orders: readonly SortOrder[]) {
    this.context = context;
    this.orders = orders;
    this.stepAddress = context.arena.allocate(4);
    this.seenAddress = context.arena.allocate(4);
    const view = context.runtime.memory.view();
    view.setUint32(this.stepAddress, 1, true);
    view.setUint32(this.seenAddress, 0, true);
  }

  emit({ emitter, scope }: RowContext): void {
    const { code } = emitter;
    for (const order of this.orders) scope.require(order.expression);
    const seen = code.local("i32");
    code.i32(0).memory("i32.load", this.seenAddress).tee(seen);
    code.i32(0).memory("i32.load", this.stepAddress).op("i32.rem_u").op("i32.eqz");
    code.if(() => {
      const key = emitSortKey(emitter, scope.fork(), this.orders, this.context.runtime.rowHeap);
      const keep = emitter.module.host(["i32", "i32"], [], (address: number, size: number) =>
        this.keep(address, size),
      );
      code.get(key).op("i32.wrap_i64").get(key).i64(32n).op("i64.shr_u").op("i32.wrap_i64");
      code.call(keep);
    });
    code.i32(0).get(seen).i32(1).op("i32.add").memory("i32.store", this.seenAddress);
  }

  afterBatch(): void {}

  finish(): void {}

  /** Base64 of the sort keys. */
  samples(): readonly string[] {
    return this.kept.map((key) => Buffer.from(key).toString("base64"));
  }

  private keep(address: number, sizeBytes: number): void {
    const { memory } = this.context.runtime;
    this.kept.push(memory.u8().slice(address, address + sizeBytes));
    if (this.kept.length < MAX_SAMPLES) return;
    this.kept = this.kept.filter((_, i) => i % 2 === 0);
    const view = memory.view();
    view.setUint32(this.stepAddress, view.getUint32(this.stepAddress, true) * 2, true);
  }
}
