import { estimateBytes, estimatePlan } from "../plan/estimate/plan-estimate.ts";
import type { Attribute } from "../plan/expression.ts";
import type { LogicalPlan } from "../plan/logical-plan.ts";

interface Estimated {
  readonly estimatedRows: number;
  readonly estimatedBytes: number;
}

/** What is expected of an operator that puts out the rows of `logical` with these columns. */
export function estimated(logical: LogicalPlan, output: readonly Attribute[]): Estimated {
  const { rows, columns } = estimatePlan(logical);
  return { estimatedRows: rows, estimatedBytes: estimateBytes(output, rows, columns) };
}
