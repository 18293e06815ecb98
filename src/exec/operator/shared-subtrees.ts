import type { Expression } from "../../plan/expression.ts";
import { expressionChildren } from "../../plan/expression-tree.ts";
import { isLiftable } from "../pipeline/liftable.ts";

/** Subtrees that occur more than once in the expressions and are always evaluated, small ones first. */
export function sharedSubtrees(expressions: readonly Expression[]): readonly Expression[] {
  const seen = new Map<string, { expression: Expression; times: number }>();
  const visit = (node: Expression): void => {
    if (!isLiftable(node)) return;
    const text = JSON.stringify(node);
    const known = seen.get(text);
    if (known) known.times++;
    else seen.set(text, { expression: node, times: 1 });
    if (alwaysEvaluatesChildren(node)) for (const child of expressionChildren(node)) visit(child);
  };
  for (const expression of expressions) visit(expression);
  return [...seen.entries()]
    .filter(([, { times }]) => times > 1)
    .sort(([a], [b]) => a.length - b.length)
    .map(([, { expression }]) => expression);
}

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
