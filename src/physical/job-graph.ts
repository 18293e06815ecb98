import type { Attribute } from "../plan/expression.ts";
import type { Partitioning, PhysicalPlan } from "./physical-plan.ts";

/** The stages of one query in topological order: a stage reads only stages before it. The last one is the answer. */
export interface JobGraph {
  readonly stages: readonly Stage[];
  readonly output: readonly Attribute[];
}

/** Operators with no exchange between them, run once for each partition. */
export interface Stage {
  /** Its place in `stages`. */
  readonly id: number;
  readonly plan: PhysicalPlan;
  /** Ids of the stages it reads. */
  readonly inputs: readonly number[];
  /** How many tasks it has: its scan's splits, its exchange's partitions, or 1. */
  readonly partitions: number;
  /** What becomes of its rows; `result` hands them to the driver. */
  readonly output: Partitioning | { readonly kind: "result" };
  readonly estimatedRows: number | null;
  readonly estimatedBytes: number | null;
}
