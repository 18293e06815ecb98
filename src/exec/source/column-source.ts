import type { Batch } from "../../columnar/vector.ts";
import type { Attribute } from "../../plan/expression.ts";
import type { ValueBounds } from "../code/value-bounds.ts";
import { batchForm, ColumnLoop } from "../pipeline/column-loop.ts";
import type { RowContext } from "../pipeline/row-context.ts";
import type { TaskContext } from "../task-context.ts";
import type { Source } from "./source.ts";

/** Gives batches of columns; each is good until the next one is asked for. */
export interface BatchReader {
  next(): Promise<Batch | null>;
}

/** Rows from column batches, through a compiled loop for each form that batches come in. */
export class ColumnSource implements Source {
  private readonly context: TaskContext;
  private readonly columns: readonly Attribute[];
  private readonly reader: BatchReader;
  private readonly loops = new Map<string, ColumnLoop>();
  private lifting = true;

  private readonly bounds: ReadonlyMap<number, ValueBounds>;

  constructor(
    context: TaskContext,
    columns: readonly Attribute[],
    reader: BatchReader,
    bounds: ReadonlyMap<number, ValueBounds> = new Map(),
  ) {
    this.bounds = bounds;
    this.context = context;
    this.columns = columns;
    this.reader = reader;
  }

  async run(emit: (row: RowContext) => void, afterBatch: () => void): Promise<void> {
    for (;;) {
      this.context.checkCancelled();
      const batch = await this.reader.next();
      if (batch === null) return;
      const loop = this.enterLoop(batch, emit);
      const stop = loop.run(0, batch.rows);
      afterBatch();
      loop.leave();
      if (stop) return;
    }
  }

  private enterLoop(batch: Batch, emit: (row: RowContext) => void): ColumnLoop {
    const loop = this.loopFor(batch, emit);
    if (loop.enter(batch)) return loop;
    this.lifting = false;
    const plain = this.loopFor(batch, emit);
    plain.enter(batch);
    return plain;
  }

  private loopFor(batch: Batch, emit: (row: RowContext) => void): ColumnLoop {
    const form = `${this.lifting}:${batchForm(batch)}`;
    const known = this.loops.get(form);
    if (known) return known;
    const { runtime, codeArena: arena, settings, operatorRows } = this.context;
    const loop = new ColumnLoop({
      runtime,
      arena,
      columns: this.columns,
      bounds: this.bounds,
      form: batch,
      settings,
      operatorRows,
      lifting: this.lifting,
      body: emit,
    });
    this.loops.set(form, loop);
    return loop;
  }
}
