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
import type { BilledUsage } from "../../query/billed-usage.ts";
import { queryMetrics } from "../../query/collect-metrics.ts";
import { driverSettings } from "../../query/driver-settings.ts";
import type { HostedPlanner } from "../../query/hosted-planner.ts";
import { type PlannedFacts, plannedFacts } from "../../query/planned-facts.ts";
import { plannedWork } from "../../query/planned-work.ts";
import type { SessionConf } from "../../query/session-conf.ts";
import { StageCounts } from "../../query/stage-counts.ts";
import { budgetLimits } from "../cost/budget-settings.ts";
import { pricesOf } from "../cost/price-table.ts";
import { type BudgetSpent, NOTHING_SPENT, QueryBudget } from "../cost/query-budget.ts";
import { MAX_INLINE_ROWS_BYTES, type TaskRows } from "../lambda/task-payload.ts";
import type { ClaimedStart, ControlFolder, QueryCheckpoint } from "./control-folder.ts";
import type { QueryAnswer, QueryEnd } from "./coordinator-message.ts";
import { QueryBill, type QueryBillParts } from "./query-bill.ts";

export interface QueryRunParts extends QueryBillParts {
  readonly planner: HostedPlanner;
  readonly control: ControlFolder;
  /** Of one task. */
  readonly memoryBytes: number;
  /** Keeps rows that are too many to be sent, and says where. */
  readonly store: (bytes: Uint8Array) => Promise<TaskRows>;
  /** When it aborts the query is handed over. */
  readonly handOver: AbortSignal;
}

type Planned = Omit<QueryCheckpoint, "work" | "spent">;

/** One coordinator's share of a query: plans it or takes it over, runs it, and leaves word of how far it is. */
export class QueryRun {
  private readonly start: ClaimedStart;
  private readonly parts: QueryRunParts;
  private readonly cancelling = new AbortController();
  private readonly counts = new StageCounts();
  private last: Planned | null = null;
  private saved: Planned | null = null;
  private readonly bill: QueryBill;
  private budget: QueryBudget | null = null;
  private taken = false;

  constructor(start: ClaimedStart, parts: QueryRunParts) {
    this.start = start;
    this.parts = parts;
    this.bill = new QueryBill(parts);
  }

  /** True if another coordinator has the query now, so that this one has no say any more. */
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
    this.budget?.review();
    if (isTaken || isCancelled) this.cancelling.abort(operationCancelled());
    else await this.checkpoint();
  }

  async checkpoint(): Promise<void> {
    const { control, takeover } = this.parts;
    await control.saveProgress({ takeover, timeMs: Date.now(), stages: this.counts.all() });
    if (this.last === null || this.last === this.saved) return;
    const saving = this.last;
    const spent = this.budget?.spent ?? NOTHING_SPENT;
    await control.saveCheckpoint(takeover, { ...saving, work: this.bill.work(), spent });
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
    for (const { rule, reason } of query.skippedRules) {
      const { requestId } = this.start;
      const event = { event: "ruleSkipped", query: requestId, timeMs: Date.now(), rule, reason };
      process.stderr.write(`${JSON.stringify(event)}\n`);
    }
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
    this.bill.before = work;
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
    const work = this.bill.lastWork();
    const tasks = metrics.stages.reduce((sum, stage) => sum + stage.tasks, 0);
    const { region, architecture } = this.parts.billing;
    const billed = { usage: this.bill.usage(work, tasks), region, architecture };
    return { facts, metrics: { ...metrics, billed }, rows, work };
  }

  /** `spent`: by coordinators that had the query before. */
  private budgetOf(conf: SessionConf, spent: BudgetSpent = NOTHING_SPENT): QueryBudget {
    const { region, architecture, executorMb: memoryMb } = this.parts.billing;
    const limits = budgetLimits((key, fallback) => conf.get(key, fallback));
    const billed = (): BilledUsage => this.bill.usage(this.bill.work(), 0);
    const options = { memoryMb, spent, billed };
    this.budget = new QueryBudget(limits, pricesOf(region, architecture), options);
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
      if (inline <= MAX_INLINE_ROWS_BYTES) break;
      if (rows.kind !== "inline") continue;
      inline -= rows.sizeBytes;
      sendable[i] = await this.parts.store(Buffer.from(rows.base64, "base64"));
    }
    return sendable;
  }

  private note(event: QueryEvent): void {
    this.budget?.note(event);
    this.counts.note(event);
  }
}
