import type { ErrorJson } from "../common/errors.ts";
import type { TaskMetrics } from "../exec/task-spec.ts";
import type { JobGraph, Stage } from "../physical/job-graph.ts";
import type { Piece } from "../physical/piece-of-source.ts";
import type { ShuffleBlock } from "../shuffle/shuffle-block.ts";

/** All that the driver knows of a query, as JSON: another process can go on with it. */
export interface DriverState {
  readonly query: string;
  /** Which process has the query: 0 the first, a greater number each one after it. */
  readonly takeover: number;
  readonly stages: readonly StageState[];
  /** Null while the answer is being worked on; then what is left is to end attempts and delete objects. */
  readonly outcome: Outcome | null;
  /** True if nothing is left to do. */
  readonly ended: boolean;
}

/** How a query ended. */
export type Outcome =
  | { readonly kind: "finished" }
  | { readonly kind: "failed"; readonly error: ErrorJson };

/** How far a stage is. */
export interface StageState {
  readonly stage: Stage;
  /** `sampling`: tasks report sort keys from which the bounds of a range exchange are chosen. */
  readonly phase: "waiting" | "sampling" | "running" | "done";
  readonly bounds: readonly string[] | null;
  /** In the order of the rows, but for those that others were divided into: they come last. */
  readonly tasks: readonly TaskState[];
  /** Attempts are numbered within a stage, so that no two of them ever write the same object. */
  readonly nextAttempt: number;
  /** Keys that attempts of this stage may have written. */
  readonly keys: readonly string[];
}

/** How far a task is. */
export interface TaskState {
  readonly share: TaskShare;
  /** The tasks that do its work in its place, in the order of the rows; null unless it was divided. */
  readonly parts: readonly number[] | null;
  readonly failures: number;
  readonly attempts: readonly AttemptState[];
  /** What the first accepted attempt reported. */
  readonly accepted: AcceptedResult | null;
}

/** What a task takes of its stage. */
export interface TaskShare {
  /** Adjacent ones are put together where they are small. */
  readonly partitions: readonly number[];
  /** The how-manieth of so many pieces of its only partition; null for all of it. */
  readonly piece: Piece | null;
}

/** How far one try of a task is. */
export interface AttemptState {
  readonly attempt: number;
  /** Null while it waits for a worker. */
  readonly startedMs: number | null;
  readonly ended: boolean;
}

/** The result of the attempt that counts. */
export interface AcceptedResult {
  readonly attempt: number;
  readonly blocks: readonly ShuffleBlock[];
  readonly metrics: TaskMetrics;
  readonly elapsedMs: number;
}

/** Names one attempt. */
export interface AttemptRef {
  readonly query: string;
  readonly stage: number;
  /** The task's place in its stage. */
  readonly partition: number;
  readonly attempt: number;
}

/** The state before anything was started. */
export function initialState(query: string, graph: JobGraph, takeover = 0): DriverState {
  const stages = graph.stages.map(
    (stage): StageState => ({
      stage,
      phase: "waiting",
      bounds: null,
      tasks: [],
      nextAttempt: 0,
      keys: [],
    }),
  );
  return { query, takeover, stages, outcome: null, ended: false };
}
