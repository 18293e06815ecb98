import type { Expression } from "../../plan/expression.ts";
import { expressionKey } from "../../plan/expression-key.ts";
import { expressionChildren } from "../../plan/expression-tree.ts";
import { memoized } from "../../plan/memoized.ts";
import { isLiftable } from "../pipeline/liftable.ts";

/** Subtrees that occur more than once in the expressions and are always evaluated, small ones first. */
export function sharedSubtrees(expressions: readonly Expression[]): readonly Expression[] {
  const seen = new Map<string, { expression: Expression; times: number }>();
  const visit = (node: Expression): void => {
    if (!isLiftable(node)) return;
    const key = expressionKey(node);
    const known = seen.get(key);
    if (known) known.times++;
    else seen.set(key, { expression: node, times: 1 });
    if (alwaysEvaluatesChildren(node)) for (const child of expressionChildren(node)) visit(child);
  };
  for (const expression of expressions) visit(expression);
  return [...seen.values()]
    .filter(({ times }) => times > 1)
    .map(({ expression }) => ({ expression, size: sizeOf(expression) }))
    .sort((a, b) => a.size - b.size)
    .map(({ expression }) => expression);
}

const sizeOf: (expression: Expression) => number = memoized((expression) =>
  expressionChildren(expression).reduce((sum, child) => sum + sizeOf(child), 1),
);

const LAZY_CALLS = new Set([
  "and",
  "or",
  "if",
  "coalesce",
  "nvl",
  "ifnull",
  "nvl2",
  "nullif",
  "in",
]);

function alwaysEvaluatesChildren(node: Expression): boolean {
  return node.kind === "cast" || (node.kind === "call" && !LAZY_CALLS.has(node.name));
}
