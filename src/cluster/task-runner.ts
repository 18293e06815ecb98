import type { TaskResult, TaskSpec } from "../exec/task-spec.ts";

/**
 * What a task that ran leaves: its result, and of a result task the rows as an Arrow IPC stream, or whatever stands for
 * one where the rows are elsewhere.
 */
export interface TaskReport<Rows = Uint8Array> {
  readonly result: TaskResult;
  readonly rows: Rows | null;
}

/** Where tasks run: worker threads, Lambda invocations. */
export interface TaskRunner<Rows = Uint8Array> {
  /** How many tasks run at once. */
  readonly capacity: number;
  /**
   * Runs one task; waits where there is no room. Rejects with a `TindraError`: the task's own, a retryable one where
   * its worker was lost, a `CancelledError` after the signal. Settles only when the task can write no more.
   * `onStart` is called when it really starts.
   */
  run(spec: TaskSpec, signal: AbortSignal, onStart?: () => void): Promise<TaskReport<Rows>>;
  /** Ends all workers. Tasks under way are lost. */
  close(): Promise<void>;
}
