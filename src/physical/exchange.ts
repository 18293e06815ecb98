import type { Expression } from "../plan/expression.ts";
import type { ExchangeExec, Partitioning, PhysicalPlan } from "./physical-plan.ts";

/** Redistributes a plan's rows. */
export function exchange(child: PhysicalPlan, partitioning: Partitioning): ExchangeExec {
  return Object.freeze({
    kind: "exchange",
    partitioning,
    child,
    output: child.output,
    estimatedRows: child.estimatedRows,
    estimatedBytes: child.estimatedBytes,
  });
}

/** By hash of the keys; into one partition without hashing. */
export function hashPartitioning(keys: readonly Expression[], partitions: number): Partitioning {
  return partitions === 1 ? SINGLE : Object.freeze({ kind: "hash", keys, partitions });
}

/** All rows to one partition. */
export const SINGLE: Partitioning = Object.freeze({ kind: "single" });
/** All rows to every task. */
export const BROADCAST: Partitioning = Object.freeze({ kind: "broadcast" });
