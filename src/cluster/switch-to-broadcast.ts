import { stageInputs, taskCount } from "../physical/cut-stages.ts";
import type { Stage } from "../physical/job-graph.ts";
import type { HashJoinExec, PhysicalPlan, ShuffleReadExec } from "../physical/physical-plan.ts";
import {
  mapPhysicalChildren,
  physicalChildren,
  physicalPreOrder,
} from "../physical/physical-tree.ts";
import { buildMayBeCopied } from "./build-may-be-copied.ts";
import type { StageState } from "./driver-state.ts";
import type { Turn } from "./turn.ts";

/** A shuffled join whose sides are read as two stages left them. */
interface ShuffledJoin {
  readonly join: HashJoinExec;
  readonly build: ShuffleReadExec;
  readonly probe: ShuffleReadExec;
}

/** An estimate counts as wrong, and the choice made by it, where it was this many times too large. */
const MISJUDGED = 2;
/** A producer whose estimate is within this many times the threshold may turn out small enough. */
const HOPE = 4;

/**
 * Where the build side of a shuffled join has turned out small and the probe side was not started: the join's tasks
 * take the probe side's own work and read the whole build side. The probe side's exchange is saved.
 */
export function switchToBroadcast(turn: Turn): void {
  for (const [id, state] of turn.stages.entries()) {
    const found = candidate(turn, state);
    if (found === null || turn.stages[found.build.stage]?.phase !== "done") continue;
    const bytes = writtenBytes(turn, found.build.stage);
    if (bytes > smallBytes(turn, found.build.stage)) continue;
    inline(turn, id, state, found);
    turn.report({
      event: "stageReplanned",
      query: turn.query,
      timeMs: turn.nowMs,
      stage: id,
      reason: `stage ${found.build.stage} wrote ${bytes} bytes: broadcast join instead of shuffling stage ${found.probe.stage}`,
    });
  }
}

/** True if a stage should wait: it feeds the probe side of a join whose build side may turn out small. */
export function isHeldForBroadcast(turn: Turn, id: number): boolean {
  return turn.stages.some((reader) => {
    const found = candidate(turn, reader);
    if (found?.probe.stage !== id) return false;
    const build = turn.stages[found.build.stage];
    const { broadcastThresholdBytes: threshold } = turn.config;
    const estimate = build?.stage.estimatedBytes ?? threshold;
    const wasTooLarge = estimate >= threshold && estimate <= HOPE * threshold;
    return wasTooLarge && build?.phase !== "done";
  });
}

/** The planner had its reasons not to broadcast what it expected: only less than that is reason to think again. */
function smallBytes(turn: Turn, build: number): number {
  const { broadcastThresholdBytes: threshold } = turn.config;
  const estimate = turn.stages[build]?.stage.estimatedBytes ?? null;
  return estimate === null ? threshold : Math.min(threshold, estimate / MISJUDGED);
}

function candidate(turn: Turn, { stage, phase }: StageState): ShuffledJoin | null {
  if (turn.config.broadcastThresholdBytes < 0 || phase !== "waiting") return null;
  if (stage.partitions === 1) return null;
  const found = findJoin(stage.plan);
  if (found === null || turn.stages[found.probe.stage]?.phase !== "waiting") return null;
  const { probe, build } = found;
  const readers = turn.stages.filter((other) => other.stage.inputs.includes(probe.stage));
  const isReadOnce = [probe, build].every((read) => readsOf(stage.plan, read.stage) === 1);
  if (readers.length !== 1 || !isReadOnce) return null;
  return sharesInputs(turn, stage, probe.stage) ? null : found;
}

/** True if a stage and the producer that would become part of it read the same: a task reads a stage in one way only. */
function sharesInputs(turn: Turn, stage: Stage, producer: number): boolean {
  const inputs = turn.stages[producer]?.stage.inputs ?? [];
  return stage.inputs.some((input) => inputs.includes(input));
}

const readsOf = (plan: PhysicalPlan, stage: number): number =>
  physicalPreOrder(plan).filter((node) => "stage" in node && node.stage === stage).length;

/** The join that a stage's tasks stream through, if nothing above it needs its rows partitioned by the keys. */
function findJoin(plan: PhysicalPlan): ShuffledJoin | null {
  switch (plan.kind) {
    case "project":
    case "filter":
    case "expand":
    case "limit":
    case "topN":
      return findJoin(plan.child);
    case "hashAggregate":
      return plan.mode === "partial" ? findJoin(plan.child) : null;
    case "nestedLoopJoin":
      return findJoin(plan.left);
    case "hashJoin":
      return plan.distribution === "shuffled"
        ? shuffledJoin(plan)
        : findJoin(plan.buildSide === "left" ? plan.right : plan.left);
    default:
      return null;
  }
}

function shuffledJoin(join: HashJoinExec): ShuffledJoin | null {
  const [build, probe] =
    join.buildSide === "left" ? [join.left, join.right] : [join.right, join.left];
  if (build.kind !== "shuffleRead" || probe.kind !== "shuffleRead") return null;
  return buildMayBeCopied(join) ? { join, build, probe } : null;
}

function inline(turn: Turn, id: number, { stage }: StageState, found: ShuffledJoin): void {
  const producer = turn.stages[found.probe.stage]?.stage;
  if (producer === undefined) return;
  const plan = replaced(stage.plan, (node) => {
    if (node === found.probe) return renamed(producer.plan, found.probe);
    if (node === found.build) return { ...found.build, kind: "broadcastRead" };
    return node === found.join ? { ...found.join, distribution: "broadcast" } : node;
  });
  const stages = turn.stages.map((other) => other.stage);
  const replanned: Stage = {
    ...stage,
    plan,
    inputs: stageInputs(plan),
    partitions: taskCount(plan, stages),
  };
  turn.update(id, { stage: replanned });
  turn.update(producer.id, { phase: "done", stage: { ...producer, inputs: [] } });
}

/** The producer's rows under the names of its reader: a union of one where they differ. */
function renamed(plan: PhysicalPlan, read: ShuffleReadExec): PhysicalPlan {
  const same = plan.output.every((column, i) => column.id === read.output[i]?.id);
  if (same) return plan;
  const { output, estimatedRows, estimatedBytes } = read;
  return { kind: "union", children: [plan], output, estimatedRows, estimatedBytes };
}

/** `change` sees each node of the old plan; what it leaves is walked into. */
function replaced(plan: PhysicalPlan, change: (node: PhysicalPlan) => PhysicalPlan): PhysicalPlan {
  const changed = change(plan);
  if (changed !== plan && physicalChildren(plan).length === 0) return changed;
  return mapPhysicalChildren(changed, (child) => replaced(child, change));
}

function writtenBytes(turn: Turn, stage: number): number {
  return (turn.stages[stage]?.tasks ?? [])
    .flatMap(({ accepted }) => accepted?.blocks ?? [])
    .reduce((sum, block) => sum + block.sizeBytes, 0);
}
