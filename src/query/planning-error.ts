import { asTindraError, SqlSyntaxError, type TindraError } from "../common/errors.ts";

/** What planning a query threw, as a typed error; a plan too deep for this thread's stack is no fault of ours. */
export function planningError(thrown: unknown): TindraError {
  if (thrown instanceof RangeError && thrown.message.includes("call stack"))
    return new SqlSyntaxError({
      condition: "FAILED_TO_PARSE_TOO_COMPLEX",
      message:
        "The statement, including potential SQL functions and referenced views, was too complex to parse. To mitigate this error divide the statement into multiple, less complex chunks.",
      sqlState: "54001",
      cause: thrown,
    });
  return asTindraError(thrown);
}
