import type { ErrorJson } from "../common/errors.ts";
import type { TaskResult } from "../exec/task-spec.ts";
import type { AttemptRef } from "./driver-state.ts";

/** What happens to a query, and when. Events may come twice, late, and in any order. */
export type DriverEvent =
  | { readonly kind: "start"; readonly nowMs: number }
  /** Another process goes on with a query that was started; what was under way is lost. */
  | { readonly kind: "resume"; readonly takeover: number; readonly nowMs: number }
  | { readonly kind: "attemptStarted"; readonly attempt: AttemptRef; readonly nowMs: number }
  | { readonly kind: "attemptFinished"; readonly result: TaskResult; readonly nowMs: number }
  /** Also a worker that was lost: the error then is retryable. */
  | {
      readonly kind: "attemptFailed";
      readonly attempt: AttemptRef;
      readonly error: ErrorJson;
      readonly nowMs: number;
    }
  | { readonly kind: "timer"; readonly nowMs: number }
  | { readonly kind: "cancel"; readonly error: ErrorJson; readonly nowMs: number };
