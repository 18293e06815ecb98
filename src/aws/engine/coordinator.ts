import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { AnalysisError, asTindraError } from "../../common/errors.ts";
import { HostedPlanner } from "../../session/hosted-planner.ts";
import { HttpInvokeClient } from "../lambda/http-invoke-client.ts";
import type { InvokeClient } from "../lambda/invoke-client.ts";
import { invokeWithRetry } from "../lambda/invoke-with-retry.ts";
import type { LambdaContext } from "../lambda/lambda-context.ts";
import { LambdaTaskRunner } from "../lambda/lambda-task-runner.ts";
import { MOST_PAYLOAD_BYTES, type TaskRows } from "../lambda/task-payload.ts";
import { credentialChain } from "../s3/credentials.ts";
import { S3Client } from "../s3/s3-client.ts";
import { s3SettingsOf } from "../s3/s3-settings.ts";
import { ControlFolder, type StartRequest } from "./control-folder.ts";
import {
  type CoordinatorAnswer,
  type CoordinatorRequest,
  isRequestId,
  type QueryEnd,
} from "./coordinator-message.ts";
import { engineEnvironment, positive, required, taskMemoryBytes } from "./engine-environment.ts";
import { type EngineStores, engineStores } from "./engine-stores.ts";
import { KeptExchange } from "./kept-exchange.ts";
import { type Billing, QueryRun } from "./query-run.ts";
import { SignedRequests } from "./signed-requests.ts";

type Handler = (request: CoordinatorRequest, context: LambdaContext) => Promise<CoordinatorAnswer>;

/** How often a coordinator leaves word of how far it is. */
const LOOK_MS = 2000;
/** How long tasks that nobody waits for may take to write what is swept away. */
const ORPHAN_GRACE_MS = 1500;

/** The coordinator's handler. Footers and connections last as long as the environment. */
export function coordinatorHandler(env: NodeJS.ProcessEnv): Handler {
  const environment = engineEnvironment(env);
  const credentials = credentialChain(env);
  const concurrency = positive(env, "TINDRA_CONCURRENCY");
  const s3 = new S3Client(s3SettingsOf(env), credentials);
  const stores = engineStores(s3, environment);
  const { region, endpoint, memoryMb } = environment;
  const coordinator = new Coordinator({
    stores,
    client: new HttpInvokeClient(new SignedRequests({ region, credentials, endpoint })),
    executor: required(env, "TINDRA_EXECUTOR"),
    concurrency,
    memoryBytes: taskMemoryBytes(memoryMb),
    billing: {
      region,
      architecture: environment.architecture,
      executorMb: memoryMb,
      coordinatorMb: Number(env["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"]) || memoryMb,
      usage: () => s3.usage,
    },
  });
  return (request, context) => coordinator.handle(request, context);
}

export interface CoordinatorParts {
  readonly stores: EngineStores;
  readonly client: InvokeClient;
  readonly executor: string;
  readonly concurrency: number;
  readonly memoryBytes: number;
  readonly billing: Omit<Billing, "beganMs">;
}

/** Answers requests of clients, and of itself where a query outlives an invocation. */
export class Coordinator {
  private readonly parts: CoordinatorParts;
  private readonly planner: HostedPlanner;
  private beganMs = 0;
  private isWarm = false;

  constructor(parts: CoordinatorParts) {
    this.parts = parts;
    this.planner = new HostedPlanner(parts.stores.data, parts.concurrency);
  }

  /** Errors of a query are answers. */
  async handle(request: CoordinatorRequest, context: LambdaContext): Promise<CoordinatorAnswer> {
    if (this.isWarm) this.beganMs = performance.now();
    this.isWarm = true;
    const answer = await this.answer(request, context).catch(failed);
    return this.sendable(answer).catch(failed);
  }

  /** The answer, or where it is if it is too large to be sent. */
  private async sendable(answer: CoordinatorAnswer): Promise<CoordinatorAnswer> {
    const bytes = Buffer.from(JSON.stringify(answer));
    if (bytes.length <= MOST_PAYLOAD_BYTES) return answer;
    const key = `answers/${randomUUID()}.json`;
    await this.parts.stores.results.put(key, bytes);
    return { state: "stored", key };
  }

  private async answer(
    request: CoordinatorRequest,
    context: LambdaContext,
  ): Promise<CoordinatorAnswer> {
    if ("requestId" in request && !isRequestId(request.requestId)) throw wrongRequest("requestId");
    switch (request.action) {
      case "start":
        if (await this.controlOf(request).claimStart(request)) return this.run(request, 0, context);
        return this.status(request.requestId);
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

  private async status(requestId: string): Promise<CoordinatorAnswer> {
    const control = this.controlOf({ requestId });
    const end = await control.end();
    return end ?? { state: "running", progress: await control.progress() };
  }

  private async resume(
    requestId: string,
    takeover: number,
    context: LambdaContext,
  ): Promise<CoordinatorAnswer> {
    const control = this.controlOf({ requestId });
    const start = await control.request();
    if (start === null) throw unknownQuery(requestId);
    const end = await control.end();
    if (end !== null) {
      await new KeptExchange(this.parts.stores.exchange, requestId).sweep(0);
      return end;
    }
    if (!(await control.claimTakeover(takeover))) return this.status(requestId);
    return this.run(start, takeover, context);
  }

  private async run(
    start: StartRequest,
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
      billing: { ...billing, beganMs: () => this.beganMs },
    });
    const stop = watch(run, handOver, context);
    try {
      const end = await Promise.race([run.run(), outOfTime(context)]);
      if (end === null) return await this.handOver(run, requestId, takeover, context);
      await this.finish(control, exchange, end, takeover > 0 || runner.hasOrphans);
      return end;
    } finally {
      stop();
    }
  }

  private async finish(
    control: ControlFolder,
    exchange: KeptExchange,
    end: QueryEnd,
    mayHaveOrphans: boolean,
  ): Promise<void> {
    await control.saveEnd(end);
    if (mayHaveOrphans) await exchange.sweep(ORPHAN_GRACE_MS);
    else await exchange.clear();
  }

  private async handOver(
    run: QueryRun,
    requestId: string,
    takeover: number,
    context: LambdaContext,
  ): Promise<CoordinatorAnswer> {
    await run.checkpoint();
    const next: CoordinatorRequest = { action: "resume", requestId, takeover: takeover + 1 };
    await invokeWithRetry(this.parts.client, context.functionName, JSON.stringify(next), {
      event: true,
    });
    return this.status(requestId);
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

const failed = (thrown: unknown): CoordinatorAnswer => ({
  state: "failed",
  error: asTindraError(thrown).toJSON(),
});

const wrongRequest = (field: string): AnalysisError =>
  new AnalysisError({
    condition: "INVALID_COORDINATOR_REQUEST",
    message: `The request's ${field} is not one that this engine knows; client and engine may be of different versions`,
    sqlState: "08P01",
    details: { field },
  });

const unknownQuery = (query: string): AnalysisError =>
  new AnalysisError({
    condition: "QUERY_NOT_FOUND",
    message: `This engine knows no query ${query}; it keeps them for a day`,
    sqlState: "42704",
    details: { query },
  });
