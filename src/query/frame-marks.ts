import type { Expression } from "../plan/expression.ts";
import { someExpression } from "../plan/expression-tree.ts";
import type { LogicalPlan } from "../plan/logical-plan.ts";
import { mapPlanChildren, mapPlanExpressions, planChildren } from "../plan/plan-tree.ts";

const numbers = new WeakMap<LogicalPlan, number>();
let lastNumber = 0;

/** The number by which columns name the DataFrame of a plan, wherever that plan ends up inside another. */
export function frameNumber(plan: LogicalPlan): number {
  const dataFrame = numbers.get(plan) ?? ++lastNumber;
  numbers.set(plan, dataFrame);
  return dataFrame;
}

/** Makes columns bound to the DataFrame of one plan those of the plan that stands in for it. */
export function keepFrame(from: LogicalPlan, to: LogicalPlan): void {
  const dataFrame = numbers.get(from);
  if (dataFrame !== undefined) numbers.set(to, dataFrame);
}

/** The plan with marks around the DataFrames whose columns are used in it, for the analyzer to find them. */
export function markFrames(plan: LogicalPlan): LogicalPlan {
  const used = new Set<number>();
  findUsed(plan, used);
  return used.size === 0 ? plan : mark(plan, used);
}

function mark(plan: LogicalPlan, used: ReadonlySet<number>): LogicalPlan {
  const marked = mapPlanChildren(plan, (child) => mark(child, used));
  const dataFrame = numbers.get(plan);
  if (dataFrame === undefined || !used.has(dataFrame)) return marked;
  return Object.freeze({
    kind: "subqueryAlias",
    alias: "",
    columns: [],
    dataFrame,
    child: marked,
  });
}

function findUsed(plan: LogicalPlan, used: Set<number>): void {
  mapPlanExpressions(plan, (expression) => {
    someExpression(expression, (node) => {
      addNumber(node, used);
      return false;
    });
    return expression;
  });
  for (const child of planChildren(plan)) findUsed(child, used);
}

function addNumber(node: Expression, used: Set<number>): void {
  if (node.kind === "unresolvedAttribute" && node.dataFrame !== undefined) used.add(node.dataFrame);
}
