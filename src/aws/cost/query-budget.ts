import { attemptName } from "../../cluster/attempt-name.ts";
import type { QueryEvent } from "../../cluster/query-event.ts";
import { ResourcesError } from "../../common/errors.ts";
import type { TaskMetrics } from "../../exec/task-spec.ts";
import type { BilledUsage } from "../../query/billed-usage.ts";
import type { PlannedWork } from "../../query/planned-work.ts";
import { addUsage, gbSeconds, NO_ENGINE_USAGE } from "./engine-usage.ts";
import { ONE_PROCESSOR_MB } from "./local-usage.ts";
import { plannedUsage } from "./planned-usage.ts";
import type { Prices } from "./price-table.ts";
import { makeReceipt } from "./receipt.ts";

/** How much one query may take, as JSON; null: as much as it wants. */
export interface BudgetLimits {
  readonly dollars: number | null;
  /** Of data that is read, not of what stages leave for each other. */
  readonly bytes: number | null;
}

/** What a query has taken of its budget, as JSON. */
export interface BudgetSpent {
  readonly used: BilledUsage;
  readonly dataBytes: number;
}

export const NOTHING_SPENT: BudgetSpent = { used: NO_ENGINE_USAGE, dataBytes: 0 };

/** Keeps one query within limits: `admit` before its first task, then `note` of its events, which may abort `signal`. */
export class QueryBudget {
  private readonly limits: BudgetLimits;
  private readonly prices: Prices;
  private readonly memoryMb: number;
  private readonly billed: () => BilledUsage;
  private readonly stopping = new AbortController();
  private used: BilledUsage;
  private dataBytes: number;
  /** By attempt. */
  private readonly startedMs = new Map<string, number>();

  constructor(
    limits: BudgetLimits,
    prices: Prices,
    options: {
      /** Of an executor. Default: with one processor. */
      readonly memoryMb?: number;
      /** Where the query was run by another process before. */
      readonly spent?: BudgetSpent;
      /** What the query has been billed so far, where that is known better than its events tell. */
      readonly billed?: () => BilledUsage;
    } = {},
  ) {
    const { memoryMb = ONE_PROCESSOR_MB, spent = NOTHING_SPENT } = options;
    this.limits = limits;
    this.prices = prices;
    this.memoryMb = memoryMb;
    this.billed = options.billed ?? (() => this.used);
    this.used = spent.used;
    this.dataBytes = spent.dataBytes;
  }

  /** So far. */
  get spent(): BudgetSpent {
    return { used: this.used, dataBytes: this.dataBytes };
  }

  /** Aborts with the error that the query is to end with. */
  get signal(): AbortSignal {
    return this.stopping.signal;
  }

  /** Throws `MAX_BYTES_EXCEEDED` or `BUDGET_EXCEEDED` where the plan alone goes beyond. */
  admit(work: PlannedWork): void {
    const usage = plannedUsage(work, this.memoryMb);
    const bytes = usage.bytesRead;
    const error = this.check(bytes, this.dollars(usage), "would take, so it was not started");
    if (error !== null) throw error;
  }

  note(event: QueryEvent): void {
    if (event.event === "taskStarted") this.start(event);
    else if (event.event === "taskFailed") this.fail(event);
    else if (event.event === "taskFinished") this.finish(event.metrics);
    else return;
    this.review();
  }

  /** Looks at what the query has taken so far: time passes without events too. */
  review(): void {
    const dollars = this.dollars(this.billed());
    const error = this.check(this.dataBytes, dollars, "had taken when it was ended");
    if (error !== null) this.stopping.abort(error);
  }

  private start(event: QueryEvent & { readonly event: "taskStarted" }): void {
    this.used = addUsage(this.used, { invocations: 1 });
    this.startedMs.set(attemptName(event), event.timeMs);
  }

  /** Of an attempt that failed only its time is known. */
  private fail(event: QueryEvent & { readonly event: "taskFailed" }): void {
    const ms = event.timeMs - (this.startedMs.get(attemptName(event)) ?? event.timeMs);
    this.used = addUsage(this.used, { gbSeconds: gbSeconds(this.memoryMb, ms) });
  }

  private finish({ gets, puts, bytesRead, exchangeBytesRead = 0, wallMs }: TaskMetrics): void {
    this.dataBytes += bytesRead - exchangeBytesRead;
    const seconds = gbSeconds(this.memoryMb, wallMs);
    this.used = addUsage(this.used, { gets, puts, gbSeconds: seconds });
  }

  private check(bytes: number, dollars: number, how: string): ResourcesError | null {
    const { limits } = this;
    if (limits.bytes !== null && bytes > limits.bytes)
      return exceeded("MAX_BYTES_EXCEEDED", {
        message: `The query may read ${limits.bytes} bytes; ${bytes} is what it ${how}. Read less, or raise the limit`,
        limit: limits.bytes,
        used: bytes,
      });
    if (limits.dollars !== null && dollars > limits.dollars)
      return exceeded("BUDGET_EXCEEDED", {
        message: `The query may cost $${limits.dollars}; $${dollars.toFixed(6)} is what it ${how}. Read less, or raise the budget`,
        limit: limits.dollars,
        used: dollars,
      });
    return null;
  }

  private dollars(usage: BilledUsage): number {
    return makeReceipt(usage, this.prices).dollars.total;
  }
}

const exceeded = (
  condition: string,
  facts: { readonly message: string; readonly limit: number; readonly used: number },
): ResourcesError =>
  new ResourcesError({
    condition,
    message: facts.message,
    sqlState: "53400",
    details: { limit: facts.limit, used: facts.used },
  });
