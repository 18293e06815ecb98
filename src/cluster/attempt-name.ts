import type { AttemptRef } from "./driver-state.ts";

/** What tells an attempt from all others of its query by one process. */
export const attemptName = ({
  stage,
  partition,
  attempt,
}: Pick<AttemptRef, "stage" | "partition" | "attempt">): string =>
  `${stage}/${partition}/${attempt}`;
