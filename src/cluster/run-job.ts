import { randomUUID } from "node:crypto";
import { present } from "../common/assert.ts";
import { asTindraError, errorFromJson, type TindraError } from "../common/errors.ts";
import type { TaskSettings, TaskSpec } from "../exec/task-spec.ts";
import type { JobGraph } from "../physical/job-graph.ts";
import type { ObjectStore } from "../storage/object-store.ts";
import { attemptName } from "./attempt-name.ts";
import { cancelReason, handedOver, queryTimedOut } from "./cancelled.ts";
import { step } from "./driver.ts";
import type { DriverAction } from "./driver-action.ts";
import { DRIVER_DEFAULTS, type DriverConfig } from "./driver-config.ts";
import type { DriverEvent } from "./driver-event.ts";
import { type AttemptRef, type DriverState, initialState } from "./driver-state.ts";
import { type JobMetrics, jobMetrics } from "./job-metrics.ts";
import type { QueryEvent } from "./query-event.ts";
import type { TaskRunner } from "./task-runner.ts";

/** All that another process needs to go on with a query. `rows`: of accepted result tasks, by attempt. */
export interface JobCheckpoint<Rows = Uint8Array> {
  readonly state: DriverState;
  readonly rows: ReadonlyMap<string, Rows>;
}

/** What a job runs on. */
export interface RunJobOptions<Rows = Uint8Array> {
  readonly runner: TaskRunner<Rows>;
  /** Where stages leave rows for each other. Nothing of the query stays in it. */
  readonly exchange: ObjectStore;
  readonly settings: TaskSettings;
  /** The budget of one task. */
  readonly memoryBytes: number;
  /** What differs from `DRIVER_DEFAULTS`. */
  readonly driver?: Partial<Omit<DriverConfig, "settings" | "memoryBytes" | "parallelism">>;
  readonly signal?: AbortSignal | undefined;
  readonly timeoutMs?: number | undefined;
  readonly onEvent?: ((event: QueryEvent) => void) | undefined;
  /** The query's id; a random one unless given. */
  readonly query?: string | undefined;
  /**
   * Which process has the query: a number that no other process ever had for it, since attempts of theirs may still
   * write. Default: 0, or one more than that of the checkpoint.
   */
  readonly takeover?: number | undefined;
  /** Called after everything that happens before the end. What it is given stays as it is. */
  readonly onCheckpoint?: ((checkpoint: JobCheckpoint<Rows>) => void) | undefined;
  /**
   * When it aborts no task is started any more, and once none is under way the job rejects with a `CancelledError`
   * `QUERY_HANDED_OVER`; another process can go on from the last checkpoint.
   */
  readonly handOver?: AbortSignal | undefined;
}

/** The rows of a job and what it took. */
export interface JobResult<Rows = Uint8Array> {
  /** The query's id, as in its events. */
  readonly query: string;
  /** Arrow IPC streams, in the order of the rows. */
  readonly batches: readonly Rows[];
  readonly metrics: JobMetrics;
}

/**
 * Runs a job graph to its end. Rejects with the query's error, or a `CancelledError` after the signal or the timeout;
 * either way no task is under way any more and no exchange object is left.
 */
export function runJob<Rows = Uint8Array>(
  graph: JobGraph,
  options: RunJobOptions<Rows>,
): Promise<JobResult<Rows>> {
  const state = initialState(options.query ?? randomUUID(), graph, options.takeover);
  return new Job({ state, rows: new Map() }, options).run({ kind: "start", nowMs: Date.now() });
}

/** Goes on with a job that another process ran up to a checkpoint, and that this process was not told the end of. */
export function resumeJob<Rows = Uint8Array>(
  checkpoint: JobCheckpoint<Rows>,
  options: RunJobOptions<Rows>,
): Promise<JobResult<Rows>> {
  const takeover = options.takeover ?? checkpoint.state.takeover + 1;
  return new Job(checkpoint, options).run({ kind: "resume", takeover, nowMs: Date.now() });
}

/** Does what the driver wants and tells it what came of it. */
class Job<Rows> {
  private readonly options: RunJobOptions<Rows>;
  private readonly config: DriverConfig;
  private readonly query: string;
  private readonly attempts = new Map<string, AbortController>();
  private rows: ReadonlyMap<string, Rows>;
  /** Attempts that have left the runner's queue. */
  private readonly started = new Set<string>();
  private readonly launches = new Set<Promise<void>>();
  private readonly deletions: Promise<void>[] = [];
  private readonly timers = new Set<NodeJS.Timeout>();
  private readonly queue: DriverEvent[] = [];
  private readonly ended = Promise.withResolvers<DriverAction & { kind: "end" }>();
  private state: DriverState;
  private isStepping = false;

  constructor({ state, rows }: JobCheckpoint<Rows>, options: RunJobOptions<Rows>) {
    this.options = options;
    this.query = state.query;
    this.state = state;
    this.rows = rows;
    this.config = {
      ...DRIVER_DEFAULTS,
      ...options.driver,
      settings: options.settings,
      memoryBytes: options.memoryBytes,
      parallelism: options.runner.capacity,
    };
  }

