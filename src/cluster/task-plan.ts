import { present, unreachable } from "../common/assert.ts";
import { taskCount } from "../physical/cut-stages.ts";
import type { Stage } from "../physical/job-graph.ts";
import type { PhysicalPlan, RangeExec } from "../physical/physical-plan.ts";
import { mapPhysicalChildren, physicalPreOrder } from "../physical/physical-tree.ts";

/** What one task runs. */
export interface TaskPlan {
  readonly plan: PhysicalPlan;
  /** By producing stage, the partitions to read; null for all. */
  readonly reads: ReadonlyMap<number, readonly number[] | null>;
  /** For each operator of `plan` in pre-order, its place in the stage's plan. */
  readonly operators: readonly number[];
}

/**
 * A stage's plan for some of its partitions: scans hold only their splits, a union only the child whose partition it
 * is. More than one partition only where `canCoalesce`.
 */
export function taskPlan(
  plan: PhysicalPlan,
  partitions: readonly number[],
  stages: readonly Stage[],
): TaskPlan {
  const cutter = new Cutter(stages);
  const cut = cutter.cut(plan, partitions);
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

  /** `partitions` null: all of them, for a side that every task reads whole. */
  cut(plan: PhysicalPlan, partitions: readonly number[] | null): PhysicalPlan {
    this.operators.push(this.next++);
    switch (plan.kind) {
      case "scan":
        return partitions === null
          ? plan
          : { ...plan, splits: partitions.map((p) => present(plan.splits[p], "A split")) };
      case "range":
        return partitions === null ? plan : rangeOf(plan, present(partitions[0], "A partition"));
      case "localTable":
        return plan;
      case "shuffleRead":
        this.reads.set(plan.stage, partitions);
        return plan;
      case "broadcastRead":
        this.reads.set(plan.stage, null);
        return plan;
      case "union":
        return this.cutUnion(plan, partitions);
      case "hashJoin": {
        const wholeSide = plan.distribution === "broadcast" ? plan.buildSide : null;
        const left = this.cut(plan.left, wholeSide === "left" ? null : partitions);
        const right = this.cut(plan.right, wholeSide === "right" ? null : partitions);
        return { ...plan, left, right };
      }
      case "nestedLoopJoin": {
        const left = this.cut(plan.left, partitions);
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
        return mapPhysicalChildren(plan, (child) => this.cut(child, partitions));
      default:
        return unreachable(plan);
    }
  }

  private cutUnion(
    plan: PhysicalPlan & { kind: "union" },
    partitions: readonly number[] | null,
  ): PhysicalPlan {
    if (partitions === null) return mapPhysicalChildren(plan, (child) => this.cut(child, null));
    let partition = present(partitions[0], "A partition");
    let taken: PhysicalPlan | null = null;
    for (const child of plan.children) {
      const count = taskCount(child, this.stages);
      if (0 <= partition && partition < count) taken = this.cut(child, [partition]);
      else this.next += physicalPreOrder(child).length;
      partition -= count;
    }
    return { ...plan, children: [present(taken, "A union's child")] };
  }
}

/** The numbers of one partition as a range of its own. */
function rangeOf(range: RangeExec, partition: number): RangeExec {
  const [start, end, step] = [BigInt(range.start), BigInt(range.end), BigInt(range.step)];
  const span = end - start;
  const steps = span / step + (span % step === 0n ? 0n : 1n);
  const count = steps > 0n ? steps : 0n;
  const boundary = (p: number) => start + ((count * BigInt(p)) / BigInt(range.partitions)) * step;
  return {
    ...range,
    start: `${boundary(partition)}`,
    end: `${boundary(partition + 1)}`,
    partitions: 1,
  };
}

/** The stages whose partitions are a plan's own partitions. */
export function partitionedInputs(plan: PhysicalPlan): readonly number[] {
  return [...taskPlan(plan, [0], []).reads].flatMap(([stage, partitions]) =>
    partitions === null ? [] : [stage],
  );
}
