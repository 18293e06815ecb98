import { tmpdir } from "node:os";
import { resolve } from "node:path";
import { operationCancelled } from "../cluster/cancelled.ts";
import { EventLog } from "../cluster/event-log.ts";
import { type ExchangeFolder, openExchangeFolder } from "../cluster/exchange-folder.ts";
import { FairTaskRunner } from "../cluster/fair-task-runner.ts";
import type { QueryEvent } from "../cluster/query-event.ts";
import { type JobResult, runJob } from "../cluster/run-job.ts";
import type { TaskRunner } from "../cluster/task-runner.ts";
import { ThreadTaskRunner } from "../cluster/thread-task-runner.ts";
import type { DataStore } from "../storage/data-store.ts";
import { LocalObjectStore } from "../storage/local-object-store.ts";
import type { ObjectStore } from "../storage/object-store.ts";
import { queryMetrics } from "./collect-metrics.ts";
import { driverSettings } from "./driver-settings.ts";
import { plannedFacts } from "./planned-facts.ts";
import { plannedWork } from "./planned-work.ts";
import type { QueryAnswer } from "./query-answer.ts";
import type { QueryListener } from "./query-listener.ts";
import { NO_WORK } from "./query-metrics.ts";
import type { QueryOptions } from "./query-options.ts";
import type { PlannedQuery } from "./query-planner.ts";
import type { SessionConf } from "./session-conf.ts";
import type { LocalSettings } from "./session-options.ts";

/** What runs jobs, from the first one on. */
interface Workers {
  readonly runner: TaskRunner;
  readonly threads: ThreadTaskRunner;
  readonly exchange: ObjectStore;
  readonly folder: ExchangeFolder;
}

/** Runs planned queries on threads of this process. Threads and files are made for the first one that needs them. */
export class QueryRunner {
  /** Where the user's files are. */
  readonly dataStore: DataStore;
  private readonly dataFolder = process.cwd();
  private readonly settings: LocalSettings;
  private readonly listeners = new Set<QueryListener>();
  private readonly stopping = new AbortController();
  private readonly running = new Set<Promise<unknown>>();
  private readonly eventLog: EventLog | null;
  private workers: Workers | null = null;

  constructor(settings: LocalSettings) {
    this.settings = settings;
    this.dataStore = settings.data.openDataStore(this.dataFolder);
    this.eventLog = settings.eventLog === null ? null : new EventLog(settings.eventLog);
  }

  /** `startedMs` of `performance.now()`: when the action was called. */
  async run(
    query: PlannedQuery,
    conf: SessionConf,
    options: QueryOptions,
    startedMs: number,
  ): Promise<QueryAnswer<Uint8Array>> {
    if (options.signal?.aborted) throw operationCancelled();
    const facts = plannedFacts(query);
    if (query.physical.kind === "localTable") {
      const metrics = { ...NO_WORK, elapsedMs: performance.now() - startedMs };
      return { facts, metrics, rows: { kind: "literals", rows: query.physical.rows } };
    }
    options.admit?.(plannedWork(query));
    const job = this.runJob(query, conf, options);
    this.running.add(job);
    try {
      const { batches, metrics } = await job;
      return {
        facts,
        metrics: queryMetrics(facts, metrics, startedMs),
        rows: { kind: "streams", streams: batches },
      };
    } finally {
      this.running.delete(job);
    }
  }

  /** Starts threads while the query is still being planned; this thread keeps a core. */
  warmUp(): void {
    this.workersNow().threads.warmUp(Math.max(1, this.settings.workers - 1));
  }

  /** A folder of this session's own that is removed when it stops. */
  scratchFolder(): string {
    return this.workersNow().folder.path;
  }

  onEvent(listener: QueryListener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Cancels what runs and waits for its end; then ends the threads and removes the files. */
  async stop(): Promise<void> {
    this.stopping.abort(operationCancelled());
    await Promise.allSettled(this.running);
    await this.workers?.runner.close();
    this.workers?.folder.close();
    this.workers = null;
    this.dataStore.close();
    this.eventLog?.close();
  }

  private runJob(
    query: PlannedQuery,
    conf: SessionConf,
    options: QueryOptions,
  ): Promise<JobResult> {
    const { runner, exchange } = this.workersNow();
    const signals = [this.stopping.signal, ...(options.signal ? [options.signal] : [])];
    return runJob(query.graph, {
      runner,
      exchange,
      settings: query.settings,
      memoryBytes: this.settings.memoryBytesPerWorker,
      driver: driverSettings(conf),
      signal: AbortSignal.any(signals),
      timeoutMs: options.timeoutMs,
      onEvent: (event) => {
        this.tell(event);
        if (event.event !== "queryStarted") return;
        const { query: id, timeMs } = event;
        for (const { rule, reason } of query.skippedRules)
          this.tell({ event: "ruleSkipped", query: id, timeMs, rule, reason });
      },
    });
  }

  private workersNow(): Workers {
    if (this.workers !== null) return this.workers;
    const { settings } = this;
    const folder = openExchangeFolder(resolve(settings.tempDir ?? tmpdir()));
    const threads = new ThreadTaskRunner({
      workers: settings.workers,
      memoryBytes: settings.memoryBytesPerWorker,
      dataModule: settings.data.module,
      dataFolder: this.dataFolder,
      exchangeFolder: folder.path,
    });
    this.workers = {
      runner: new FairTaskRunner(threads),
      threads,
      exchange: new LocalObjectStore(folder.path, { openFiles: 0, removesEmptyFolders: true }),
      folder,
    };
    return this.workers;
  }

  private tell(event: QueryEvent): void {
    this.eventLog?.write(event);
    for (const listener of this.listeners) {
      try {
        listener(event);
      } catch {
        // an onlooker's fault is not the query's
      }
    }
  }
}
