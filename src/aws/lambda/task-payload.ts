import type { ErrorJson } from "../../common/errors.ts";
import type { TaskResult, TaskSpec } from "../../exec/task-spec.ts";
import type { S3Usage } from "../s3/s3-usage.ts";

/** What an executor is invoked with; a spec above the payload limit is an object of its query's control folder. */
export type TaskPayload = ({ readonly spec: TaskSpec } | { readonly specKey: string }) & {
  /** Of the list of attempts that nobody waits for any more, in that folder too. */
  readonly killedKey: string;
  /** Of an object there that says that nobody waits for any of them. */
  readonly takenKey: string | null;
};

/** What an executor answers. */
export type TaskAnswer = TaskEnd & {
  /** The requests to S3 that the task made. */
  readonly usage: S3Usage;
  readonly durationMs: number;
};

export type TaskEnd =
  | { readonly ok: true; readonly result: TaskResult; readonly rows: TaskRows | null }
  | { readonly ok: false; readonly error: ErrorJson };

/** The rows of a result task, as an Arrow IPC stream: base64, or an object among the results. */
export type TaskRows =
  | { readonly kind: "inline"; readonly base64: string; readonly sizeBytes: number }
  | { readonly kind: "stored"; readonly key: string; readonly sizeBytes: number };

/** Lambda takes 6 MB each way; base64 and the rest of the JSON need room. */
export const MAX_PAYLOAD_BYTES = 5 * 1024 * 1024;
/** Rows up to this many bytes ride in an answer. */
export const MAX_INLINE_ROWS_BYTES = 3 * 1024 * 1024;
