import { present } from "../common/assert.ts";
import type { TaskOutput, TaskSpec } from "../exec/task-spec.ts";
import type { ShuffleBlock } from "../shuffle/shuffle-block.ts";
import type { StageState } from "./driver-state.ts";
import { taskPlan } from "./task-plan.ts";
import { tasksInOrder } from "./tasks-in-order.ts";
import type { Turn } from "./turn.ts";

/** Launches one more attempt of a task. */
export function launchAttempt(turn: Turn, stageId: number, partition: number): void {
  const stage = present(turn.stages[stageId], "A stage");
  const attempt = stage.nextAttempt;
  const output = outputOf(turn, stage, partition, attempt);
  const { plan, reads } = taskPlan(
    stage.stage.plan,
    present(stage.tasks[partition], "A task").share,
    turn.stages.map((other) => other.stage),
  );
  const spec: TaskSpec = {
    query: turn.query,
    stage: stageId,
    partition,
    attempt,
    plan,
    inputs: Object.fromEntries([...reads].map(([id, wanted]) => [id, blocksOf(turn, id, wanted)])),
    output,
    memoryBytes: turn.config.memoryBytes,
    settings: turn.config.settings,
  };
  const keys = output.kind === "shuffle" && writes(stage) ? [output.prefix] : [];
  turn.update(stageId, { nextAttempt: attempt + 1, keys: [...stage.keys, ...keys] });
  const attempts = turn.task(stageId, partition)?.attempts ?? [];
  turn.updateTask(stageId, partition, {
    attempts: [...attempts, { attempt, startedMs: null, ended: false }],
  });
  turn.actions.push({ kind: "launch", spec });
}

const writes = (stage: StageState): boolean => stage.phase === "running";

function outputOf(turn: Turn, stage: StageState, partition: number, attempt: number): TaskOutput {
  const { output, id } = stage.stage;
  if (output.kind === "result") return output;
  return {
    kind: "shuffle",
    partitioning: output,
    prefix: `${turn.query}/${id}/${partition}-${attempt}${takeoverMark(turn)}`,
    bounds: stage.bounds?.map((bound) => [bound]) ?? null,
  };
}

/** Attempts of two processes may have the same numbers, never the same keys: the other's may still write. */
const takeoverMark = ({ takeover }: Turn): string => (takeover === 0 ? "" : `-${takeover}`);

/** In the order of the producer's rows, each task's by partition. */
function blocksOf(turn: Turn, stage: number, partitions: readonly number[] | null): ShuffleBlock[] {
  const wanted = partitions === null ? null : new Set(partitions);
  return tasksInOrder(turn.stages[stage]).flatMap(({ accepted }) =>
    (accepted?.blocks ?? []).filter((block) => wanted === null || wanted.has(block.partition)),
  );
}
