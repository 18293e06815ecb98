import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { AnalysisError, asTindraError } from "../../common/errors.ts";
import type { BilledUsage } from "../../query/billed-usage.ts";
import { HostedPlanner } from "../../query/hosted-planner.ts";
import { addUsage, gbSeconds, NO_ENGINE_USAGE } from "../cost/engine-usage.ts";
import type { InvokeClient } from "../lambda/invoke-client.ts";
import { invokeWithRetry } from "../lambda/invoke-with-retry.ts";
import type { LambdaContext } from "../lambda/lambda-context.ts";
import { LambdaTaskRunner } from "../lambda/lambda-task-runner.ts";
import { MAX_PAYLOAD_BYTES, type TaskRows } from "../lambda/task-payload.ts";
import { NO_USAGE, type S3Usage, usageSince } from "../s3/s3-usage.ts";
import { checkRequest, wrongRequest } from "./check-request.ts";
import { type ClaimedStart, ControlFolder } from "./control-folder.ts";
import type {
  CoordinatorAnswer,
  CoordinatorRequest,
  QueryEnd,
  QueryProgress,
} from "./coordinator-message.ts";
import type { EngineStores } from "./engine-stores.ts";
import { KeptExchange } from "./kept-exchange.ts";
import type { Billing } from "./query-bill.ts";
import { QueryRun } from "./query-run.ts";

/** How often a coordinator leaves word of how far it is. */
const LOOK_MS = 2000;
/** How long tasks that nobody waits for may take to write what is swept away. */
const ORPHAN_GRACE_MS = 1500;

export interface CoordinatorParts {
  readonly stores: EngineStores;
  readonly client: InvokeClient;
  readonly executor: string;
  readonly concurrency: number;
  readonly memoryBytes: number;
  readonly billing: Omit<Billing, "beganMs" | "usage">;
  /** The requests to S3 that this environment made. */
  readonly usage: () => S3Usage;
}

/** Answers requests of clients, and of itself where a query outlives an invocation. */
export class Coordinator {
  private readonly parts: CoordinatorParts;
  private readonly planner: HostedPlanner;
  private beganMs = 0;
  private usageBefore = NO_USAGE;
  private isWarm = false;

  constructor(parts: CoordinatorParts) {
    this.parts = parts;
    this.planner = new HostedPlanner(parts.stores.data, parts.concurrency);
  }

  /** Errors of a query are answers. */
  async handle(request: CoordinatorRequest, context: LambdaContext): Promise<CoordinatorAnswer> {
    if (this.isWarm) this.beganMs = performance.now();
    this.isWarm = true;
    this.usageBefore = this.parts.usage();
    const answer = await this.answer(request, context).catch(failed);
    return this.sendable(answer).catch((thrown: unknown) =>
      answer.state === "finished" ? running(null) : failed(thrown),
    );
  }

  /** The answer, or where it is if it is too large to be sent. */
  private async sendable(answer: CoordinatorAnswer): Promise<CoordinatorAnswer> {
    const bytes = Buffer.from(JSON.stringify(answer));
    if (bytes.length <= MAX_PAYLOAD_BYTES) return answer;
    const key = `answers/${randomUUID()}.json`;
    await this.parts.stores.results.put(key, bytes);
    return { state: "stored", key };
  }

  private async answer(
    request: CoordinatorRequest,
    context: LambdaContext,
  ): Promise<CoordinatorAnswer> {
    checkRequest(request);
    switch (request.action) {
      case "start": {
        const start = { ...request, startedMs: Date.now() };
        if (await this.controlOf(request).claimStart(start)) return this.run(start, 0, context);
        return this.status(request.requestId);
      }
      case "resume":
        return this.resume(request.requestId, request.takeover, context);
      case "status":
        return this.status(request.requestId);
      case "cancel":
        await this.controlOf(request).askToCancel();
        return this.status(request.requestId);
      case "schema":
        return { state: "schema", fields: await this.planner.fieldsOf(request.request) };
      case "explain":
        return {
          state: "explained",
          text: await this.planner.explain(request.request, request.mode),
        };
      default:
        throw wrongRequest("action");
    }
  }

  /** Only what was kept as the end of the query is its end: a look that fails tells nothing of it. */
  private async status(requestId: string): Promise<CoordinatorAnswer> {
    const control = this.controlOf({ requestId });
    try {
      const end = await control.end();
      return end ?? running(await control.progress(), this.billed());
    } catch {
      return running(null, this.billed());
    }
  }

  /** To S3 in this invocation so far. */
  private requests(): S3Usage {
    return usageSince(this.parts.usage(), this.usageBefore);
  }

  /** Of this invocation so far. */
  private billed(): BilledUsage {
    const { coordinatorMb } = this.parts.billing;
    const { retries: _, hedges: __, ...requests } = this.requests();
    const ms = performance.now() - this.beganMs;
    const own = { invocations: 1, gbSeconds: gbSeconds(coordinatorMb, ms), ...requests };
    return addUsage(NO_ENGINE_USAGE, own);
  }

