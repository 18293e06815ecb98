import { buildBytes } from "../plan/estimate/build-bytes.ts";
import {
  chooseJoin,
  type JoinChoice,
  type JoinQuestion,
  type Side,
} from "../plan/estimate/choose-join.ts";
import type { Join } from "../plan/logical-plan.ts";
import { planOutput } from "../plan/plan-output.ts";
import { distributionOf, isHashedBy } from "./distribution.ts";
import { estimated } from "./estimated.ts";
import { BROADCAST, exchange, hashPartitioning } from "./exchange.ts";
import { type JoinKeys, joinKeys } from "./join-keys.ts";
import type { HashJoinExec, PhysicalPlan } from "./physical-plan.ts";
import { planNestedLoopJoin } from "./plan-nested-loop-join.ts";
import type { Planning } from "./planning.ts";

type HashJoinType = HashJoinExec["type"];

/** Sides that may be handed whole to every task: never the one whose unmatched rows come out. */
const BROADCASTABLE: Record<HashJoinType, readonly Side[]> = {
  inner: ["left", "right"],
  left: ["right"],
  right: ["left"],
  full: [],
  semi: ["right"],
  anti: ["right"],
};
/** Chooses between broadcast, shuffled and nested-loop join, and the side to build. */
export function planJoin(join: Join, planning: Planning): PhysicalPlan {
  const keys = joinKeys(join);
  if (keys.leftKeys.length === 0) return planNestedLoopJoin(join, planning);
  const type = join.type === "cross" ? "inner" : join.type;
  const left = planning.plan(join.left);
  const right = planning.plan(join.right);
  if (isOnePartition(left) && isOnePartition(right) && join.hint === null)
    return hashJoin(join, type, keys, smaller(left, right), left, right);
  const { buildSide, distribution } =
    hinted(join, type) ?? chooseJoin(question(type, left, right, planning));
  return distribution === "broadcast"
    ? broadcastJoin(join, type, keys, buildSide, left, right)
    : shuffledJoin(join, type, keys, buildSide, left, right, planning);
}

type Choice = Pick<JoinChoice, "buildSide" | "distribution">;

function hinted(join: Join, type: HashJoinType): Choice | null {
  if (join.hint === null) return null;
  const buildSide = join.hint === "broadcastLeft" ? "left" : "right";
  return BROADCASTABLE[type].includes(buildSide) ? { buildSide, distribution: "broadcast" } : null;
}

function question(
  type: HashJoinType,
  left: PhysicalPlan,
  right: PhysicalPlan,
  { options }: Planning,
): JoinQuestion {
  const { broadcastThresholdBytes, parallelism, shufflePartitions } = options;
  return {
    left: sizeOf(left),
    right: sizeOf(right),
    broadcastable: BROADCASTABLE[type],
    broadcastThresholdBytes,
    parallelism,
    shufflePartitions,
  };
}

function sizeOf(plan: PhysicalPlan): JoinQuestion["left"] {
  const { partitions } = distributionOf(plan);
  return { rows: rows(plan), bytes: bytes(plan), partitions };
}

function broadcastJoin(
  join: Join,
  type: HashJoinType,
  keys: JoinKeys,
  side: Side,
  left: PhysicalPlan,
  right: PhysicalPlan,
): PhysicalPlan {
  return {
    ...hashJoin(
      join,
      type,
      keys,
      side,
      side === "left" ? exchange(left, BROADCAST) : left,
      side === "right" ? exchange(right, BROADCAST) : right,
    ),
    distribution: "broadcast",
  };
}

function shuffledJoin(
  join: Join,
  type: HashJoinType,
  keys: JoinKeys,
  buildSide: Side,
  left: PhysicalPlan,
  right: PhysicalPlan,
  { options }: Planning,
): PhysicalPlan {
  const partitions = options.shufflePartitions;
  const shuffled = (child: PhysicalPlan, by: JoinKeys["leftKeys"]): PhysicalPlan =>
    isHashedBy(child, by, partitions) ? child : exchange(child, hashPartitioning(by, partitions));
  return hashJoin(
    join,
    type,
    keys,
    buildSide,
    shuffled(left, keys.leftKeys),
    shuffled(right, keys.rightKeys),
  );
}

function hashJoin(
  join: Join,
  type: HashJoinType,
  keys: JoinKeys,
  buildSide: Side,
  left: PhysicalPlan,
  right: PhysicalPlan,
): HashJoinExec {
  const output = planOutput(join);
  return Object.freeze({
    kind: "hashJoin",
    type,
    buildSide,
    ...keys,
    distribution: "shuffled",
    left,
    right,
    output,
    ...estimated(join, output),
  });
}

function smaller(left: PhysicalPlan, right: PhysicalPlan): Side {
  return tableBytes(left) < tableBytes(right) ? "left" : "right";
}

const bytes = (plan: PhysicalPlan): number => plan.estimatedBytes ?? Number.POSITIVE_INFINITY;

const rows = (plan: PhysicalPlan): number => plan.estimatedRows ?? 0;

const tableBytes = (plan: PhysicalPlan): number => buildBytes(rows(plan), bytes(plan));

const isOnePartition = (plan: PhysicalPlan): boolean => distributionOf(plan).partitions === 1;
