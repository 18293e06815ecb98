import type { ErrorJson } from "../common/errors.ts";
import type { TaskResult, TaskSpec } from "../exec/task-spec.ts";

/** What a worker thread is told once, at its start. */
export interface ThreadSettings {
  /** The budget of the thread's memory. */
  readonly memoryBytes: number;
  /** How the user's data is opened, as `DataAccess` says. */
  readonly dataModule: string | null;
  /** Folders of the local stores. */
  readonly dataFolder: string;
  readonly exchangeFolder: string;
  /** One number, not 0 when the task under way is to stop: seen even while the thread is busy. */
  readonly stop: Int32Array<SharedArrayBuffer>;
}

/** To the thread: one task, after the one before has been reported. */
export interface ThreadTask {
  readonly spec: TaskSpec;
}

/** From the thread. */
export type ThreadReport =
  | { readonly kind: "finished"; readonly result: TaskResult; readonly rows: Uint8Array | null }
  | { readonly kind: "failed"; readonly error: ErrorJson };
