import { InternalError } from "../common/errors.ts";
import { conjunctsOf } from "../plan/conjuncts.ts";
import { freshIds } from "../plan/fresh-ids.ts";
import type { LogicalPlan } from "../plan/logical-plan.ts";
import { planOutput } from "../plan/plan-output.ts";
import { estimated } from "./estimated.ts";
import type { PhysicalPlan } from "./physical-plan.ts";
import { planAggregate } from "./plan-aggregate.ts";
import { planJoin } from "./plan-join.ts";
import { planLimit } from "./plan-limit.ts";
import { planScan } from "./plan-scan.ts";
import { planSort } from "./plan-sort.ts";
import type { PlannerOptions } from "./planner-options.ts";
import type { Planning } from "./planning.ts";
import { projectTo } from "./project-to.ts";

const DEFAULTS = {
  splitBytes: 128 * 1024 * 1024,
  minSplitBytes: 1024 * 1024,
  singleAggregateBytes: 64 * 1024,
  singleSortBytes: 8 * 1024 * 1024,
  topNRows: 100_000,
  timeZone: "UTC",
};

/** Chooses operators and distribution for an optimized plan; exchanges stand in the tree until stages are cut. */
export function planPhysical(plan: LogicalPlan, options: PlannerOptions): PhysicalPlan {
  const planning: Planning = {
    options: { ...DEFAULTS, ...options },
    freshId: freshIds(plan),
    plan: (logical) => planNode(logical, planning),
  };
  return planning.plan(plan);
}

function planNode(plan: LogicalPlan, planning: Planning): PhysicalPlan {
  switch (plan.kind) {
    case "relation":
      return planScan(plan, planning);
    case "localRelation":
    case "range":
      return planValues(plan, planning);
    case "project":
      return projectTo(plan.expressions, planning.plan(plan.child));
    case "filter": {
      const child = planning.plan(plan.child);
      const conditions = conjunctsOf(plan.condition);
      const { output } = child;
      return Object.freeze({
        kind: "filter",
        conditions,
        child,
        output,
        ...estimated(plan, output),
      });
    }
    case "aggregate":
      return planAggregate(plan, planning);
    case "join":
      return planJoin(plan, planning);
    case "sort":
      return planSort(plan, planning);
    case "limit":
    case "offset":
      return planLimit(plan, planning);
    case "expand": {
      const { projections, output } = plan;
      const child = planning.plan(plan.child);
      return Object.freeze({
        kind: "expand",
        projections,
        child,
        output,
        ...estimated(plan, output),
      });
    }
    case "setOperation":
      return planUnion(plan, planning);
    case "subqueryAlias":
      return planning.plan(plan.child);
    default:
      return unplannable(plan);
  }
}

function planValues(
  plan: LogicalPlan & { kind: "localRelation" | "range" },
  { options }: Planning,
): PhysicalPlan {
  const { output } = plan;
  const size = estimated(plan, output);
  if (plan.kind === "localRelation")
    return Object.freeze({ kind: "localTable", rows: plan.rows, output, ...size });
  const { start, end, step } = plan;
  const partitions = Math.max(1, Math.min(options.parallelism, size.estimatedRows));
  return Object.freeze({ kind: "range", start, end, step, partitions, output, ...size });
}

function planUnion(plan: LogicalPlan & { kind: "setOperation" }, planning: Planning): PhysicalPlan {
  if (plan.operation !== "union" || !plan.all) return unplannable(plan);
  const output = planOutput(plan);
  const children = plan.children.map(planning.plan);
  return Object.freeze({ kind: "union", children, output, ...estimated(plan, output) });
}

function unplannable(plan: LogicalPlan): never {
  throw new InternalError({
    condition: "INTERNAL_ERROR",
    message: `No operator for the logical node ${plan.kind}: a mandatory rule has not run`,
    sqlState: "XX000",
  });
}