  async run(first: DriverEvent): Promise<JobResult<Rows>> {
    const { signal, timeoutMs, handOver } = this.options;
    const cancel = (error: TindraError) =>
      this.tell({ kind: "cancel", error: error.toJSON(), nowMs: Date.now() });
    const abort = (): void => {
      if (signal !== undefined) cancel(cancelReason(signal));
    };
    if (signal?.aborted === true) throw cancelReason(signal);
    const yieldJob = (): void => this.giveUpWaiting();
    signal?.addEventListener("abort", abort, { once: true });
    handOver?.addEventListener("abort", yieldJob, { once: true });
    if (timeoutMs !== undefined)
      this.timers.add(setTimeout(() => cancel(queryTimedOut(timeoutMs)), timeoutMs));
    try {
      this.tell(first);
      const { outcome, results } = await this.ended.promise;
      await Promise.all([...this.launches, ...this.deletions]);
      if (outcome.kind === "failed") throw errorFromJson(outcome.error);
      const batches = results.map((ref) =>
        present(this.rows.get(attemptName(ref)), "A task's rows"),
      );
      return { query: this.query, batches, metrics: jobMetrics(this.state) };
    } finally {
      signal?.removeEventListener("abort", abort);
      handOver?.removeEventListener("abort", yieldJob);
      for (const timer of this.timers) clearTimeout(timer);
    }
  }

  /** Events that come while one is worked in wait for their turn. */
  private tell(event: DriverEvent): void {
    this.queue.push(event);
    if (this.isStepping) return;
    this.isStepping = true;
    try {
      for (let next = this.queue.shift(); next !== undefined; next = this.queue.shift()) {
        const { state, actions } = step(this.state, next, this.config);
        this.state = state;
        for (const action of actions) this.act(action);
        if (!state.ended) this.options.onCheckpoint?.({ state, rows: this.rows });
      }
      this.handOverWhenQuiet();
    } catch (thrown) {
      for (const attempt of this.attempts.values()) attempt.abort();
      this.ended.reject(thrown);
    } finally {
      this.isStepping = false;
    }
  }

  private act(action: DriverAction): void {
    switch (action.kind) {
      case "launch":
        if (this.options.handOver?.aborted !== true) this.launches.add(this.launch(action.spec));
        return;
      case "kill":
        this.attempts.get(attemptName(action.attempt))?.abort();
        return;
      case "delete":
        this.deletions.push(this.delete(action.keys));
        return;
      case "wait":
        this.wait(action.untilMs);
        return;
      case "report":
        this.report(action.event);
        return;
      default:
        this.ended.resolve(action);
    }
  }

  /** What waits for room in the runner is left to the process that goes on. */
  private giveUpWaiting(): void {
    for (const [name, attempt] of this.attempts) if (!this.started.has(name)) attempt.abort();
    this.handOverWhenQuiet();
  }

  private handOverWhenQuiet(): void {
    const { handOver } = this.options;
    if (handOver?.aborted === true && this.attempts.size === 0) this.ended.reject(handedOver());
  }

  /** An onlooker that fails ends the query. */
  private report(event: QueryEvent): void {
    try {
      this.options.onEvent?.(event);
    } catch (thrown) {
      const error = asTindraError(thrown).toJSON();
      this.queue.push({ kind: "cancel", error, nowMs: Date.now() });
    }
  }

  private async launch(spec: TaskSpec): Promise<void> {
    const { query, stage, partition, attempt } = spec;
    const ref: AttemptRef = { query, stage, partition, attempt };
    const abort = new AbortController();
    const name = attemptName(ref);
    this.attempts.set(name, abort);
    const started = (): void => {
      this.started.add(name);
      this.tell({ kind: "attemptStarted", attempt: ref, nowMs: Date.now() });
    };
    try {
      const { result, rows } = await this.options.runner.run(spec, abort.signal, started);
      this.attempts.delete(name);
      if (rows !== null) this.rows = new Map(this.rows).set(name, rows);
      this.tell({ kind: "attemptFinished", result, nowMs: Date.now() });
    } catch (thrown) {
      this.attempts.delete(name);
      if (this.options.handOver?.aborted === true && !this.started.has(name)) {
        this.handOverWhenQuiet();
        return;
      }
      const error = asTindraError(thrown).toJSON();
      this.tell({ kind: "attemptFailed", attempt: ref, error, nowMs: Date.now() });
    }
  }

  /** A store that will not delete does not spoil the answer: the folder goes with the session. */
  private delete(keys: readonly string[]): Promise<void> {
    return this.options.exchange.delete(keys).catch(() => undefined);
  }

  private wait(untilMs: number): void {
    const timer = setTimeout(
      () => {
        this.timers.delete(timer);
        this.tell({ kind: "timer", nowMs: Date.now() });
      },
      Math.max(0, untilMs - Date.now()),
    );
    this.timers.add(timer);
  }
}
