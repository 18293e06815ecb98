import { WorkerRuntime } from "../../exec/worker-runtime.ts";
import type { LambdaContext } from "../lambda/lambda-context.ts";
import { runTaskPayload } from "../lambda/run-task-payload.ts";
import type { TaskAnswer, TaskPayload } from "../lambda/task-payload.ts";
import { S3Client } from "../s3/s3-client.ts";
import { s3SettingsOf } from "../s3/s3-settings.ts";
import { usageSince } from "../s3/s3-usage.ts";
import { engineEnvironment, taskMemoryBytes } from "./engine-environment.ts";
import { engineStores } from "./engine-stores.ts";

type Handler = (payload: TaskPayload, context: LambdaContext) => Promise<TaskAnswer>;

/** The first invocation is billed from the start of its process. */
const SINCE_INIT_MS = 0;

/** The executor's handler. Memory, connections and what tasks keep last as long as the environment. */
export function executorHandler(env: NodeJS.ProcessEnv): Handler {
  const environment = engineEnvironment(env);
  const client = new S3Client(s3SettingsOf(env));
  const stores = engineStores(client, environment);
  const runtime = new WorkerRuntime(taskMemoryBytes(environment.memoryMb));
  let isWarm = false;
  return async (payload, context) => {
    const before = client.usage;
    const startedMs = isWarm ? performance.now() : SINCE_INIT_MS;
    isWarm = true;
    const answer = await runTaskPayload(payload, context, { runtime, stores });
    const durationMs = performance.now() - startedMs;
    return { ...answer, usage: usageSince(client.usage, before), durationMs };
  };
}
