import { findBuiltin } from "../builtins/registry.ts";
import type { Expression } from "./expression.ts";

/** True if the node itself, apart from its children, may have another value each time it is evaluated. */
export function isUnsteady(node: Expression): boolean {
  if (node.kind === "subquery") return true;
  if (node.kind !== "call") return false;
  const builtin = findBuiltin(node.name);
  return builtin?.kind === "scalar" && builtin.nondeterministic === true;
}
