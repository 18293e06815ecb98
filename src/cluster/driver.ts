import { unreachable } from "../common/assert.ts";
import { acceptResult } from "./accept-result.ts";
import type { DriverAction } from "./driver-action.ts";
import type { DriverConfig } from "./driver-config.ts";
import type { DriverEvent } from "./driver-event.ts";
import type { AttemptRef, DriverState } from "./driver-state.ts";
import { failAttempt, failQuery } from "./fail-attempt.ts";
import { resumeQuery } from "./resume-query.ts";
import { speculate } from "./speculate.ts";
import { startReadyStages } from "./start-stage.ts";
import { placesInOrder } from "./tasks-in-order.ts";
import { Turn } from "./turn.ts";

/** What a query goes through: the next state, and what to do. A pure function. */
export function step(
  state: DriverState,
  event: DriverEvent,
  config: DriverConfig,
): { readonly state: DriverState; readonly actions: readonly DriverAction[] } {
  if (state.ended) return { state, actions: [] };
  const turn = new Turn(state, config, event.nowMs);
  apply(turn, event);
  if (turn.outcome === null) startReadyStages(turn);
  speculate(turn);
  if (turn.outcome === null) dropUsedObjects(turn);
  else endWhenQuiet(turn);
  return { state: turn.state(), actions: turn.actions };
}

function apply(turn: Turn, event: DriverEvent): void {
  switch (event.kind) {
    case "start":
      turn.report({
        event: "queryStarted",
        query: turn.query,
        timeMs: turn.nowMs,
        stages: turn.stages.map(({ stage }) => ({ stage: stage.id, inputs: stage.inputs })),
      });
      return;
    case "resume":
      resumeQuery(turn, event.takeover);
      return;
    case "attemptStarted":
      markStarted(turn, event.attempt);
      return;
    case "attemptFinished":
      acceptResult(turn, event.result);
      return;
    case "attemptFailed":
      failAttempt(turn, event.attempt, event.error);
      return;
    case "cancel":
      failQuery(turn, event.error);
      return;
    case "timer":
      return;
    default:
      unreachable(event);
  }
}

function markStarted(turn: Turn, attempt: AttemptRef): void {
  if (turn.attempt(attempt)?.startedMs !== null) return;
  turn.updateAttempt(attempt, { startedMs: turn.nowMs });
  turn.report({ event: "taskStarted", timeMs: turn.nowMs, ...attempt });
}

/** Objects that no stage will read any more make room on the disk. */
function dropUsedObjects(turn: Turn): void {
  for (const [id, { phase, keys }] of turn.stages.entries()) {
    if (phase !== "done" || keys.length === 0 || isUnderWay(turn, id)) continue;
    const readers = turn.stages.filter(({ stage }) => stage.inputs.includes(id));
    const isRead = readers.every(
      (reader) => reader.phase === "done" && !isUnderWay(turn, reader.stage.id),
    );
    if (!isRead) continue;
    turn.actions.push({ kind: "delete", keys });
    turn.update(id, { keys: [] });
  }
}

const isUnderWay = (turn: Turn, stage: number): boolean =>
  turn.stages[stage]?.tasks.some((_, partition) => turn.underWay(stage, partition).length > 0) ??
  false;

/** Once no attempt can write any more: deletes what all of them may have written, and ends. */
function endWhenQuiet(turn: Turn): void {
  const { outcome, query, nowMs } = turn;
  if (outcome === null || [...turn.stages.keys()].some((id) => isUnderWay(turn, id))) return;
  const keys = turn.stages.flatMap((stage) => stage.keys);
  if (keys.length > 0) turn.actions.push({ kind: "delete", keys });
  for (const id of turn.stages.keys()) turn.update(id, { keys: [] });
  const error = outcome.kind === "failed" ? outcome.error : null;
  const failed = error?.family === "cancelled" ? "cancelled" : "failed";
  const status = error === null ? "finished" : failed;
  turn.report({ event: "queryFinished", query, timeMs: nowMs, status, error });
  turn.actions.push({ kind: "end", outcome, results: resultsOf(turn) });
  turn.ended = true;
}

function resultsOf(turn: Turn): AttemptRef[] {
  const stage = turn.stages.length - 1;
  return placesInOrder(turn.stages[stage]).flatMap((partition) => {
    const accepted = turn.task(stage, partition)?.accepted;
    return accepted ? [{ query: turn.query, stage, partition, attempt: accepted.attempt }] : [];
  });
}
