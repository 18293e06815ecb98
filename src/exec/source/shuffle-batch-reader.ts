import type { Arena } from "../../columnar/linear-memory.ts";
import type { Batch } from "../../columnar/vector.ts";
import type { BroadcastReadExec, ShuffleReadExec } from "../../physical/physical-plan.ts";
import { readShuffle } from "../../shuffle/read-shuffle.ts";
import type { TaskContext } from "../task-context.ts";
import type { BatchReader } from "./column-source.ts";

/** Reads what a producing stage left for this task. */
export class ShuffleBatchReader implements BatchReader {
  private readonly context: TaskContext;
  private readonly batches: AsyncIterator<Batch>;
  private readonly arena: Arena;
  private gets = 0;
  private bytesRead = 0;

  constructor(context: TaskContext, read: ShuffleReadExec | BroadcastReadExec) {
    const { runtime, stores, spec } = context;
    this.context = context;
    this.arena = runtime.memory.arena();
    this.batches = readShuffle(spec.inputs[read.stage] ?? [], {
      store: stores.exchange,
      schema: read.output,
      kernels: runtime.kernels,
      arena: this.arena,
      keepsBatches: false,
      onGet: (sizeBytes) => {
        this.gets++;
        this.bytesRead += sizeBytes;
      },
    })[Symbol.asyncIterator]();
    context.onMetrics(() => ({
      gets: this.gets,
      bytesRead: this.bytesRead,
      exchangeBytesRead: this.bytesRead,
      decodedChunks: 0,
      fallbackChunks: 0,
    }));
    context.onEnd(() => this.arena.reset());
  }

  async next(): Promise<Batch | null> {
    const step = await this.batches.next();
    if (step.done) return null;
    this.context.rowsRead += step.value.rows;
    return step.value;
  }
}
