import { randomUUID } from "node:crypto";
import { asTindraError, ResourcesError, type TindraError } from "../../common/errors.ts";
import { runTask } from "../../exec/run-task.ts";
import type { TaskSpec } from "../../exec/task-spec.ts";
import type { WorkerRuntime } from "../../exec/worker-runtime.ts";
import type { ObjectStore } from "../../storage/object-store.ts";
import { StoppableObjectStore } from "../../storage/stoppable-object-store.ts";
import type { EngineStores } from "../engine/engine-stores.ts";
import { isKilled } from "./killed-attempts.ts";
import type { LambdaContext } from "./lambda-context.ts";
import {
  MAX_INLINE_ROWS_BYTES,
  type TaskEnd,
  type TaskPayload,
  type TaskRows,
} from "./task-payload.ts";
import { TaskWatch } from "./task-watch.ts";

/** Where a task runs. */
export interface TaskRoom {
  readonly runtime: WorkerRuntime;
  readonly stores: EngineStores;
}

/**
 * Runs the task of one invocation. Errors are answers: only a dying environment gives none. A task that nears its time
 * limit, or was killed, ends by itself.
 */
export async function runTaskPayload(
  payload: TaskPayload,
  context: LambdaContext,
  room: TaskRoom,
): Promise<TaskEnd> {
  const { runtime, stores } = room;
  const watch = new TaskWatch(context.getRemainingTimeInMillis());
  try {
    const spec = await specOf(payload, room);
    watch.follow(() => isUnwanted(spec, payload, stores.control));
    const watched = {
      data: new StoppableObjectStore(stores.data, watch.signal),
      exchange: new StoppableObjectStore(stores.exchange, watch.signal),
    };
    const { result, rows } = await runTask(spec, runtime, watched, watch.signal);
    return { ok: true, result, rows: rows === null ? null : await rowsAnswer(spec, rows, room) };
  } catch (thrown) {
    const error = asTindraError(thrown);
    const isLate = watch.isOutOfTime && error.family === "cancelled";
    return { ok: false, error: (isLate ? outOfTime(watch.limitMs) : error).toJSON() };
  } finally {
    watch.stop();
  }
}

async function isUnwanted(
  spec: TaskSpec,
  { killedKey, takenKey }: TaskPayload,
  control: ObjectStore,
): Promise<boolean> {
  const isTaken = takenKey !== null && (await isThere(takenKey, control));
  return isTaken || isKilled(spec, killedKey, control);
}

/** A function that may not list is not told whether an object is missing or forbidden. */
const isThere = (key: string, store: ObjectStore): Promise<boolean> =>
  store.get(key).then(
    () => true,
    () => false,
  );

async function specOf(payload: TaskPayload, { stores }: TaskRoom): Promise<TaskSpec> {
  if ("spec" in payload) return payload.spec;
  const bytes = await stores.control.get(payload.specKey);
  return JSON.parse(Buffer.from(bytes).toString()) as TaskSpec;
}

async function rowsAnswer(spec: TaskSpec, rows: Uint8Array, room: TaskRoom): Promise<TaskRows> {
  const sizeBytes = rows.length;
  if (sizeBytes <= MAX_INLINE_ROWS_BYTES)
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
