import { findBuiltin } from "../../builtins/registry.ts";
import type { Expression } from "../../plan/expression.ts";
import { someExpression } from "../../plan/expression-tree.ts";

/** Whether an expression's value depends on its attributes alone and is worth a table. */
export function isLiftable(expression: Expression): boolean {
  if (expression.kind === "literal" || expression.kind === "attribute") return false;
  return !someExpression(expression, (node) => {
    const builtin = node.kind === "call" ? findBuiltin(node.name) : undefined;
    return builtin?.kind === "scalar" && builtin.nondeterministic === true;
  });
}
