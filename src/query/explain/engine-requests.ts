import type { PlannedWork } from "../planned-work.ts";

/** A query's start and its end are written down. */
export const COORDINATOR_PUTS = 2;

/** What an engine asks for beside what tasks and planning do. */
export interface EngineRequests {
  /** Of the coordinator, once, and of a task each. */
  readonly invokes: number;
  /** By the coordinator. */
  readonly puts: number;
  /** All that stages may have left for each other goes at once. */
  readonly deletes: number;
}

/** The requests that an engine will make for a query, but for retries and for word of how far it is. */
export function engineRequests({ stages }: PlannedWork): EngineRequests {
  const exchangePuts = stages.reduce((sum, stage) => sum + stage.exchangePuts, 0);
  return {
    invokes: 1 + stages.reduce((sum, stage) => sum + stage.tasks, 0),
    puts: COORDINATOR_PUTS,
    deletes: exchangePuts > 0 ? 1 : 0,
  };
}
