import type { AnalysisError } from "../../common/errors.ts";
import type { Argument, ResolveContext } from "../builtin.ts";
import { unexpectedArgument } from "../type-mismatch.ts";

/** The error of a sum or an average of what is neither a number nor an interval. */
export function notSummable(args: readonly Argument[], context: ResolveContext): AnalysisError {
  return unexpectedArgument(
    args,
    ([child = ""]) => `${context.name}(${child})`,
    0,
    '("NUMERIC" or "INTERVAL DAY TO SECOND" or "INTERVAL YEAR TO MONTH")',
  );
}
