import type { TaskResult } from "../exec/task-spec.ts";
import { chooseBounds } from "./choose-bounds.ts";
import type { StageState, TaskState } from "./driver-state.ts";
import { startAfterSampling } from "./start-stage.ts";
import { tasksInOrder } from "./tasks-in-order.ts";
import type { Turn } from "./turn.ts";

/** Takes a result: the first one of a task wins, whatever else comes changes nothing. */
export function acceptResult(turn: Turn, result: TaskResult): void {
  const attempt = turn.attempt(result);
  if (attempt === undefined || attempt.ended) return;
  turn.updateAttempt(result, { ended: true });
  const { stage, partition } = result;
  const task = turn.task(stage, partition);
  if (turn.outcome !== null || task?.accepted !== null || task.parts !== null) return;
  const elapsedMs = turn.nowMs - (attempt.startedMs ?? turn.nowMs);
  const { blocks, metrics } = result;
  turn.updateTask(stage, partition, {
    accepted: { attempt: result.attempt, blocks, metrics, elapsedMs },
  });
  turn.killTask(stage, partition);
  turn.report({
    event: "taskFinished",
    query: turn.query,
    timeMs: turn.nowMs,
    stage,
    partition,
    attempt: result.attempt,
    elapsedMs,
    metrics,
  });
  endStage(turn, stage);
}

function endStage(turn: Turn, id: number): void {
  const state = turn.stages[id];
  if (state === undefined) return;
  const tasks = tasksInOrder(state);
  if (tasks.some(({ accepted }) => accepted === null) && !hasEnough(state, tasks)) return;
  turn.killAll(id);
  if (state.phase === "sampling") {
    startAfterSampling(turn, id, boundsOf(state));
    return;
  }
  turn.update(id, { phase: "done" });
  const accepted = state.tasks.flatMap((task) => task.accepted ?? []);
  turn.report({
    event: "stageFinished",
    query: turn.query,
    timeMs: turn.nowMs,
    stage: id,
    rows: accepted.reduce((sum, { metrics }) => sum + metrics.rowsWritten, 0),
    bytes: accepted.reduce((sum, { metrics }) => sum + metrics.bytesWritten, 0),
  });
  if (id === turn.stages.length - 1) turn.outcome = { kind: "finished" };
}

/** True if the first tasks of a limited stage have as many rows as the limit: then the others are not needed. */
function hasEnough({ stage, phase }: StageState, tasks: readonly TaskState[]): boolean {
  const { plan, output } = stage;
  const isLimited = plan.kind === "limit" && plan.count !== null && plan.offset === 0;
  if (!isLimited || output.kind !== "single" || phase !== "running") return false;
  const missing = tasks.findIndex(({ accepted }) => accepted === null);
  const rows = tasks.slice(0, missing).reduce((sum, task) => sum + rowsOf(task), 0);
  return rows >= (plan.count ?? 0);
}

const rowsOf = ({ accepted }: TaskState): number => accepted?.metrics.rowsWritten ?? 0;

function boundsOf({ stage, tasks }: StageState): string[] {
  const samples = tasks.flatMap(({ accepted }) => {
    const reported = accepted?.metrics.details?.["samples"];
    return Array.isArray(reported) ? reported.map(String) : [];
  });
  const partitions = stage.output.kind === "range" ? stage.output.partitions : 1;
  return chooseBounds(samples, partitions);
}
