import { AnalysisError } from "../common/errors.ts";
import type { Expression } from "../plan/expression.ts";
import { Column } from "./column.ts";

/** For callers that no compiler checked: throws `NOT_EXPECTED_TYPE`, which names the argument. */
export function expectArgument(
  holds: boolean,
  argument: string,
  expected: string,
  given: unknown,
): void {
  if (holds) return;
  const got = given === null ? "null" : typeof given;
  throw new AnalysisError({
    condition: "NOT_EXPECTED_TYPE",
    message: `Argument \`${argument}\` should be ${expected}, got ${got}.`,
    sqlState: "42K09",
    details: { argument },
  });
}

/** The expression of what should be a Column. */
export function expressionOf(column: Column): Expression {
  expectArgument(column instanceof Column, "column", "a Column", column);
  return column.expression;
}
