import type { Expression } from "./expression.ts";
import { expressionChildren } from "./expression-tree.ts";
import type { LogicalPlan } from "./logical-plan.ts";
import { mapPlanExpressions, planChildren } from "./plan-tree.ts";

/** Gives ids that no attribute or alias of the plan has, one after the other. */
export function freshIds(plan: LogicalPlan): () => number {
  let next = largestId(plan) + 1;
  return () => next++;
}

function largestId(plan: LogicalPlan): number {
  let largest = 0;
  const visitExpression = (expression: Expression): void => {
    if (expression.kind === "attribute" || expression.kind === "alias")
      largest = Math.max(largest, expression.id);
    if (expression.kind === "subquery") visit(expression.plan);
    for (const child of expressionChildren(expression)) visitExpression(child);
  };
  const visit = (node: LogicalPlan): void => {
    if ("output" in node) for (const attribute of node.output) visitExpression(attribute);
    mapPlanExpressions(node, (expression) => {
      visitExpression(expression);
      return expression;
    });
    for (const child of planChildren(node)) visit(child);
  };
  visit(plan);
  return largest;
}
