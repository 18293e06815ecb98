import type { Sort } from "../plan/logical-plan.ts";
import { distributionOf } from "./distribution.ts";
import { exchange, SINGLE } from "./exchange.ts";
import type { PhysicalPlan } from "./physical-plan.ts";
import type { Planning } from "./planning.ts";

/** A global sort: by ranges in all partitions, or in one partition where there is little to sort. */
export function planSort(plan: Sort, planning: Planning): PhysicalPlan {
  const { orders } = plan;
  const child = inOrder(planning.plan(plan.child), orders, planning);
  const { output, estimatedRows, estimatedBytes } = child;
  return Object.freeze({ kind: "sort", orders, child, output, estimatedRows, estimatedBytes });
}

function inOrder(child: PhysicalPlan, orders: Sort["orders"], { options }: Planning): PhysicalPlan {
  if (distributionOf(child).partitions === 1) return child;
  const { shufflePartitions: partitions, singleSortBytes } = options;
  const isSmall = child.estimatedBytes !== null && child.estimatedBytes <= singleSortBytes;
  if (isSmall || partitions === 1) return exchange(child, SINGLE);
  return exchange(child, Object.freeze({ kind: "range", orders, partitions }));
}
