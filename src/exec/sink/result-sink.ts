import { ArrowStreamWriter } from "../../formats/arrow-ipc/arrow-stream-writer.ts";
import type { Attribute } from "../../plan/expression.ts";
import { OutputBuffer } from "../pipeline/output-buffer.ts";
import type { RowContext, Sink } from "../pipeline/row-context.ts";
import type { TaskContext } from "../task-context.ts";

/** The rows of a result stage, as one Arrow stream. */
export class ResultSink implements Sink {
  private readonly columns: readonly Attribute[];
  private readonly buffer: OutputBuffer;
  private readonly writer: ArrowStreamWriter;
  rows = 0;

  constructor(context: TaskContext, columns: readonly Attribute[]) {
    const { memory, kernels } = context.runtime;
    this.columns = columns;
    this.writer = new ArrowStreamWriter({ memory, kernels, schema: columns });
    this.buffer = new OutputBuffer(context.runtime, context.arena, columns, false, (batch) => {
      this.rows += batch.rows;
      this.writer.append(batch);
    });
    context.onEnd(() => this.writer.close());
  }

  emit({ emitter, scope }: RowContext): void {
    const values = this.columns.map((column) => scope.attribute(column.id));
    this.buffer.emitRow(emitter, values, null);
  }

  afterBatch(): void {
    this.buffer.flush();
  }

  finish(): void {
    this.buffer.flush();
  }

  stream(): Uint8Array {
    return this.writer.finish();
  }
}
