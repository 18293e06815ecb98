import type { StageState } from "./driver-state.ts";
import { launchAttempt } from "./launch-attempt.ts";
import { tasksInOrder } from "./tasks-in-order.ts";
import type { Turn } from "./turn.ts";

/** Launches a second attempt of tasks that take far longer than others of their stage; asks to be woken for the rest. */
export function speculate(turn: Turn): void {
  if (turn.config.speculation === null || turn.outcome !== null) return;
  let wakeMs = Number.POSITIVE_INFINITY;
  for (const [id, state] of turn.stages.entries()) {
    const limitMs = slowAfterMs(turn, state);
    if (limitMs === null) continue;
    for (const partition of state.tasks.keys())
      wakeMs = Math.min(wakeMs, speculateTask(turn, id, partition, limitMs));
  }
  if (Number.isFinite(wakeMs)) turn.actions.push({ kind: "wait", untilMs: wakeMs });
}

/** When the task should be looked at again. */
function speculateTask(turn: Turn, stage: number, partition: number, limitMs: number): number {
  const task = turn.task(stage, partition);
  const [only, second] = (task?.attempts ?? []).filter(({ ended }) => !ended);
  if (task?.accepted !== null || only === undefined || second !== undefined)
    return Number.POSITIVE_INFINITY;
  if (only.startedMs === null) return Number.POSITIVE_INFINITY;
  const dueMs = only.startedMs + limitMs;
  if (turn.nowMs < dueMs) return dueMs;
  turn.report({
    event: "taskSpeculated",
    query: turn.query,
    timeMs: turn.nowMs,
    stage,
    partition,
    attempt: turn.stages[stage]?.nextAttempt ?? 0,
  });
  launchAttempt(turn, stage, partition);
  return Number.POSITIVE_INFINITY;
}

/** How long a task of the stage may run, or null while too few have finished to say. */
function slowAfterMs(turn: Turn, state: StageState): number | null {
  const { speculation } = turn.config;
  const { phase } = state;
  const tasks = tasksInOrder(state);
  if (speculation === null || (phase !== "running" && phase !== "sampling")) return null;
  const times = tasks.flatMap(({ accepted }) => accepted?.elapsedMs ?? []).sort((a, b) => a - b);
  if (times.length === 0 || times.length < speculation.quantile * tasks.length) return null;
  const median = times[Math.floor(times.length / 2)] ?? 0;
  return Math.max(speculation.minMs, median * speculation.multiplier);
}
