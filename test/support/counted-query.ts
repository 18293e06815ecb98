import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type JobResult, runJob } from "../../src/cluster/run-job.ts";
import type { TaskRunner } from "../../src/cluster/task-runner.ts";
import { runTask } from "../../src/exec/run-task.ts";
import type { TaskResult, TaskSpec } from "../../src/exec/task-spec.ts";
import { WorkerRuntime } from "../../src/exec/worker-runtime.ts";
import { PlanSubstitutions } from "../../src/query/plan-substitutions.ts";
import { type PlannedQuery, QueryPlanner } from "../../src/query/query-planner.ts";
import { SessionConf } from "../../src/query/session-conf.ts";
import { TableOpener } from "../../src/query/table-opener.ts";
import { ViewRegistry } from "../../src/query/view-registry.ts";
import { parseStatement } from "../../src/sql/parse.ts";
import { LocalObjectStore } from "../../src/storage/local-object-store.ts";
import type { ObjectStore } from "../../src/storage/object-store.ts";
import { CountingObjectStore, type StoreRequest } from "./stores/counting-object-store.ts";

const MEMORY_BYTES = 1 << 28;

export interface CountedOptions {
  readonly settings?: { readonly [key: string]: string };
  /** Stores that cannot read at once into memory, as remote ones. */
  readonly remote?: boolean;
}

export interface Counted {
  readonly job: JobResult;
  /** Every task that ran, with what it was told to read. */
  readonly tasks: readonly { readonly spec: TaskSpec; readonly result: TaskResult }[];
  readonly data: readonly StoreRequest[];
  readonly exchange: readonly StoreRequest[];
}

/** Plans and runs queries of one session in this thread, writing down every request to its stores. */
export class CountedQueries implements Disposable {
  readonly conf: SessionConf;
  private readonly folder = mkdtempSync(join(tmpdir(), "tindra-requests-"));
  private readonly requests: StoreRequest[] = [];
  private readonly exchanged: StoreRequest[] = [];
  private readonly dataStore: LocalObjectStore;
  private readonly data: ObjectStore;
  private readonly exchange: ObjectStore;
  private readonly planner: QueryPlanner;
  private readonly runtime = new WorkerRuntime(MEMORY_BYTES);

  constructor(options: CountedOptions = {}) {
    this.conf = new SessionConf({ "spark.sql.shuffle.partitions": "4" });
    for (const [key, value] of Object.entries(options.settings ?? {})) this.conf.set(key, value);
    this.dataStore = new LocalObjectStore("/");
    const exchange = new LocalObjectStore(this.folder, {
      openFiles: 0,
      removesEmptyFolders: true,
    });
    const remote = options.remote ?? false;
    this.data = counting(remote ? distant(this.dataStore) : this.dataStore, this.requests);
    this.exchange = counting(remote ? distant(exchange) : exchange, this.exchanged);
    this.planner = new QueryPlanner({
      conf: this.conf,
      views: new ViewRegistry(),
      substitutions: new PlanSubstitutions(),
      opener: new TableOpener(this.data),
      workers: 2,
    });
  }

  /** The planned query, and the requests that planning made. */
  async plan(sql: string): Promise<{ query: PlannedQuery; requests: readonly StoreRequest[] }> {
    const statement = parseStatement(sql, { timeZone: "UTC" });
    if (statement.kind !== "query") throw new TypeError(`Not a query: ${sql}`);
    this.requests.length = 0;
    const query = await this.planner.plan(statement.plan, true);
    return { query, requests: [...this.requests] };
  }

  async run(query: PlannedQuery): Promise<Counted> {
    this.requests.length = 0;
    this.exchanged.length = 0;
    const tasks: Counted["tasks"][number][] = [];
    const job = await runJob(query.graph, {
      runner: this.runner(tasks),
      exchange: this.exchange,
      settings: query.settings,
      memoryBytes: MEMORY_BYTES,
      driver: { broadcastThresholdBytes: -1 },
    });
    return { job, tasks, data: [...this.requests], exchange: [...this.exchanged] };
  }

  /** What lies in the exchange now. */
  leftovers(): readonly string[] {
    return readdirSync(this.folder);
  }

  [Symbol.dispose](): void {
    this.dataStore.close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** One task after the other: they share one memory. */
  private runner(tasks: Counted["tasks"][number][]): TaskRunner {
    let last: Promise<unknown> = Promise.resolve();
    const stores = { data: this.data, exchange: this.exchange };
    return {
      capacity: 2,
      run: (given, signal, onStart) => {
        const spec = JSON.parse(JSON.stringify(given)) as TaskSpec;
        const ran = last.then(async () => {
          onStart?.();
          const outcome = await runTask(spec, this.runtime, stores, signal);
          tasks.push({ spec, result: outcome.result });
          return outcome;
        });
        last = ran.catch(() => undefined);
        return ran;
      },
      close: async () => undefined,
    };
  }
}

const counting = (store: ObjectStore, into: StoreRequest[]): ObjectStore =>
  new CountingObjectStore(store, { before: (request) => into.push(request) });

function distant(store: LocalObjectStore): ObjectStore {
  return {
    get: (key, options) => store.get(key, options),
    put: (key, bytes, options) => store.put(key, bytes, options),
    head: (key) => store.head(key),
    list: (prefix, options) => store.list(prefix, options),
    delete: (keys) => store.delete(keys),
  };
}
