import { randomUUID } from "node:crypto";
import { cancelReason } from "../../cluster/cancelled.ts";
import type { TaskReport, TaskRunner } from "../../cluster/task-runner.ts";
import { asTindraError, errorFromJson } from "../../common/errors.ts";
import type { TaskSpec } from "../../exec/task-spec.ts";
import type { ObjectStore } from "../../storage/object-store.ts";
import { NO_USAGE, type S3Usage, usageSum } from "../s3/s3-usage.ts";
import type { InvokeClient } from "./invoke-client.ts";
import { type BackOff, invokeWithRetry } from "./invoke-with-retry.ts";
import { KilledAttempts } from "./killed-attempts.ts";
import {
  MAX_PAYLOAD_BYTES,
  type TaskAnswer,
  type TaskPayload,
  type TaskRows,
} from "./task-payload.ts";

export interface LambdaTaskRunnerOptions {
  readonly client: InvokeClient;
  /** The executor's name or ARN. */
  readonly functionName: string;
  /** How many tasks run at once. */
  readonly concurrency: number;
  /** Where specs go that are too large to be sent; they are under the query's id. */
  readonly control: ObjectStore;
  /** An object of `control` that is there once nobody waits for any of the tasks. */
  readonly takenKey?: string;
  readonly backOff?: BackOff;
  /** How long after it was cancelled a task is told so, and how long it is waited for. */
  readonly killAfterMs?: number;
  readonly giveUpAfterMs?: number;
}

/** An invocation that nobody waits for mostly ends by itself within this time. */
const KILL_AFTER_MS = 500;
/** Tasks look every few seconds whether they were killed. */
const GIVE_UP_AFTER_MS = 10_000;

/**
 * Runs tasks as invocations of the executor. Lambda cannot stop an invocation: a cancelled task is told, through the
 * control folder, and waited for, but not for long.
 */
export class LambdaTaskRunner implements TaskRunner<TaskRows> {
  readonly capacity: number;
  /** Invocations that were answered or lost; what Lambda refused is not billed. */
  invocations = 0;
  /** How long they took, waits for room left out. */
  executorMs = 0;
  /** The requests to S3 that tasks made, of those that gave an answer. */
  usage: S3Usage = NO_USAGE;
  /** True if an answer was lost, or not waited for, so that its task may still write. */
  hasOrphans = false;
  private readonly options: LambdaTaskRunnerOptions;
  private readonly killed: KilledAttempts;
  private readonly waiting: (() => void)[] = [];
  private readonly underWay = new Set<TaskSpec>();
  private running = 0;

  constructor(options: LambdaTaskRunnerOptions) {
    this.options = options;
    this.killed = new KilledAttempts(options.control);
    this.capacity = options.concurrency;
  }

  async run(
    spec: TaskSpec,
    signal: AbortSignal,
    onStart?: () => void,
  ): Promise<TaskReport<TaskRows>> {
    await this.enter();
    try {
      if (signal.aborted) throw cancelReason(signal);
      onStart?.();
      this.underWay.add(spec);
      const answer = await this.unlessLate(spec, signal, this.invoke(spec, signal));
      if (signal.aborted) throw cancelReason(signal);
      if (!answer.ok) throw errorFromJson(answer.error);
      return { result: answer.result, rows: answer.rows };
    } finally {
      this.underWay.delete(spec);
      this.running--;
      this.waiting.shift()?.();
    }
  }

  /** Tells all tasks under way that nobody waits for them any more. */
  async abandonAll(): Promise<void> {
    if (this.underWay.size === 0) return;
    this.hasOrphans = true;
    const told = [...this.underWay].map((spec) => this.killed.add(spec));
    await Promise.allSettled(told);
  }

  async close(): Promise<void> {
    this.options.client.close();
  }

  private async enter(): Promise<void> {
    while (this.running >= this.capacity)
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    this.running++;
  }

  /** The answer, unless it does not come for long after the task was cancelled. */
  private async unlessLate(
    spec: TaskSpec,
    signal: AbortSignal,
    answer: Promise<TaskAnswer>,
  ): Promise<TaskAnswer> {
    const { killAfterMs = KILL_AFTER_MS, giveUpAfterMs = GIVE_UP_AFTER_MS } = this.options;
    const late = Promise.withResolvers<never>();
    const timers: NodeJS.Timeout[] = [];
    const onAbort = (): void => {
      const giveUp = (): void => {
        this.hasOrphans = true;
        late.reject(cancelReason(signal));
      };
      const kill = (): void => void this.killed.add(spec).catch(() => undefined);
      timers.push(setTimeout(kill, killAfterMs), setTimeout(giveUp, giveUpAfterMs));
    };
    signal.addEventListener("abort", onAbort, { once: true });
    if (signal.aborted) onAbort();
    try {
      return await Promise.race([answer, late.promise]);
    } finally {
      signal.removeEventListener("abort", onAbort);
      for (const timer of timers) clearTimeout(timer);
    }
  }

  private async invoke(spec: TaskSpec, signal: AbortSignal): Promise<TaskAnswer> {
    const { functionName, backOff } = this.options;
    const payload = await this.payloadOf(spec);
    let sentMs = performance.now();
    const invoke: InvokeClient["invoke"] = async (...request) => {
      sentMs = performance.now();
      const answer = await this.options.client.invoke(...request);
      // Lambda may have let the function run before it failed.
      if (answer.status >= 500) this.hasOrphans = true;
      return answer;
    };
    try {
      this.invocations++;
      const options = backOff === undefined ? { signal } : { signal, backOff };
      const text = await invokeWithRetry({ invoke }, functionName, payload, options);
      const answer = JSON.parse(text) as TaskAnswer;
      this.usage = usageSum(this.usage, answer.usage);
      this.executorMs += answer.durationMs;
      return answer;
    } catch (thrown) {
      const error = asTindraError(thrown);
      if (error.condition === "NETWORK_FAILED") this.hasOrphans = true;
      if (error.condition.startsWith("FUNCTION_")) this.executorMs += performance.now() - sentMs;
      throw signal.aborted ? cancelReason(signal) : error;
    }
  }

  private async payloadOf(spec: TaskSpec): Promise<string> {
    const killedKey = this.killed.keyOf(spec.query);
    const { takenKey = null } = this.options;
    const direct: TaskPayload = { spec, killedKey, takenKey };
    const text = JSON.stringify(direct);
    if (Buffer.byteLength(text) <= MAX_PAYLOAD_BYTES) return text;
    const specKey = specKeyOf(spec);
    await this.options.control.put(specKey, Buffer.from(JSON.stringify(spec)));
    const stored: TaskPayload = { specKey, killedKey, takenKey };
    return JSON.stringify(stored);
  }
}

const specKeyOf = ({ query, stage, partition, attempt }: TaskSpec): string =>
  `${query}/specs/${stage}-${partition}-${attempt}-${randomUUID()}.json`;
