import type { JobCheckpoint } from "../../cluster/run-job.ts";
import { TindraError } from "../../common/errors.ts";
import type { PlannedFacts } from "../../query/planned-facts.ts";
import { nullWhereMissing } from "../../storage/null-where-missing.ts";
import type { ObjectStore } from "../../storage/object-store.ts";
import type { BudgetSpent } from "../cost/query-budget.ts";
import type { TaskRows } from "../lambda/task-payload.ts";
import type {
  CoordinatorRequest,
  EngineWork,
  QueryEnd,
  QueryProgress,
} from "./coordinator-message.ts";

export type StartRequest = CoordinatorRequest & { readonly action: "start" };

/** A query that was begun, and when. */
export type ClaimedStart = StartRequest & { readonly startedMs: number };

/** All that a coordinator knows of a query that it has planned. */
export interface QueryCheckpoint {
  readonly facts: PlannedFacts;
  readonly startedMs: number;
  /** What it took so far. */
  readonly work: EngineWork;
  readonly spent: BudgetSpent;
  readonly job: JobCheckpoint<TaskRows>;
}

/** What coordinators of one query leave for each other and for the client. */
export class ControlFolder {
  private readonly store: ObjectStore;
  private readonly query: string;

  constructor(store: ObjectStore, query: string) {
    this.store = store;
    this.query = query;
  }

  /** True if this is the first start of the query. */
  claimStart(request: ClaimedStart): Promise<boolean> {
    return this.putNew("request.json", request);
  }

  request(): Promise<ClaimedStart | null> {
    return this.read("request.json");
  }

  /** True if this is the first to take the query over for that time. */
  claimTakeover(takeover: number): Promise<boolean> {
    return this.putNew(takeoverName(takeover), { takeover });
  }

  /** The object that is there once the query has been taken over for that time. */
  takeoverKey(takeover: number): string {
    return this.keyOf(takeoverName(takeover));
  }

  /** True if another coordinator has the query now. */
  async isTakenFrom(takeover: number): Promise<boolean> {
    return (await this.read(takeoverName(takeover + 1))) !== null;
  }

  async saveCheckpoint(takeover: number, { job, ...facts }: QueryCheckpoint): Promise<void> {
    const stored: StoredCheckpoint = { ...facts, state: job.state, rows: [...job.rows] };
    await this.put(checkpointName(takeover), stored);
  }

  /** The last one of the latest coordinator that left one, before a takeover. */
  async checkpointBefore(takeover: number): Promise<QueryCheckpoint | null> {
    for (let before = takeover - 1; before >= 0; before--) {
      const stored = await this.read<StoredCheckpoint>(checkpointName(before));
      if (stored === null) continue;
      const { state, rows, ...facts } = stored;
      return { ...facts, job: { state, rows: new Map(rows) } };
    }
    return null;
  }

  saveProgress(progress: QueryProgress): Promise<void> {
    return this.put("progress.json", progress);
  }

  progress(): Promise<QueryProgress | null> {
    return this.read("progress.json");
  }

  /** The first end holds: gives that one. */
  async saveEnd(end: QueryEnd): Promise<QueryEnd> {
    if (await this.putNew("end.json", end)) return end;
    return (await this.end()) ?? end;
  }

  end(): Promise<QueryEnd | null> {
    return this.read("end.json");
  }

  askToCancel(): Promise<void> {
    return this.put("cancel.json", {});
  }

  async isCancelled(): Promise<boolean> {
    return (await this.read("cancel.json")) !== null;
  }

  private async put(name: string, value: unknown): Promise<void> {
    await this.store.put(this.keyOf(name), Buffer.from(JSON.stringify(value)));
  }

  private async putNew(name: string, value: unknown): Promise<boolean> {
    try {
      const bytes = Buffer.from(JSON.stringify(value));
      await this.store.put(this.keyOf(name), bytes, { ifNoneMatch: true });
      return true;
    } catch (thrown) {
      if (thrown instanceof TindraError && thrown.condition === "PRECONDITION_FAILED") return false;
      throw thrown;
    }
  }

  private async read<T>(name: string): Promise<T | null> {
    const bytes = await nullWhereMissing(this.store.get(this.keyOf(name)));
    return bytes === null ? null : (JSON.parse(Buffer.from(bytes).toString()) as T);
  }

  private keyOf(name: string): string {
    return `${this.query}/${name}`;
  }
}

type StoredCheckpoint = Omit<QueryCheckpoint, "job"> & {
  readonly state: JobCheckpoint["state"];
  readonly rows: readonly (readonly [string, TaskRows])[];
};

const takeoverName = (takeover: number): string => `takeover-${takeover}.json`;
const checkpointName = (takeover: number): string => `checkpoint-${takeover}.json`;
