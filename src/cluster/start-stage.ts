import type { Stage } from "../physical/job-graph.ts";
import type { PhysicalPlan } from "../physical/physical-plan.ts";
import { physicalPreOrder } from "../physical/physical-tree.ts";
import { canCoalesce } from "./can-coalesce.ts";
import { coalescePartitions } from "./coalesce-partitions.ts";
import type { StageState, TaskShare } from "./driver-state.ts";
import { launchAttempt } from "./launch-attempt.ts";
import { isHeldForBroadcast, switchToBroadcast } from "./switch-to-broadcast.ts";
import { partitionedInputs } from "./task-plan.ts";
import type { Turn } from "./turn.ts";

/** Launches the tasks of every stage whose inputs are complete. */
export function startReadyStages(turn: Turn): void {
  switchToBroadcast(turn);
  for (const [id, { stage, phase }] of turn.stages.entries())
    if (phase === "waiting" && isReady(turn, stage) && !isHeldForBroadcast(turn, id))
      startStage(turn, id);
}

const isReady = (turn: Turn, { inputs }: Stage): boolean =>
  inputs.every((input) => turn.stages[input]?.phase === "done");

function startStage(turn: Turn, id: number): void {
  const state = turn.stages[id];
  if (state === undefined) return;
  const shares = sharesOf(turn, state);
  const { output } = state.stage;
  if (output.kind !== "range") startTasks(turn, id, "running", shares);
  else if (inputBytes(turn, state) < turn.config.singleRangeBytes) {
    turn.update(id, { bounds: [] });
    startTasks(turn, id, "running", shares);
  } else startTasks(turn, id, "sampling", spread(shares));
}

/** Goes from the samples of a range exchange to its rows. */
export function startAfterSampling(turn: Turn, id: number, bounds: readonly string[]): void {
  const state = turn.stages[id];
  if (state === undefined) return;
  turn.update(id, { bounds });
  startTasks(turn, id, "running", sharesOf(turn, state));
}

function startTasks(
  turn: Turn,
  id: number,
  phase: "sampling" | "running",
  shares: readonly TaskShare[],
): void {
  turn.update(id, { phase, tasks: [] });
  const tasks = turn.addTasks(id, shares);
  turn.report({
    event: "stageStarted",
    query: turn.query,
    timeMs: turn.nowMs,
    stage: id,
    phase,
    tasks: tasks.length,
    partitions: shares.reduce((sum, { partitions }) => sum + partitions.length, 0),
  });
  for (const partition of tasks) launchAttempt(turn, id, partition);
}

/** A quarter of the tasks, spread over all of them, is enough to choose bounds from. */
function spread(shares: readonly TaskShare[]): readonly TaskShare[] {
  const wanted = Math.ceil(shares.length / 4);
  return shares.filter(
    (_, i) =>
      Math.floor((i * wanted) / shares.length) !== Math.floor(((i - 1) * wanted) / shares.length),
  );
}

const sharesOf = (turn: Turn, state: StageState): readonly TaskShare[] =>
  groupsOf(turn, state).map((partitions) => ({ partitions, piece: null }));

function groupsOf(turn: Turn, { stage }: StageState): readonly (readonly number[])[] {
  const single = Array.from({ length: stage.partitions }, (_, partition) => [partition]);
  if (!turn.config.coalescesPartitions || stage.partitions === 1 || !canCoalesce(stage.plan))
    return single;
  const sizes = new Array<number>(stage.partitions).fill(0);
  for (const input of partitionedInputs(stage.plan))
    for (const { accepted } of turn.stages[input]?.tasks ?? [])
      for (const { partition, sizeBytes } of accepted?.blocks ?? [])
        sizes[partition] = (sizes[partition] ?? 0) + sizeBytes;
  return coalescePartitions(sizes, {
    parallelism: turn.config.parallelism,
    targetBytes: turn.config.targetPartitionBytes,
    minBytes: turn.config.minPartitionBytes,
  });
}

/** What the stage's tasks will read, all together. */
function inputBytes(turn: Turn, { stage }: StageState): number {
  const shuffled = stage.inputs.map((input) =>
    (turn.stages[input]?.tasks ?? [])
      .flatMap(({ accepted }) => accepted?.blocks ?? [])
      .reduce((sum, block) => sum + block.sizeBytes, 0),
  );
  const scanned = physicalPreOrder(stage.plan).map(sourceBytes);
  return [...shuffled, ...scanned].reduce((sum, size) => sum + size, 0);
}

function sourceBytes(plan: PhysicalPlan): number {
  if (plan.kind === "scan") return plan.splits.reduce((sum, split) => sum + split.sizeBytes, 0);
  if (plan.kind === "range" || plan.kind === "localTable") return plan.estimatedBytes ?? 0;
  return 0;
}
