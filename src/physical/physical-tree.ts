import { unreachable } from "../common/assert.ts";
import { mapList, replaceIfChanged } from "../plan/expression-tree.ts";
import type { PhysicalPlan } from "./physical-plan.ts";

/** The direct children, left to right. */
export function physicalChildren(plan: PhysicalPlan): readonly PhysicalPlan[] {
  const children: PhysicalPlan[] = [];
  mapPhysicalChildren(plan, (child) => {
    children.push(child);
    return child;
  });
  return children;
}

/** The same node over new children; the same object where none changed. */
export function mapPhysicalChildren(
  plan: PhysicalPlan,
  change: (child: PhysicalPlan) => PhysicalPlan,
): PhysicalPlan {
  switch (plan.kind) {
    case "scan":
    case "localTable":
    case "range":
    case "shuffleRead":
    case "broadcastRead":
      return plan;
    case "project":
    case "filter":
    case "hashAggregate":
    case "sort":
    case "topN":
    case "limit":
    case "expand":
    case "exchange":
      return replaceIfChanged(plan, { child: change(plan.child) });
    case "hashJoin":
    case "nestedLoopJoin":
      return replaceIfChanged(plan, { left: change(plan.left), right: change(plan.right) });
    case "union":
      return replaceIfChanged(plan, { children: mapList(plan.children, change) });
    default:
      return unreachable(plan);
  }
}

/** Rewrites bottom-up: children first, then the node over its new children. */
export function transformPhysical(
  plan: PhysicalPlan,
  change: (node: PhysicalPlan) => PhysicalPlan,
): PhysicalPlan {
  return change(mapPhysicalChildren(plan, (child) => transformPhysical(child, change)));
}

/** All nodes, a node before its children, children left to right: the order of `TaskMetrics.operatorRows`. */
export function physicalPreOrder(plan: PhysicalPlan): readonly PhysicalPlan[] {
  const nodes: PhysicalPlan[] = [];
  const visit = (node: PhysicalPlan): void => {
    nodes.push(node);
    for (const child of physicalChildren(node)) visit(child);
  };
  visit(plan);
  return nodes;
}
