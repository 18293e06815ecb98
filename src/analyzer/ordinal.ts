import type { Expression } from "../plan/expression.ts";

/** The position from 1 that an integer literal in GROUP BY or ORDER BY means; null for another expression. */
export function ordinalOf(expression: Expression): number | null {
  const isInteger = expression.kind === "literal" && expression.type.kind === "int";
  return isInteger && expression.value !== null ? Number(expression.value) : null;
}
