import { type ErrorJson, ResourcesError } from "../common/errors.ts";
import type { AttemptRef } from "./driver-state.ts";
import { launchAttempt } from "./launch-attempt.ts";
import type { Turn } from "./turn.ts";

/** Takes a failure: retries the task where that may help and nobody else is at it, else fails the query. */
export function failAttempt(turn: Turn, ref: AttemptRef, error: ErrorJson): void {
  const attempt = turn.attempt(ref);
  if (attempt === undefined || attempt.ended) return;
  turn.updateAttempt(ref, { ended: true });
  const task = turn.task(ref.stage, ref.partition);
  if (turn.outcome !== null || task === undefined || task.accepted !== null) return;
  if (turn.stages[ref.stage]?.phase === "done") return;
  const failures = task.failures + 1;
  turn.updateTask(ref.stage, ref.partition, { failures });
  const isRetried = error.retryable && failures < turn.config.maxTaskFailures;
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
  if (turn.underWay(stage, partition).length === 0) launchAttempt(turn, stage, partition);
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
