import { executionError } from "./execution-error.ts";
import { drain, type Flow } from "./operator/flow.ts";
import { planFlow } from "./operator/plan-flow.ts";
import { ResultSink } from "./sink/result-sink.ts";
import { SampleSink } from "./sink/sample-sink.ts";
import { ShuffleSink } from "./sink/shuffle-sink.ts";
import { TaskContext, type TaskStores } from "./task-context.ts";
import type { TaskMetrics, TaskResult, TaskSpec } from "./task-spec.ts";
import type { WorkerRuntime } from "./worker-runtime.ts";

/** What a task leaves behind. */
export interface TaskOutcome {
  readonly result: TaskResult;
  /** The rows of a result task, as an Arrow IPC stream. */
  readonly rows: Uint8Array | null;
}

/** Runs one task on this worker. One at a time: the worker's memory is the task's. */
export async function runTask(
  spec: TaskSpec,
  runtime: WorkerRuntime,
  stores: TaskStores,
  signal?: AbortSignal,
): Promise<TaskOutcome> {
  runtime.enter(spec.query);
  const start = performance.now();
  const cpu = cpuUsage();
  runtime.memory.resetPeak();
  const context = new TaskContext(spec, runtime, stores, signal);
  try {
    const flow = await planFlow(context, spec.plan);
    const { blocks, rows, rowsWritten, samples } = await finishFlow(context, flow);
    const used = cpuUsage(cpu);
    const metrics: TaskMetrics = {
      rowsRead: context.rowsRead,
      rowsWritten,
      ...context.readMetrics(),
      bytesWritten: blocks.reduce((sum, block) => sum + block.sizeBytes, rows?.length ?? 0),
      puts: new Set(blocks.flatMap((block) => (block.key === null ? [] : [block.key]))).size,
      cpuMs: (used.user + used.system) / 1000,
      wallMs: performance.now() - start,
      peakMemoryBytes: runtime.memory.peakBytes,
      spilledBytes: 0,
      operatorRows: context.operatorRows.read(),
      filterRows: context.operatorRows.readFilters(),
      ...(samples ? { details: { samples } } : {}),
    };
    const { query, stage, partition, attempt } = spec;
    return { result: { query, stage, partition, attempt, blocks, metrics }, rows };
  } catch (error) {
    throw executionError(error);
  } finally {
    context.end();
  }
}

interface Finished {
  readonly blocks: TaskResult["blocks"];
  readonly rows: Uint8Array | null;
  readonly rowsWritten: number;
  /** Sort keys of a range exchange whose bounds are not chosen yet. */
  readonly samples: readonly string[] | null;
}

async function finishFlow(context: TaskContext, flow: Flow): Promise<Finished> {
  const { plan, output } = context.spec;
  if (output.kind === "result") {
    const sink = new ResultSink(context, plan.output);
    await drain(context, flow, sink);
    return { blocks: [], rows: sink.stream(), rowsWritten: sink.rows, samples: null };
  }
  if (output.partitioning.kind === "range" && output.bounds === null) {
    const sink = new SampleSink(context, output.partitioning.orders);
    await drain(context, flow, sink);
    return { blocks: [], rows: null, rowsWritten: 0, samples: sink.samples() };
  }
  const sink = new ShuffleSink(context, plan.output, output);
  await drain(context, flow, sink);
  return { blocks: await sink.blocks(), rows: null, rowsWritten: sink.rows, samples: null };
}

/** Of this thread; of the process before Node 23.9. */
function cpuUsage(since?: NodeJS.CpuUsage): NodeJS.CpuUsage {
  return process.threadCpuUsage ? process.threadCpuUsage(since) : process.cpuUsage(since);
}
