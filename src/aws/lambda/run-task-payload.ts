import { randomUUID } from "node:crypto";
import { asTindraError, ResourcesError, type TindraError } from "../../common/errors.ts";
import { runTask } from "../../exec/run-task.ts";
import type { TaskSpec } from "../../exec/task-spec.ts";
import type { WorkerRuntime } from "../../exec/worker-runtime.ts";
import type { EngineStores } from "../engine/engine-stores.ts";
import type { LambdaContext } from "./lambda-context.ts";
import {
  MOST_INLINE_ROWS_BYTES,
  type TaskEnd,
  type TaskPayload,
  type TaskRows,
} from "./task-payload.ts";

/** Where a task runs. */
export interface TaskRoom {
  readonly runtime: WorkerRuntime;
  readonly stores: EngineStores;
}

/** What is left of the time limit when a task gives up by itself. */
const RESERVE_MS = 3000;

/** Runs the task of one invocation. Errors are answers: only a dying environment gives none. */
export async function runTaskPayload(
  payload: TaskPayload,
  context: LambdaContext,
  room: TaskRoom,
): Promise<TaskEnd> {
  const deadline = new AbortController();
  const leftMs = context.getRemainingTimeInMillis();
  const timer = setTimeout(() => deadline.abort(), Math.max(0, leftMs - reserveOf(leftMs)));
  try {
    const spec = await specOf(payload, room);
    const { result, rows } = await runTask(spec, room.runtime, room.stores, deadline.signal);
    return { ok: true, result, rows: rows === null ? null : await rowsAnswer(spec, rows, room) };
  } catch (thrown) {
    const error = deadline.signal.aborted ? outOfTime(leftMs) : asTindraError(thrown);
    return { ok: false, error: error.toJSON() };
  } finally {
    clearTimeout(timer);
  }
}

const reserveOf = (leftMs: number): number => Math.min(RESERVE_MS, leftMs / 5);

async function specOf(payload: TaskPayload, { stores }: TaskRoom): Promise<TaskSpec> {
  if ("spec" in payload) return payload.spec;
  const bytes = await stores.control.get(payload.specKey);
  return JSON.parse(Buffer.from(bytes).toString()) as TaskSpec;
}

async function rowsAnswer(spec: TaskSpec, rows: Uint8Array, room: TaskRoom): Promise<TaskRows> {
  const sizeBytes = rows.length;
  if (sizeBytes <= MOST_INLINE_ROWS_BYTES)
    return { kind: "inline", base64: Buffer.from(rows).toString("base64"), sizeBytes };
  const key = `${spec.query}/${randomUUID()}.arrow`;
  await room.stores.results.put(key, rows);
  return { kind: "stored", key, sizeBytes };
}

const outOfTime = (limitMs: number): TindraError =>
  new ResourcesError({
    condition: "TASK_OUT_OF_TIME",
    message: `A task was not done within its ${Math.round(limitMs / 1000)} s. Give the engine a longer timeout or more memory, or make tasks smaller with spark.sql.files.maxPartitionBytes.`,
    sqlState: "57014",
    retryable: true,
    wantsLess: true,
    details: { limitMs: Math.round(limitMs) },
  });
