import { taskCount } from "../physical/cut-stages.ts";
import type { Stage } from "../physical/job-graph.ts";
import type { HashJoinExec, PhysicalPlan, RangeExec } from "../physical/physical-plan.ts";
import { stepsOf } from "../physical/piece-of-source.ts";
import { buildMayBeCopied } from "./build-may-be-copied.ts";
import type { TaskShare } from "./driver-state.ts";

/** Each piece of a partition by hash reads all of it and keeps its own rows: more pieces cost more than they help. */
const MAX_HASH_PIECES = 16;
/** A range can be cut as finely as anyone likes; what is too much then is not its numbers. */
const MAX_RANGE_PIECES = 64;

/** How a partition can be cut: into how many pieces at most, and whether equal keys of an exchange stay together. */
interface Pieces {
  readonly most: number;
  readonly byHash: boolean;
}

const ONE: Pieces = { most: 1, byHash: false };

/** Two shares that together are the given one, in the order of the rows; null where it cannot be divided. */
export function divideShare(
  { plan }: Stage,
  { partitions, piece }: TaskShare,
  stages: readonly Stage[],
): readonly [TaskShare, TaskShare] | null {
  if (partitions.length > 1) {
    const half = Math.ceil(partitions.length / 2);
    return [
      { partitions: partitions.slice(0, half), piece: null },
      { partitions: partitions.slice(half), piece: null },
    ];
  }
  const { index, count } = piece ?? { index: 0, count: 1 };
  if (2 * count > new Divider(stages).piecesOf(plan, partitions[0] ?? 0).most) return null;
  return [
    { partitions, piece: { index: 2 * index, count: 2 * count } },
    { partitions, piece: { index: 2 * index + 1, count: 2 * count } },
  ];
}

const perPartition = (range: RangeExec): number => Number(stepsOf(range)) / range.partitions;

/**
 * Looks for what a partition's rows come from. Operators over several partitions do not care where one ends, as long
 * as equal keys stay together; over an only one they may have been chosen because there is no other.
 */
class Divider {
  private readonly stages: readonly Stage[];

  constructor(stages: readonly Stage[]) {
    this.stages = stages;
  }

  piecesOf(plan: PhysicalPlan, partition: number): Pieces {
    const isOnlyOne = taskCount(plan, this.stages) === 1;
    switch (plan.kind) {
      case "scan": {
        const files = plan.splits[partition]?.files ?? [];
        return { most: files.reduce((sum, file) => sum + file.rowGroups.length, 0), byHash: false };
      }
      case "range":
        return { most: Math.min(MAX_RANGE_PIECES, perPartition(plan)), byHash: false };
      case "shuffleRead": {
        const byHash = this.stages[plan.stage]?.output.kind === "hash";
        return byHash ? { most: MAX_HASH_PIECES, byHash } : ONE;
      }
      case "project":
      case "filter":
      case "expand":
        return this.piecesOf(plan.child, partition);
      case "hashAggregate": {
        const isPartial = plan.mode === "partial";
        return isOnlyOne && !isPartial ? ONE : this.piecesOf(plan.child, partition);
      }
      case "sort":
      case "topN":
      case "limit":
        return isOnlyOne ? ONE : this.piecesOf(plan.child, partition);
      case "hashJoin":
        return this.piecesOfJoin(plan, partition);
      case "nestedLoopJoin":
        return this.piecesOf(plan.left, partition);
      case "union":
        return this.piecesOfUnion(plan.children, partition);
      default:
        return ONE;
    }
  }

  private piecesOfJoin(join: HashJoinExec, partition: number): Pieces {
    if (join.distribution === "broadcast") {
      const probe = join.buildSide === "left" ? join.right : join.left;
      return buildMayBeCopied(join) ? this.piecesOf(probe, partition) : ONE;
    }
    const left = this.piecesOf(join.left, partition);
    const right = this.piecesOf(join.right, partition);
    return left.byHash && right.byHash ? left : ONE;
  }

  private piecesOfUnion(children: readonly PhysicalPlan[], partition: number): Pieces {
    let at = partition;
    for (const child of children) {
      const count = taskCount(child, this.stages);
      if (at < count) return this.piecesOf(child, at);
      at -= count;
    }
    return ONE;
  }
}
