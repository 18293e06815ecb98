import { operationCancelled, queryTimedOut, unlessCancelled } from "../../cluster/cancelled.ts";
import type { QueryEvent } from "../../cluster/query-event.ts";
import {
  type JobCheckpoint,
  type JobResult,
  type RunJobOptions,
  resumeJob,
  runJob,
} from "../../cluster/run-job.ts";
import { asTindraError } from "../../common/errors.ts";
import { queryMetrics } from "../../session/collect-metrics.ts";
import { driverSettings } from "../../session/driver-settings.ts";
import type { HostedPlanner } from "../../session/hosted-planner.ts";
import { type PlannedFacts, plannedFacts } from "../../session/planned-facts.ts";
import { plannedWork } from "../../session/planned-work.ts";
import type { SessionConf } from "../../session/session-conf.ts";
import { budgetLimits } from "../cost/budget-settings.ts";
import { measuredUsage } from "../cost/measured-usage.ts";
import { type Architecture, pricesOf } from "../cost/price-table.ts";
import { type BudgetSpent, NOTHING_SPENT, QueryBudget } from "../cost/query-budget.ts";
import type { LambdaTaskRunner } from "../lambda/lambda-task-runner.ts";
import { MOST_INLINE_ROWS_BYTES, type TaskRows } from "../lambda/task-payload.ts";
import { NO_USAGE, type S3Usage, usageSum } from "../s3/s3-usage.ts";
import type { ClaimedStart, ControlFolder, QueryCheckpoint } from "./control-folder.ts";
import type { EngineWork, QueryAnswer, QueryEnd, StageProgress } from "./coordinator-message.ts";
import { type KeptExchange, SWEEP_LISTS } from "./kept-exchange.ts";

export interface QueryRunParts {
  readonly planner: HostedPlanner;
  readonly runner: LambdaTaskRunner;
  readonly exchange: KeptExchange;
  readonly control: ControlFolder;
  /** Of one task. */
  readonly memoryBytes: number;
  /** Keeps rows that are too many to be sent, and says where. */
  readonly store: (bytes: Uint8Array) => Promise<TaskRows>;
  /** When it aborts the query is handed over. */
  readonly handOver: AbortSignal;
  readonly takeover: number;
  readonly billing: Billing;
}

/** What decides the price of a query, beside its work. */
export interface Billing {
  readonly region: string;
  readonly architecture: Architecture;
  readonly executorMb: number;
  readonly coordinatorMb: number;
  /** When the invocation's time began, by `performance.now()`: at the start of the process for its first. */
  readonly beganMs: () => number;
  /** The coordinator's own requests to S3 in this invocation. */
  readonly usage: () => S3Usage;
}

type Planned = Omit<QueryCheckpoint, "work" | "spent">;

const NO_WORK: EngineWork = {
  invocations: 0,
  executorMs: 0,
  coordinatorMs: 0,
  requests: NO_USAGE,
};

/** One coordinator's share of a query: plans it or takes it over, runs it, and leaves word of how far it is. */
export class QueryRun {
  private readonly start: ClaimedStart;
  private readonly parts: QueryRunParts;
  private readonly cancelling = new AbortController();
  private readonly stages = new Map<number, { tasks: number; done: number }>();
  private last: Planned | null = null;
  private saved: Planned | null = null;
  private workBefore: EngineWork = NO_WORK;
  private budget: QueryBudget | null = null;
  private taken = false;

  constructor(start: ClaimedStart, parts: QueryRunParts) {
    this.start = start;
    this.parts = parts;
  }

  /** Whether another coordinator has the query now, so that this one has no say any more. */
  get isTaken(): boolean {
    return this.taken;
  }

  /** Null: another coordinator has to go on from the checkpoint that was saved. */
  async run(): Promise<QueryEnd | null> {
    const { timeoutMs, startedMs } = this.start;
    const timer = timeoutMs === undefined ? null : this.cancelAt(startedMs + timeoutMs, timeoutMs);
    try {
      const from =
        this.parts.takeover === 0
          ? null
          : await this.parts.control.checkpointBefore(this.parts.takeover);
      const answer = from === null ? await this.startQuery() : await this.goOn(from);
      return { state: "finished", answer };
    } catch (thrown) {
      const error = asTindraError(thrown);
      if (error.condition === "QUERY_HANDED_OVER") return null;
      return { state: "failed", error: error.toJSON() };
    } finally {
      clearTimeout(timer ?? undefined);
    }
  }

  /** Leaves word of how far the query is, and looks whether it is still wanted, and from this coordinator. */
  async look(): Promise<void> {
    const { control, takeover } = this.parts;
    const [isCancelled, isTaken] = await Promise.all([
      control.isCancelled(),
      control.isTakenFrom(takeover),
    ]);
    if (isTaken) this.taken = true;
    if (isTaken || isCancelled) this.cancelling.abort(operationCancelled());
    else await this.checkpoint();
  }

  async checkpoint(): Promise<void> {
    const { control, takeover } = this.parts;
    await control.saveProgress({ takeover, timeMs: Date.now(), stages: this.progress() });
    if (this.last === null || this.last === this.saved) return;
    const saving = this.last;
    const spent = this.budget?.spent ?? NOTHING_SPENT;
    await control.saveCheckpoint(takeover, { ...saving, work: this.work(), spent });
    this.saved = saving;
  }

  private cancelAt(timeMs: number, timeoutMs: number): NodeJS.Timeout {
    const cancel = (): void => this.cancelling.abort(queryTimedOut(timeoutMs));
    return setTimeout(cancel, Math.max(0, timeMs - Date.now()));
  }

