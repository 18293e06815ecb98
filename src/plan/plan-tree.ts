import { unreachable } from "../common/assert.ts";
import type { Alias, Expression } from "./expression.ts";
import { mapList, mapSortOrder, mapWindow, replaceIfChanged } from "./expression-tree.ts";
import type { LogicalPlan } from "./logical-plan.ts";

/** The direct children, left to right. Plans of subqueries in expressions are not among them. */
export function planChildren(plan: LogicalPlan): readonly LogicalPlan[] {
  const children: LogicalPlan[] = [];
  mapPlanChildren(plan, (child) => {
    children.push(child);
    return child;
  });
  return children;
}

/** The same node over new children; the same object where none changed. */
export function mapPlanChildren(
  plan: LogicalPlan,
  change: (child: LogicalPlan) => LogicalPlan,
): LogicalPlan {
  switch (plan.kind) {
    case "relation":
    case "localRelation":
    case "range":
    case "unresolvedRelation":
    case "unresolvedFiles":
    case "inlineTable":
      return plan;
    case "project":
    case "filter":
    case "aggregate":
    case "sort":
    case "limit":
    case "offset":
    case "distinct":
    case "expand":
    case "subqueryAlias":
    case "unresolvedHaving":
    case "withWindows":
    case "deduplicate":
    case "withColumns":
    case "dropColumns":
    case "renameColumns":
    case "byColumnType":
      return replaceIfChanged(plan, { child: change(plan.child) });
    case "join":
    case "unresolvedUnion":
      return replaceIfChanged(plan, { left: change(plan.left), right: change(plan.right) });
    case "setOperation":
      return replaceIfChanged(plan, { children: mapList(plan.children, change) });
    case "with":
      return replaceIfChanged(plan, {
        relations: mapList(plan.relations, (r) => replaceIfChanged(r, { plan: change(r.plan) })),
        child: change(plan.child),
      });
    default:
      return unreachable(plan);
  }
}

/** The same node over new expressions; the same object where none changed. */
export function mapPlanExpressions(
  plan: LogicalPlan,
  change: (expression: Expression) => Expression,
): LogicalPlan {
  switch (plan.kind) {
    case "relation":
      return replaceIfChanged(plan, { filters: mapList(plan.filters, change) });
    case "project":
      return replaceIfChanged(plan, { expressions: mapList(plan.expressions, change) });
    case "filter":
    case "unresolvedHaving":
      return replaceIfChanged(plan, { condition: change(plan.condition) });
    case "aggregate":
      return replaceIfChanged(plan, {
        grouping: mapList(plan.grouping, change),
        aggregates: mapList(plan.aggregates, change),
      });
    case "join":
      return replaceIfChanged(plan, { condition: plan.condition && change(plan.condition) });
    case "sort":
      return replaceIfChanged(plan, {
        orders: mapList(plan.orders, (order) => mapSortOrder(order, change)),
      });
    case "limit":
    case "offset":
      return replaceIfChanged(plan, { count: change(plan.count) });
    case "expand":
      return replaceIfChanged(plan, {
        projections: mapList(plan.projections, (p) => mapList(p, change)),
      });
    case "inlineTable":
      return replaceIfChanged(plan, { rows: mapList(plan.rows, (row) => mapList(row, change)) });
    case "withWindows":
      return replaceIfChanged(plan, {
        windows: mapList(plan.windows, (w) =>
          replaceIfChanged(w, { spec: mapWindow(w.spec, change) }),
        ),
      });
    case "withColumns":
      return replaceIfChanged(plan, {
        columns: mapList(plan.columns, (column) => change(column) as Alias),
      });
    case "dropColumns":
      return replaceIfChanged(plan, { columns: mapList(plan.columns, change) });
    case "localRelation":
    case "range":
    case "distinct":
    case "setOperation":
    case "subqueryAlias":
    case "unresolvedRelation":
    case "unresolvedFiles":
    case "with":
    case "deduplicate":
    case "renameColumns":
    case "byColumnType":
    case "unresolvedUnion":
      return plan;
    default:
      return unreachable(plan);
  }
}

/** Rewrites bottom-up: children first, then the node over its new children. */
export function transformPlan(
  plan: LogicalPlan,
  change: (node: LogicalPlan) => LogicalPlan,
): LogicalPlan {
  return change(mapPlanChildren(plan, (child) => transformPlan(child, change)));
}

/** Rewrites top-down: a node first, then the children of what it became. */
export function transformPlanDown(
  plan: LogicalPlan,
  change: (node: LogicalPlan) => LogicalPlan,
): LogicalPlan {
  return mapPlanChildren(change(plan), (child) => transformPlanDown(child, change));
}
