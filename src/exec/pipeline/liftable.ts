import { findBuiltin } from "../../builtins/registry.ts";
import type { Expression } from "../../plan/expression.ts";
import { someExpression } from "../../plan/expression-tree.ts";

/** Whether an expression's value depends on its attributes alone and is worth a table. */
export function isLiftable(expression: Expression): boolean {
  if (expression.kind === "literal" || expression.kind === "attribute") return false;
  return !someExpression(
    expression,
    (node) =>
      node.kind === "call" &&
      findBuiltin(node.name)?.kind === "scalar" &&
      (findBuiltin(node.name) as { nondeterministic?: boolean }).nondeterministic === true,
  );
}