  private async resume(
    requestId: string,
    takeover: number,
    context: LambdaContext,
  ): Promise<CoordinatorAnswer> {
    const control = this.controlOf({ requestId });
    const known = await Promise.all([control.request(), control.end()]).catch(() => null);
    if (known === null) return running(null, this.billed());
    const [start, end] = known;
    if (start === null) throw unknownQuery(requestId);
    if (end !== null) {
      const exchange = new KeptExchange(this.parts.stores.exchange, requestId);
      await exchange.sweep(0).catch(() => undefined);
      return end;
    }
    const isClaimed = await control.claimTakeover(takeover).catch(() => false);
    return isClaimed ? this.run(start, takeover, context) : this.status(requestId);
  }

  private async run(
    start: ClaimedStart,
    takeover: number,
    context: LambdaContext,
  ): Promise<CoordinatorAnswer> {
    const { requestId } = start;
    const { stores, client, executor, concurrency, memoryBytes, billing } = this.parts;
    const control = this.controlOf(start);
    const exchange = new KeptExchange(stores.exchange, requestId);
    const runner = new LambdaTaskRunner({
      client,
      functionName: executor,
      concurrency,
      control: stores.control,
      takenKey: control.takeoverKey(takeover + 1),
    });
    const handOver = new AbortController();
    const run = new QueryRun(start, {
      planner: this.planner,
      runner,
      exchange,
      control,
      memoryBytes,
      store: (bytes) => this.store(requestId, bytes),
      handOver: handOver.signal,
      takeover,
      billing: { ...billing, beganMs: () => this.beganMs, usage: () => this.requests() },
    });
    const stop = watch(run, handOver, context);
    try {
      const end = await Promise.race([run.run(), outOfTime(context)]);
      const isTaken = async (): Promise<boolean> =>
        run.isTaken || (await control.isTakenFrom(takeover).catch(() => false));
      if (end?.state !== "finished" && (await isTaken())) return running(null);
      if (end === null) {
        await runner.abandonAll();
        return await this.handOver(run, requestId, takeover, context);
      }
      return await this.finish(control, exchange, end, takeover > 0 || runner.hasOrphans);
    } finally {
      stop();
    }
  }

  /** The end that holds. What cannot be saved or deleted does not spoil it: the bucket's lifecycle deletes too. */
  private async finish(
    control: ControlFolder,
    exchange: KeptExchange,
    end: QueryEnd,
    mayHaveOrphans: boolean,
  ): Promise<QueryEnd> {
    const first = await control.saveEnd(end).catch(() => end);
    const cleared = mayHaveOrphans ? exchange.sweep(ORPHAN_GRACE_MS) : exchange.clear();
    await cleared.catch(() => undefined);
    return first;
  }

  /** Where that fails the client finds that nobody gives word any more, and has the query resumed. */
  private async handOver(
    run: QueryRun,
    requestId: string,
    takeover: number,
    context: LambdaContext,
  ): Promise<CoordinatorAnswer> {
    const next: CoordinatorRequest = { action: "resume", requestId, takeover: takeover + 1 };
    try {
      await run.checkpoint();
      await invokeWithRetry(this.parts.client, context.functionName, JSON.stringify(next), {
        event: true,
      });
    } catch {
      // said above
    }
    return running(null);
  }

  private async store(requestId: string, bytes: Uint8Array): Promise<TaskRows> {
    const key = `${requestId}/${randomUUID()}.arrow`;
    await this.parts.stores.results.put(key, bytes);
    return { kind: "stored", key, sizeBytes: bytes.length };
  }

  private controlOf({ requestId }: { readonly requestId: string }): ControlFolder {
    return new ControlFolder(this.parts.stores.control, requestId);
  }
}

/** Looks after a run from time to time, and hands it over while the tasks under way can still end in time. */
function watch(run: QueryRun, handOver: AbortController, context: LambdaContext): () => void {
  const leftMs = context.getRemainingTimeInMillis();
  const reserveMs = Math.min(Math.max(10_000, leftMs / 4), leftMs / 2);
  const handOverTimer = setTimeout(() => handOver.abort(), leftMs - reserveMs);
  let looking = false;
  const lookTimer = setInterval(() => {
    if (looking) return;
    looking = true;
    run
      .look()
      .catch(() => undefined)
      .finally(() => {
        looking = false;
      });
  }, LOOK_MS);
  return () => {
    clearTimeout(handOverTimer);
    clearInterval(lookTimer);
  };
}

/** Null shortly before the end of the invocation, so that tasks that do not end cannot keep the query from going on. */
async function outOfTime(context: LambdaContext): Promise<null> {
  const leftMs = context.getRemainingTimeInMillis();
  return sleep(leftMs - Math.min(10_000, leftMs / 5), null, { ref: false });
}

/** `billed`: nothing where the query's own bill has the invocation. */
const running = (
  progress: QueryProgress | null,
  billed: BilledUsage = NO_ENGINE_USAGE,
): CoordinatorAnswer => ({ state: "running", progress, billed });

const failed = (thrown: unknown): CoordinatorAnswer => ({
  state: "failed",
  error: asTindraError(thrown).toJSON(),
});

const unknownQuery = (query: string): AnalysisError =>
  new AnalysisError({
    condition: "QUERY_NOT_FOUND",
    message: `This engine knows no query ${query}; it keeps them for a day`,
    sqlState: "42704",
    details: { query },
  });
