import type { TaskMetrics } from "../exec/task-spec.ts";
import type { Stage } from "../physical/job-graph.ts";
import { physicalPreOrder } from "../physical/physical-tree.ts";
import type { DriverState, StageState } from "./driver-state.ts";
import { taskPlan } from "./task-plan.ts";
import { tasksInOrder } from "./tasks-in-order.ts";

/** What a query's stages took. */
export interface JobMetrics {
  readonly stages: readonly StageRun[];
}

/** One stage as it really ran. */
export interface StageRun {
  readonly stage: Stage;
  readonly tasks: number;
  /** More than tasks where some were retried or speculated. */
  readonly attempts: number;
  /** Sums over accepted results; the greatest peak of memory. `operatorRows` and `filterRows` are by place in the stage's plan. */
  readonly metrics: TaskMetrics;
}

/** The metrics of all accepted results. */
export function jobMetrics(state: DriverState): JobMetrics {
  const stages = state.stages.map(({ stage }) => stage);
  return { stages: state.stages.map((run) => stageRun(run, stages)) };
}

function stageRun(state: StageState, stages: readonly Stage[]): StageRun {
  const { stage, nextAttempt } = state;
  const tasks = tasksInOrder(state);
  const nodes = physicalPreOrder(stage.plan);
  const operatorRows = new Array<number>(nodes.length).fill(0);
  const filterRows = nodes.map((node) =>
    new Array<number>(node.kind === "scan" ? node.filters.length : 0).fill(0),
  );
  let metrics = NOTHING;
  for (const { accepted, share } of tasks) {
    if (accepted === null) continue;
    metrics = sum(metrics, accepted.metrics);
    const { operators } = taskPlan(stage.plan, share, stages);
    for (const [at, rows] of accepted.metrics.operatorRows.entries()) {
      const operator = operators[at] ?? 0;
      operatorRows[operator] = (operatorRows[operator] ?? 0) + rows;
      addTo(filterRows[operator], accepted.metrics.filterRows?.[at]);
    }
  }
  return {
    stage,
    tasks: tasks.length,
    attempts: nextAttempt,
    metrics: { ...metrics, operatorRows, filterRows },
  };
}

function addTo(sums: number[] | undefined, rows: readonly number[] | undefined): void {
  sums?.forEach((sum, i) => {
    sums[i] = sum + (rows?.[i] ?? 0);
  });
}

const NOTHING: TaskMetrics = {
  rowsRead: 0,
  rowsWritten: 0,
  bytesRead: 0,
  exchangeBytesRead: 0,
  bytesWritten: 0,
  gets: 0,
  puts: 0,
  cpuMs: 0,
  wallMs: 0,
  peakMemoryBytes: 0,
  spilledBytes: 0,
  fallbackChunks: 0,
  decodedChunks: 0,
  operatorRows: [],
};

function sum(a: TaskMetrics, b: TaskMetrics): TaskMetrics {
  return {
    rowsRead: a.rowsRead + b.rowsRead,
    rowsWritten: a.rowsWritten + b.rowsWritten,
    bytesRead: a.bytesRead + b.bytesRead,
    exchangeBytesRead: (a.exchangeBytesRead ?? 0) + (b.exchangeBytesRead ?? 0),
    bytesWritten: a.bytesWritten + b.bytesWritten,
    gets: a.gets + b.gets,
    puts: a.puts + b.puts,
    cpuMs: a.cpuMs + b.cpuMs,
    wallMs: a.wallMs + b.wallMs,
    peakMemoryBytes: Math.max(a.peakMemoryBytes, b.peakMemoryBytes),
    spilledBytes: a.spilledBytes + b.spilledBytes,
    fallbackChunks: a.fallbackChunks + b.fallbackChunks,
    decodedChunks: a.decodedChunks + b.decodedChunks,
    operatorRows: [],
  };
}
