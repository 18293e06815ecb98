import { assert } from "../common/assert.ts";
import type { Expression } from "../plan/expression.ts";
import type { Limit, LogicalPlan, Offset, Sort } from "../plan/logical-plan.ts";
import { distributionOf } from "./distribution.ts";
import { estimated } from "./estimated.ts";
import { exchange, SINGLE } from "./exchange.ts";
import type { LimitExec, PhysicalPlan, TopNExec } from "./physical-plan.ts";
import { mapPhysicalChildren } from "./physical-tree.ts";
import type { Planning } from "./planning.ts";

/** LIMIT and OFFSET: what each partition need not hand on is cut there, the rest in one partition. */
export function planLimit(plan: Limit | Offset, planning: Planning): PhysicalPlan {
  const { count, offset, child } = window(plan);
  const enough = count === null ? null : count + offset;
  if (child.kind === "sort" && enough !== null && enough <= planning.options.topNRows) {
    const first = planTopN(child, enough, planning);
    return offset === 0 ? first : limit(plan, first, count, offset);
  }
  const rows = planning.plan(child);
  if (distributionOf(rows).partitions === 1) return limit(plan, rows, count, offset);
  const local = enough === null ? rows : limitPartitions(child, rows, enough);
  return limit(plan, exchange(local, SINGLE), count, offset);
}

/** At most `count` rows of each partition, cut where they come from. */
function limitPartitions(logical: LogicalPlan, rows: PhysicalPlan, count: number): PhysicalPlan {
  const below = (child: PhysicalPlan): PhysicalPlan => limitPartitions(logical, child, count);
  if (rows.kind === "union") return mapPhysicalChildren(rows, below);
  if (rows.kind === "hashJoin" && rows.distribution === "broadcast") {
    if (rows.type === "left")
      return limit(logical, Object.freeze({ ...rows, left: below(rows.left) }), count, 0);
    if (rows.type === "right")
      return limit(logical, Object.freeze({ ...rows, right: below(rows.right) }), count, 0);
  }
  return limit(logical, rows, count, 0);
}

function window(plan: Limit | Offset): {
  count: number | null;
  offset: number;
  child: LogicalPlan;
} {
  if (plan.kind === "offset")
    return { count: null, offset: rowCount(plan.count), child: plan.child };
  const count = rowCount(plan.count);
  if (plan.child.kind !== "offset") return { count, offset: 0, child: plan.child };
  return { count, offset: rowCount(plan.child.count), child: plan.child.child };
}

function planTopN(sort: Sort, count: number, planning: Planning): PhysicalPlan {
  const rows = planning.plan(sort.child);
  const local = topN(sort, count, rows);
  if (distributionOf(rows).partitions === 1) return local;
  return topN(sort, count, exchange(local, SINGLE));
}

function topN(sort: Sort, count: number, child: PhysicalPlan): TopNExec {
  const { orders } = sort;
  return Object.freeze({
    kind: "topN",
    orders,
    count,
    child,
    output: child.output,
    ...atMost(child, count),
  });
}

function limit(
  logical: LogicalPlan,
  child: PhysicalPlan,
  count: number | null,
  offset: number,
): LimitExec {
  const size = count === null ? estimated(logical, child.output) : atMost(child, count);
  return Object.freeze({ kind: "limit", count, offset, child, output: child.output, ...size });
}

function atMost(
  child: PhysicalPlan,
  count: number,
): { estimatedRows: number; estimatedBytes: number | null } {
  const rows = child.estimatedRows;
  if (rows === null || rows === 0) return { estimatedRows: count, estimatedBytes: null };
  const estimatedRows = Math.min(rows, count);
  const bytes = child.estimatedBytes;
  return { estimatedRows, estimatedBytes: bytes === null ? null : bytes * (estimatedRows / rows) };
}

function rowCount(expression: Expression): number {
  assert(
    expression.kind === "literal" && expression.value !== null,
    "The count of a limit is no constant",
  );
  return Number(expression.value);
}
