import type { TaskSpec } from "../exec/task-spec.ts";
import type { AttemptRef, Outcome } from "./driver-state.ts";
import type { QueryEvent } from "./query-event.ts";

/** What the driver wants done. */
export type DriverAction =
  | { readonly kind: "launch"; readonly spec: TaskSpec }
  /** An attempt whose result is no longer wanted. It must still be reported as finished or failed. */
  | { readonly kind: "kill"; readonly attempt: AttemptRef }
  | { readonly kind: "delete"; readonly keys: readonly string[] }
  /** Send a timer event then. */
  | { readonly kind: "wait"; readonly untilMs: number }
  | { readonly kind: "report"; readonly event: QueryEvent }
  /** Nothing is left to do. `results`: the accepted attempts of the last stage, in the order of the rows. */
  | {
      readonly kind: "end";
      readonly outcome: Outcome;
      readonly results: readonly AttemptRef[];
    };
