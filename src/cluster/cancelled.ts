import { CancelledError, TindraError } from "../common/errors.ts";
import { unlessAborted } from "../common/unless-aborted.ts";

/** The error of a query that its user stopped. */
export const operationCancelled = (): CancelledError =>
  new CancelledError({
    condition: "OPERATION_CANCELED",
    message: "The query was cancelled.",
    sqlState: "HY008",
  });

/** The error of a query that ran longer than it may. */
export const queryTimedOut = (timeoutMs: number): CancelledError =>
  new CancelledError({
    condition: "QUERY_TIMED_OUT",
    message: `The query took longer than its ${timeoutMs} ms.`,
    sqlState: "57014",
    details: { timeoutMs },
  });

/** The error of a query that another process took over. */
export const handedOver = (): CancelledError =>
  new CancelledError({
    condition: "QUERY_HANDED_OVER",
    message: "Another process goes on with the query.",
    sqlState: "HY008",
  });

/** What a signal was aborted with where that is an error of ours, else the general one. */
export const cancelReason = (signal: AbortSignal): TindraError =>
  signal.reason instanceof TindraError ? signal.reason : operationCancelled();

/** The outcome, unless the signal aborts before it is there. */
export const unlessCancelled = <T>(outcome: Promise<T>, signal: AbortSignal): Promise<T> =>
  unlessAborted(outcome, signal, () => cancelReason(signal));