  private async startQuery(): Promise<QueryAnswer> {
    const { startedMs } = this.start;
    const planning = this.parts.planner.plan(this.start.request);
    const { query, conf } = await unlessCancelled(planning, this.cancelling.signal);
    const facts = plannedFacts(query);
    const budget = this.budgetOf(conf);
    budget.admit(plannedWork(query));
    if (query.physical.kind === "localTable")
      return this.answerOf(facts, startedMs, null, { kind: "literals", rows: query.physical.rows });
    const job = await runJob(query.graph, this.jobOptions(facts, startedMs, conf));
    return this.jobAnswer(facts, startedMs, job);
  }

  private async goOn(checkpoint: QueryCheckpoint): Promise<QueryAnswer> {
    const { facts, startedMs, work, spent, job } = checkpoint;
    this.workBefore = work;
    const conf = this.parts.planner.confOf(this.start.request);
    this.budgetOf(conf, spent);
    const options = this.jobOptions(facts, startedMs, conf);
    return this.jobAnswer(facts, startedMs, await resumeJob(job, options));
  }

  private jobOptions(
    facts: PlannedFacts,
    startedMs: number,
    conf: SessionConf,
  ): RunJobOptions<TaskRows> {
    const { runner, exchange, memoryBytes, handOver, takeover } = this.parts;
    const { requestId } = this.start;
    return {
      runner,
      exchange,
      settings: facts.settings,
      memoryBytes,
      query: requestId,
      takeover,
      driver: driverSettings(conf),
      signal: AbortSignal.any([
        this.cancelling.signal,
        ...(this.budget === null ? [] : [this.budget.signal]),
      ]),
      handOver,
      onEvent: (event) => this.note(event),
      onCheckpoint: (job: JobCheckpoint<TaskRows>) => {
        this.last = { facts, startedMs, job };
      },
    };
  }

  private async jobAnswer(
    facts: PlannedFacts,
    startedMs: number,
    job: JobResult<TaskRows>,
  ): Promise<QueryAnswer> {
    const streams = await this.sendable(job.batches);
    return this.answerOf(facts, startedMs, job, { kind: "streams", streams });
  }

  private answerOf(
    facts: PlannedFacts,
    startedMs: number,
    job: JobResult<TaskRows> | null,
    rows: QueryAnswer["rows"],
  ): QueryAnswer {
    const stages = job?.metrics ?? { stages: [] };
    const elapsedMs = Date.now() - startedMs;
    const metrics = { ...queryMetrics(facts, stages, performance.now()), elapsedMs };
    const { billing, takeover } = this.parts;
    const done = this.work();
    const work = { ...done, requests: usageSum(done.requests, this.lastRequests()) };
    const tasks = metrics.stages.reduce((sum, stage) => sum + stage.tasks, 0);
    const { region, architecture } = billing;
    const usage = measuredUsage(work, tasks, { ...billing, coordinators: takeover + 1 });
    const billed = { usage, region, architecture };
    return { facts, metrics: { ...metrics, billed }, rows, work };
  }

  /** Made after the receipt: the end of the query is kept, then what its stages left is deleted. */
  private lastRequests(): S3Usage {
    const { exchange, runner, takeover } = this.parts;
    const isSwept = takeover > 0 || runner.hasOrphans;
    const lists = isSwept ? SWEEP_LISTS : 0;
    return { ...NO_USAGE, puts: 1, lists, deletes: isSwept || exchange.hasUnwanted ? 1 : 0 };
  }

  /** What this coordinator and those before it, up to their checkpoints, have made the functions do. */
  private work(): EngineWork {
    const { runner, billing } = this.parts;
    const before = this.workBefore;
    const own = usageSum(runner.usage, billing.usage());
    return {
      invocations: before.invocations + runner.invocations,
      executorMs: before.executorMs + runner.executorMs,
      coordinatorMs: before.coordinatorMs + performance.now() - billing.beganMs(),
      requests: usageSum(before.requests, own),
    };
  }

  /** `spent`: by coordinators that had the query before. */
  private budgetOf(conf: SessionConf, spent: BudgetSpent = NOTHING_SPENT): QueryBudget {
    const { region, architecture, executorMb: memoryMb } = this.parts.billing;
    const limits = budgetLimits((key, fallback) => conf.get(key, fallback));
    this.budget = new QueryBudget(limits, pricesOf(region, architecture), { memoryMb, spent });
    return this.budget;
  }

  /** The largest streams go to the store until the others fit in one answer. */
  private async sendable(streams: readonly TaskRows[]): Promise<readonly TaskRows[]> {
    let inline = streams.reduce(
      (sum, rows) => sum + (rows.kind === "inline" ? rows.sizeBytes : 0),
      0,
    );
    const largestFirst = [...streams.entries()].sort(([, a], [, b]) => b.sizeBytes - a.sizeBytes);
    const sendable = [...streams];
    for (const [i, rows] of largestFirst) {
      if (inline <= MOST_INLINE_ROWS_BYTES) break;
      if (rows.kind !== "inline") continue;
      inline -= rows.sizeBytes;
      sendable[i] = await this.parts.store(Buffer.from(rows.base64, "base64"));
    }
    return sendable;
  }

  private note(event: QueryEvent): void {
    this.budget?.note(event);
    if (event.event === "stageStarted")
      this.stages.set(event.stage, { tasks: event.tasks, done: 0 });
    if (event.event !== "taskFinished" && event.event !== "taskDivided") return;
    const stage = this.stages.get(event.stage);
    if (stage === undefined) return;
    if (event.event === "taskFinished") stage.done++;
    else stage.tasks += event.parts.length - 1;
  }

  private progress(): readonly StageProgress[] {
    return [...this.stages].map(([stage, { tasks, done }]) => ({ stage, tasks, done }));
  }
}
