import { present, unreachable } from "../common/assert.ts";
import { taskCount } from "../physical/cut-stages.ts";
import type { Stage } from "../physical/job-graph.ts";
import type { PhysicalPlan, Split } from "../physical/physical-plan.ts";
import { mapPhysicalChildren, physicalPreOrder } from "../physical/physical-tree.ts";
import { type Piece, pieceOfRange, pieceOfRead } from "../physical/piece-of-source.ts";
import { sliceSplit } from "../physical/plan-splits.ts";
import type { TaskShare } from "./driver-state.ts";

/** What one task runs. */
export interface TaskPlan {
  readonly plan: PhysicalPlan;
  /** By producing stage, the partitions to read; null for all. */
  readonly reads: ReadonlyMap<number, readonly number[] | null>;
  /** For each operator of `plan` in pre-order, its place in the stage's plan. */
  readonly operators: readonly number[];
}

/**
 * A stage's plan for a share of it: scans hold only their splits, a union only the child whose partition it is. More
 * than one partition only where `canCoalesce`, a piece only of what `divideShare` divides.
 */
export function taskPlan(plan: PhysicalPlan, share: TaskShare, stages: readonly Stage[]): TaskPlan {
  const cutter = new Cutter(stages);
  const cut = cutter.cut(plan, share);
  return { plan: cut, reads: cutter.reads, operators: cutter.operators };
}

class Cutter {
  readonly reads: Map<number, readonly number[] | null> = new Map();
  readonly operators: number[] = [];
  private readonly stages: readonly Stage[];
  private next = 0;

  constructor(stages: readonly Stage[]) {
    this.stages = stages;
  }

  /** `share` null: all of it, for a side that every task reads whole. */
  cut(plan: PhysicalPlan, share: TaskShare | null): PhysicalPlan {
    this.operators.push(this.next++);
    switch (plan.kind) {
      case "scan": {
        const splits = share?.partitions.map((p) =>
          splitOf(present(plan.splits[p], "A split"), share.piece),
        );
        return splits === undefined ? plan : { ...plan, splits };
      }
      case "range":
        return share === null ? plan : pieceOfRange(plan, onlyPartition(share), share.piece);
      case "localTable":
        return plan;
      case "shuffleRead": {
        this.reads.set(plan.stage, share?.partitions ?? null);
        if (!share?.piece) return plan;
        const producer = present(this.stages[plan.stage], "A producing stage");
        return pieceOfRead(plan, producer, onlyPartition(share), share.piece);
      }
      case "broadcastRead":
        this.reads.set(plan.stage, null);
        return plan;
      case "union":
        return this.cutUnion(plan, share);
      case "hashJoin": {
        const wholeSide = plan.distribution === "broadcast" ? plan.buildSide : null;
        const left = this.cut(plan.left, wholeSide === "left" ? null : share);
        const right = this.cut(plan.right, wholeSide === "right" ? null : share);
        return { ...plan, left, right };
      }
      case "nestedLoopJoin": {
        const left = this.cut(plan.left, share);
        return { ...plan, left, right: this.cut(plan.right, null) };
      }
      case "project":
      case "filter":
      case "hashAggregate":
      case "sort":
      case "topN":
      case "limit":
      case "expand":
      case "exchange":
        return mapPhysicalChildren(plan, (child) => this.cut(child, share));
      default:
        return unreachable(plan);
    }
  }

  private cutUnion(plan: PhysicalPlan & { kind: "union" }, share: TaskShare | null): PhysicalPlan {
    if (share === null) return mapPhysicalChildren(plan, (child) => this.cut(child, null));
    let partition = onlyPartition(share);
    let taken: PhysicalPlan | null = null;
    for (const child of plan.children) {
      const count = taskCount(child, this.stages);
      if (0 <= partition && partition < count)
        taken = this.cut(child, { ...share, partitions: [partition] });
      else this.next += operatorCount(child);
      partition -= count;
    }
    return { ...plan, children: [present(taken, "A union's child")] };
  }
}

const counts = new WeakMap<PhysicalPlan, number>();

/** Counted once for each of a union's children, however many tasks pass over it. */
function operatorCount(plan: PhysicalPlan): number {
  const known = counts.get(plan);
  if (known !== undefined) return known;
  const count = physicalPreOrder(plan).length;
  counts.set(plan, count);
  return count;
}

const splitOf = (split: Split, piece: Piece | null): Split =>
  piece === null ? split : sliceSplit(split, piece.index, piece.count);

const onlyPartition = ({ partitions }: TaskShare): number => present(partitions[0], "A partition");

/** The stages whose partitions are a plan's own partitions. */
export function partitionedInputs(plan: PhysicalPlan): readonly number[] {
  const first: TaskShare = { partitions: [0], piece: null };
  return [...taskPlan(plan, first, []).reads].flatMap(([stage, partitions]) =>
    partitions === null ? [] : [stage],
  );
}
