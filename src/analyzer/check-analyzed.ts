import type { LogicalPlan } from "../plan/logical-plan.ts";
import { checkPlan } from "../plan/plan-invariants.ts";

/** Throws an `InternalError` where the analyzer left something unresolved or inconsistent. */
export function checkAnalyzed(plan: LogicalPlan): void {
  checkPlan(plan);
}
