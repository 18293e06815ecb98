import { unreachable } from "../common/assert.ts";
import type { PhysicalPlan } from "../physical/physical-plan.ts";

/** True if a task may take several partitions: all of them come from exchanges, side by side. */
export function canCoalesce(plan: PhysicalPlan): boolean {
  switch (plan.kind) {
    case "shuffleRead":
      return true;
    case "project":
    case "filter":
    case "hashAggregate":
    case "sort":
    case "topN":
    case "limit":
    case "expand":
      return canCoalesce(plan.child);
    case "nestedLoopJoin":
      return canCoalesce(plan.left);
    case "hashJoin": {
      if (plan.distribution === "shuffled")
        return canCoalesce(plan.left) && canCoalesce(plan.right);
      return canCoalesce(plan.buildSide === "left" ? plan.right : plan.left);
    }
    case "scan":
    case "range":
    case "localTable":
    case "broadcastRead":
    case "union":
    case "exchange":
      return false;
    default:
      return unreachable(plan);
  }
}
