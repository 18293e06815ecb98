import type { Local } from "../../wasm/function-builder.ts";
import { TupleLoop } from "../breaker/tuple-loop.ts";
import type { HeapRun } from "../byte-heap.ts";
import type { RowContext } from "../pipeline/row-context.ts";
import type { TaskContext } from "../task-context.ts";
import type { Source } from "./source.ts";

const TUPLES_PER_RUN = 16384;

/** Which tuples, and how their columns are bound. */
export interface TupleSourceOptions {
  readonly stride: number | "pointers";
  readonly runs: () => readonly HeapRun[];
  /** Binds the tuple's attributes. It may wrap `emit` into a condition. */
  readonly bind: (row: RowContext, pointer: Local, emit: (row: RowContext) => void) => void;
}

/** Rows from tuples that a breaker has kept. */
export class TupleSource implements Source {
  private readonly context: TaskContext;
  private readonly options: TupleSourceOptions;

  constructor(context: TaskContext, options: TupleSourceOptions) {
    this.context = context;
    this.options = options;
  }

  async run(emit: (row: RowContext) => void, afterBatch: () => void): Promise<void> {
    this.runNow(emit, afterBatch);
  }

  runNow(emit: (row: RowContext) => void, afterBatch: () => void): void {
    const { runtime, codeArena: arena, settings, operatorRows } = this.context;
    const { stride, bind } = this.options;
    const loop = new TupleLoop({
      runtime,
      arena,
      settings,
      operatorRows,
      stride,
      body: (row, pointer) => bind(row, pointer, emit),
    });
    const windowBytes = TUPLES_PER_RUN * (stride === "pointers" ? 4 : stride);
    for (const { start, end } of this.options.runs())
      for (let at = start; at < end; at += windowBytes) {
        this.context.checkCancelled();
        const stop = loop.run(at, Math.min(at + windowBytes, end));
        afterBatch();
        if (stop) return;
      }
  }
}
