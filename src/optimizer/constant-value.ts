import { TindraError } from "../common/errors.ts";
import type { Expression, Literal } from "../plan/expression.ts";
import { isFoldable } from "./expression-facts.ts";
import type { RuleContext } from "./rule.ts";

/** The value of an expression without columns; null of others, and where it would fail: it may never be evaluated. */
export function constantValue(expression: Expression, context: RuleContext): Literal | null {
  if (expression.kind === "literal") return expression;
  if (!isFoldable(expression)) return null;
  try {
    return context.evaluateConstant(expression);
  } catch (error) {
    if (error instanceof TindraError && error.family !== "internal") return null;
    throw error;
  }
}
