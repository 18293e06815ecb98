import { buildBytes } from "../plan/estimate/build-bytes.ts";
import { broadcastCost, shuffleCost } from "../plan/estimate/join-cost.ts";
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
type Side = "left" | "right";

/** Sides that may be handed whole to every task: never the one whose unmatched rows come out. */
const BROADCASTABLE: Record<HashJoinType, readonly Side[]> = {
  inner: ["left", "right"],
  left: ["right"],
  right: ["left"],
  full: [],
  semi: ["right"],
  anti: ["right"],
};
const BOTH: readonly Side[] = ["left", "right"];
/** A build side this small is broadcast whatever the other side has. */
const TINY_BYTES = 1024 * 1024;

/** Chooses between broadcast, shuffled and nested-loop join, and the side to build. */
export function planJoin(join: Join, planning: Planning): PhysicalPlan {
  const keys = joinKeys(join);
  if (keys.leftKeys.length === 0) return planNestedLoopJoin(join, planning);
  const type = join.type === "cross" ? "inner" : join.type;
  const left = planning.plan(join.left);
  const right = planning.plan(join.right);
  if (isOnePartition(left) && isOnePartition(right) && join.hint === null)
    return hashJoin(join, type, keys, smaller(BOTH, left, right), left, right);
  const broadcast = broadcastSide(join, type, left, right, planning);
  if (broadcast !== null) return broadcastJoin(join, type, keys, broadcast, left, right);
  return shuffledJoin(join, type, keys, left, right, planning);
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
    smaller(BOTH, left, right),
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

function broadcastSide(
  join: Join,
  type: HashJoinType,
  left: PhysicalPlan,
  right: PhysicalPlan,
  { options }: Planning,
): Side | null {
  const allowed = BROADCASTABLE[type];
  const hinted = join.hint && (join.hint === "broadcastLeft" ? "left" : "right");
  if (hinted && allowed.includes(hinted)) return hinted;
  if (allowed.length === 0) return null;
  const side = smaller(allowed, left, right);
  const [build, probe] = side === "left" ? [left, right] : [right, left];
  if (bytes(build) > options.broadcastThresholdBytes) return null;
  return isWorthCopying(build, probe, options.parallelism) ? side : null;
}

/** Every worker builds a broadcast table; a shuffle moves both sides, but builds each row once. */
function isWorthCopying(build: PhysicalPlan, probe: PhysicalPlan, parallelism: number): boolean {
  if (bytes(build) <= TINY_BYTES) return true;
  const [buildRows, probeRows] = [rows(build), rows(probe)];
  const probePartitions = distributionOf(probe).partitions;
  const shuffled = shuffleCost({
    buildRows: Math.min(buildRows, probeRows),
    probeRows: Math.max(buildRows, probeRows),
    probePartitions,
    parallelism,
  });
  return broadcastCost({ buildRows, probeRows, probePartitions, parallelism }) <= shuffled;
}

function smaller(sides: readonly Side[], left: PhysicalPlan, right: PhysicalPlan): Side {
  const [only] = sides;
  if (sides.length === 1 && only) return only;
  return tableBytes(left) < tableBytes(right) ? "left" : "right";
}

const bytes = (plan: PhysicalPlan): number => plan.estimatedBytes ?? Number.POSITIVE_INFINITY;

const rows = (plan: PhysicalPlan): number => plan.estimatedRows ?? 0;

const tableBytes = (plan: PhysicalPlan): number => buildBytes(rows(plan), bytes(plan));

const isOnePartition = (plan: PhysicalPlan): boolean => distributionOf(plan).partitions === 1;
