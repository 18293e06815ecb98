import type { Expression } from "../../plan/expression.ts";
import { someExpression } from "../../plan/expression-tree.ts";
import type { Aggregate, LogicalPlan } from "../../plan/logical-plan.ts";
import { mapPlanChildren, transformPlan } from "../../plan/plan-tree.ts";
import { isDeterministic } from "../expression-facts.ts";
import type { Rule } from "../rule.ts";

/** Drops sorts whose order nobody sees: another sort, a join or an aggregation above makes its own. */
export const removeRedundantSorts: Rule = {
  name: "RemoveRedundantSorts",
  example: { before: "(t ORDER BY a) ORDER BY b", after: "t ORDER BY b" },
  apply: (plan) => transformPlan(plan, removeBelow),
};

/** Aggregates whose result does not depend on the order of their rows; floating-point sums do, in the last digit. */
const ORDER_FREE = new Set([
  "count",
  "min",
  "max",
  "sum",
  "avg",
  "bool_and",
  "bool_or",
  "count_if",
]);

function removeBelow(node: LogicalPlan): LogicalPlan {
  switch (node.kind) {
    case "sort": {
      const orders = node.orders.filter(({ expression }) => expression.kind !== "literal");
      if (orders.length === 0) return node.child;
      const child = withoutSort(node.child);
      if (orders.length === node.orders.length && child === node.child) return node;
      return Object.freeze({ ...node, orders: Object.freeze(orders), child });
    }
    case "join":
      return mapPlanChildren(node, withoutSort);
    case "aggregate":
      return isOrderFree(node) ? mapPlanChildren(node, withoutSort) : node;
    default:
      return node;
  }
}

function withoutSort(plan: LogicalPlan): LogicalPlan {
  switch (plan.kind) {
    case "sort":
      return withoutSort(plan.child);
    case "project":
      return plan.expressions.every(isDeterministic) ? mapPlanChildren(plan, withoutSort) : plan;
    case "filter":
      return isDeterministic(plan.condition) ? mapPlanChildren(plan, withoutSort) : plan;
    default:
      return plan;
  }
}

function isOrderFree(aggregate: Aggregate): boolean {
  const dependsOnOrder = (e: Expression): boolean =>
    e.kind === "aggregate" && !(ORDER_FREE.has(e.name) && isExact(e));
  return !aggregate.aggregates.some((e) => someExpression(e, dependsOnOrder));
}

const isExact = (call: Expression & { kind: "aggregate" }): boolean =>
  !["sum", "avg"].includes(call.name) ||
  !call.args.some((arg) => someExpression(arg, isFloatingPoint));

const isFloatingPoint = (e: Expression): boolean =>
  (e.kind === "attribute" || e.kind === "cast" || e.kind === "call") &&
  (e.type.kind === "double" || e.type.kind === "float");
