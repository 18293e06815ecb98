import type { PlannedWork } from "./planned-work.ts";

/** How an action may be ended before it is done. */
export interface QueryOptions {
  /** Ends the query with a `CancelledError` when it aborts. */
  readonly signal?: AbortSignal;
  /** Ends the query with a `CancelledError` after so long. */
  readonly timeoutMs?: number;
  /** Called before the first task of a query on this machine; what it throws ends the query. */
  readonly admit?: (work: PlannedWork) => void;
}
