import { allOf } from "../plan/conjuncts.ts";
import type { Expression } from "../plan/expression.ts";
import type { Aggregate, Filter, LogicalPlan } from "../plan/logical-plan.ts";

/** The child with a filter of these conjuncts; the child itself for none. */
export function filterBy(child: LogicalPlan, conjuncts: readonly Expression[]): LogicalPlan {
  const condition = allOf(conjuncts);
  if (condition === null) return child;
  const filter: Filter = { kind: "filter", condition, child };
  return Object.freeze(filter);
}

/** A grouping of a child. */
export function aggregateOf(
  child: LogicalPlan,
  grouping: readonly Expression[],
  aggregates: readonly Expression[],
): Aggregate {
  return Object.freeze({ kind: "aggregate", grouping, aggregates, child });
}
