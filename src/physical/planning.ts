import type { LogicalPlan } from "../plan/logical-plan.ts";
import type { PhysicalPlan } from "./physical-plan.ts";
import type { PlannerOptions } from "./planner-options.ts";

/** What the parts of the planner share while one query is planned. */
export interface Planning {
  readonly options: Required<PlannerOptions>;
  readonly freshId: () => number;
  /** Plans a child. */
  readonly plan: (logical: LogicalPlan) => PhysicalPlan;
}
