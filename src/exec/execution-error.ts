import {
  asTindraError,
  isStackOverflow,
  ResourcesError,
  type TindraError,
} from "../common/errors.ts";

/** What running compiled code threw. A trap is a fault of ours; running out of what a machine can hold is not. */
export function executionError(thrown: unknown): TindraError {
  if (thrown instanceof RangeError && /memory|allocation|invalid .*length/i.test(thrown.message))
    return new ResourcesError({
      condition: "MEMORY_LIMIT_EXCEEDED",
      message: `A task ran out of memory: ${thrown.message}`,
      sqlState: "53200",
      wantsLess: true,
      cause: thrown,
    });
  if (isStackOverflow(thrown)) return codeTooLarge(thrown);
  if (isCompileError(thrown) && /limit|too large|exceed/i.test(thrown.message))
    return codeTooLarge(thrown);
  return asTindraError(thrown);
}

const isCompileError = (thrown: unknown): thrown is Error =>
  thrown instanceof Error && thrown.name === "CompileError";

/** The compiled form of an expression is beyond what the machine's compiler takes. */
export function codeTooLarge(cause?: unknown): ResourcesError {
  return new ResourcesError({
    condition: "GENERATED_CODE_TOO_LARGE",
    message:
      "An expression of the query is too large to be compiled; write it in several steps, or lists of values as a table to join with",
    sqlState: "54001",
    cause,
  });
}
