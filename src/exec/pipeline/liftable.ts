import { findBuiltin } from "../../builtins/registry.ts";
import type { Expression } from "../../plan/expression.ts";
import { expressionChildren } from "../../plan/expression-tree.ts";
import { memoized } from "../../plan/memoized.ts";

/** True if an expression's value depends on its attributes alone and is worth a table. */
export function isLiftable(expression: Expression): boolean {
  if (expression.kind === "literal" || expression.kind === "attribute") return false;
  return isSteady(expression);
}

const isSteady: (expression: Expression) => boolean = memoized((expression) => {
  const builtin = expression.kind === "call" ? findBuiltin(expression.name) : undefined;
  const isUnsteady = builtin?.kind === "scalar" && builtin.nondeterministic === true;
  return !isUnsteady && expressionChildren(expression).every(isSteady);
});
