import { type ErrorJson, ResourcesError } from "../common/errors.ts";
import { divideShare } from "./divide-share.ts";
import type { AttemptRef, TaskShare } from "./driver-state.ts";
import { launchAttempt } from "./launch-attempt.ts";
import type { Turn } from "./turn.ts";

/**
 * Takes a failure: does the task's work in two smaller tasks where less may go well, retries it where that may help, in
 * both cases unless somebody else is at it, else fails the query.
 */
export function failAttempt(turn: Turn, ref: AttemptRef, error: ErrorJson): void {
  const attempt = turn.attempt(ref);
  if (attempt === undefined || attempt.ended) return;
  turn.updateAttempt(ref, { ended: true });
  const task = turn.task(ref.stage, ref.partition);
  if (turn.outcome !== null || task === undefined || task.accepted !== null) return;
  if (turn.stages[ref.stage]?.phase === "done") return;
  const failures = task.failures + 1;
  turn.updateTask(ref.stage, ref.partition, { failures });
  const smaller = error.wantsLess ? divide(turn, ref) : null;
  const isRetried = smaller !== null || (error.retryable && failures < turn.config.maxTaskFailures);
  const { query, stage, partition } = ref;
  turn.report({
    event: "taskFailed",
    query,
    timeMs: turn.nowMs,
    stage,
    partition,
    attempt: ref.attempt,
    error,
    isRetried,
  });
  if (!isRetried) {
    failQuery(turn, error.retryable ? failedTooOften(ref, failures, error) : error);
    return;
  }
  if (turn.underWay(stage, partition).length > 0) return;
  if (smaller === null) launchAttempt(turn, stage, partition);
  else launchParts(turn, ref, smaller);
}

function divide(turn: Turn, { stage, partition }: AttemptRef): readonly TaskShare[] | null {
  const share = turn.task(stage, partition)?.share;
  const stages = turn.stages.map((state) => state.stage);
  const whole = stages[stage];
  return share === undefined || whole === undefined ? null : divideShare(whole, share, stages);
}

function launchParts(turn: Turn, ref: AttemptRef, shares: readonly TaskShare[]): void {
  const { query, stage, partition } = ref;
  const parts = turn.addTasks(stage, shares);
  turn.updateTask(stage, partition, { parts });
  turn.report({ event: "taskDivided", query, timeMs: turn.nowMs, stage, partition, parts });
  for (const part of parts) launchAttempt(turn, stage, part);
}

/** Ends the query; what is under way is killed. */
export function failQuery(turn: Turn, error: ErrorJson): void {
  if (turn.outcome !== null) return;
  turn.outcome = { kind: "failed", error };
  for (const stage of turn.stages.keys()) turn.killAll(stage);
}

function failedTooOften(ref: AttemptRef, failures: number, cause: ErrorJson): ErrorJson {
  return new ResourcesError({
    condition: "TASK_FAILED",
    message: `Task ${ref.partition} of stage ${ref.stage} failed ${failures} times, at last with: ${cause.message}`,
    sqlState: "58000",
    details: { stage: ref.stage, partition: ref.partition, failures, cause: { ...cause } },
  }).toJSON();
}
