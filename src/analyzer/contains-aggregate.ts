import type { AggregateCall, Expression } from "../plan/expression.ts";
import { expressionChildren } from "../plan/expression-tree.ts";
import { memoized } from "../plan/memoized.ts";

/** The first aggregate call in the tree, itself included; null where there is none. */
export const firstAggregate: (expression: Expression) => AggregateCall | null = memoized(
  (expression) => {
    if (expression.kind === "aggregate") return expression;
    for (const child of expressionChildren(expression)) {
      const found = firstAggregate(child);
      if (found !== null) return found;
    }
    return null;
  },
);

/** True if an aggregate function is called anywhere in the expression. */
export function containsAggregate(expression: Expression): boolean {
  return firstAggregate(expression) !== null;
}
