import type { PhysicalPlan } from "./physical-plan.ts";
import { physicalChildren } from "./physical-tree.ts";

/** The compiled pipeline that each operator is part of, from 1: Spark's `*(1)`. Reads and exchanges have none. */
export function pipelineIds(plan: PhysicalPlan): ReadonlyMap<PhysicalPlan, number> {
  const ids = new Map<PhysicalPlan, number>();
  let last = 0;
  const visit = (node: PhysicalPlan, above: PhysicalPlan[]): void => {
    const isCompiled = COMPILED.has(node.kind);
    const own = ENDS_PIPELINE.has(node.kind) ? [] : above;
    if (isCompiled) above.push(node);
    for (const child of physicalChildren(node)) visit(child, own);
    if (own === above || own.length === 0) return;
    last++;
    for (const member of own) ids.set(member, last);
  };
  const top: PhysicalPlan[] = [];
  visit(plan, top);
  last++;
  for (const member of top) ids.set(member, last);
  return ids;
}

/** What is below these runs to its end before they hand on a row, or in another task. */
const ENDS_PIPELINE: ReadonlySet<PhysicalPlan["kind"]> = new Set([
  "exchange",
  "union",
  "sort",
  "topN",
]);

const COMPILED: ReadonlySet<PhysicalPlan["kind"]> = new Set([
  "project",
  "filter",
  "hashAggregate",
  "hashJoin",
  "nestedLoopJoin",
  "sort",
  "topN",
  "limit",
  "expand",
]);
