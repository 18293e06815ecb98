import { assert } from "../../common/assert.ts";
import type { Partitioning } from "../../physical/physical-plan.ts";
import type { Attribute } from "../../plan/expression.ts";
import type { ShuffleBlock } from "../../shuffle/shuffle-block.ts";
import { ShuffleWriter } from "../../shuffle/shuffle-writer.ts";
import type { Local } from "../../wasm/function-builder.ts";
import { pushHashPartition } from "../pipeline/hash-partition.ts";
import { OutputBuffer } from "../pipeline/output-buffer.ts";
import type { RowContext, Sink } from "../pipeline/row-context.ts";
import type { TaskContext } from "../task-context.ts";
import type { TaskOutput } from "../task-spec.ts";
import { emitRangePartition } from "./range-bounds.ts";

type ShuffleOutput = Extract<TaskOutput, { kind: "shuffle" }>;

/** The rows of a stage that others read, by partition, as one object. */
export class ShuffleSink implements Sink {
  private readonly context: TaskContext;
  private readonly columns: readonly Attribute[];
  private readonly partitioning: Partitioning;
  private readonly buffer: OutputBuffer;
  private readonly writer: ShuffleWriter;
  private readonly bounds: readonly string[];
  rows = 0;

  constructor(context: TaskContext, columns: readonly Attribute[], output: ShuffleOutput) {
    this.context = context;
    this.columns = columns;
    this.partitioning = output.partitioning;
    this.bounds = (output.bounds ?? []).map(([key]) => String(key));
    const { memory, kernels } = context.runtime;
    this.writer = new ShuffleWriter({
      memory,
      kernels,
      schema: columns,
      partitions: partitionsOf(output.partitioning),
      store: context.stores.exchange,
      key: output.prefix,
    });
    this.buffer = new OutputBuffer(
      context.runtime,
      context.arena,
      columns,
      partitionsOf(output.partitioning) > 1,
      (batch, partitionOf) => {
        this.rows += batch.rows;
        this.writer.append(batch, partitionOf);
      },
    );
    context.onEnd(() => this.writer.close());
  }

  emit(row: RowContext): void {
    const values = this.columns.map((column) => row.scope.attribute(column.id));
    this.buffer.emitRow(row.emitter, values, this.emitPartition(row));
  }

  afterBatch(): void {
    this.buffer.flush();
  }

  finish(): void {
    this.buffer.flush();
  }

  blocks(): Promise<readonly ShuffleBlock[]> {
    return this.writer.finish();
  }

  private emitPartition(row: RowContext): Local | null {
    const { code } = row.emitter;
    const { partitioning } = this;
    const partitions = partitionsOf(partitioning);
    if (partitions === 1) return null;
    const partition = code.local("i32");
    if (partitioning.kind === "roundRobin") {
      const turn = this.context.arena.allocate(4);
      this.context.runtime.memory.view().setUint32(turn, this.context.spec.partition, true);
      code.i32(0).i32(0).memory("i32.load", turn).i32(1).op("i32.add").memory("i32.store", turn);
      code.i32(0).memory("i32.load", turn).i32(partitions).op("i32.rem_u").set(partition);
      return partition;
    }
    if (partitioning.kind === "range")
      return emitRangePartition(row, partitioning.orders, this.bounds);
    assert(partitioning.kind === "hash", `Rows are not partitioned by ${partitioning.kind}`);
    pushHashPartition(row, partitioning.keys, partitions);
    code.set(partition);
    return partition;
  }
}

function partitionsOf(partitioning: Partitioning): number {
  return "partitions" in partitioning ? partitioning.partitions : 1;
}
