import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { cancelReason, queryTimedOut } from "../../cluster/cancelled.ts";
import type { Field } from "../../columnar/data-type.ts";
import { errorFromJson, ResourcesError, TindraError } from "../../common/errors.ts";
import type { BilledUsage } from "../../query/billed-usage.ts";
import type { QueryListener } from "../../query/query-listener.ts";
import type { QueryOptions } from "../../query/query-options.ts";
import type { QueryRequest } from "../../query/query-request.ts";
import type { QueryService, ServedResult } from "../../query/query-service.ts";
import type { ObjectStore } from "../../storage/object-store.ts";
import { addUsage, NO_ENGINE_USAGE } from "../cost/engine-usage.ts";
import type { InvokeClient } from "../lambda/invoke-client.ts";
import { type BackOff, invokeWithRetry } from "../lambda/invoke-with-retry.ts";
import { MAX_PAYLOAD_BYTES } from "../lambda/task-payload.ts";
import type {
  CoordinatorAnswer,
  CoordinatorRequest,
  QueryAnswer,
  QueryProgress,
} from "./coordinator-message.ts";
import { QueryFollower } from "./query-follower.ts";
import { servedRows } from "./served-rows.ts";
import { wrongAnswer } from "./wrong-answer.ts";

export interface CoordinatorClientOptions {
  readonly client: InvokeClient;
  /** The coordinator's name or ARN. */
  readonly functionName: string;
  /** Where answers are that were too large to be sent. */
  readonly results: ObjectStore;
  readonly backOff?: BackOff;
  /** A coordinator that gave no word for so long is taken for dead. Default 45 s. */
  readonly staleMs?: number;
  /** How soon to look for word where nobody answers any more. Default 250. */
  readonly pollMs?: number;
}

const PROGRESS_MS = 1000;
const POLL_MS = 250;
/** Longer than a request of a coordinator to S3 may stall. */
const STALE_MS = 45_000;
/** How long a query that is not wanted any more may take to end. */
const GIVE_UP_MS = 15_000;

/** Runs queries on an engine: starts them, follows them, resumes them where their coordinator died, fetches the rows. */
export class CoordinatorClient implements QueryService {
  private readonly options: CoordinatorClientOptions;

  constructor(options: CoordinatorClientOptions) {
    this.options = options;
  }

  async run(
    request: QueryRequest,
    { signal, timeoutMs }: QueryOptions,
    tell: QueryListener | null,
  ): Promise<ServedResult> {
    const requestId = randomUUID();
    const stopping = new AbortController();
    const stop = stopping.signal;
    const onAbort = (): void => signal && stopping.abort(cancelReason(signal));
    const onTimeout = (): void => stopping.abort(queryTimedOut(timeoutMs ?? 0));
    const timer = timeoutMs === undefined ? undefined : setTimeout(onTimeout, timeoutMs);
    signal?.addEventListener("abort", onAbort, { once: true });
    stop.addEventListener("abort", () => this.cancel(requestId), { once: true });
    const looks = new Looks();
    const ended = new AbortController();
    const onProgress = ({ timeMs, stages }: QueryProgress): void =>
      tell?.({ event: "queryProgress", query: requestId, timeMs, stages });
    const ask = async (asked: CoordinatorRequest): Promise<CoordinatorAnswer> => {
      if (ended.signal.aborted) throw cancelReason(stop);
      return looks.count(await this.ask(asked, AbortSignal.any([stop, ended.signal])));
    };
    const { staleMs = STALE_MS, pollMs = POLL_MS } = this.options;
    const follower = new QueryFollower(requestId, { ask, staleMs, pollMs, onProgress });
    const look = async (): Promise<void> => {
      if (follower.isPolling) return;
      const answer = await ask({ action: "status", requestId });
      if (answer.state === "running" && answer.progress !== null) onProgress(answer.progress);
    };
    const looking = tell && lookOften(look, ended.signal);
    try {
      const timeout = timeoutMs === undefined ? {} : { timeoutMs };
      const start: CoordinatorRequest = { action: "start", requestId, request, ...timeout };
      const following = follower.follow(start).catch((thrown: unknown) => {
        if (!stop.aborted && !isOfRequest(thrown)) this.cancel(requestId);
        throw thrown;
      });
      const end = await Promise.race([following, abandoned(stop)]);
      if (end.state === "failed") throw errorFromJson(end.error);
      return servedRows(looks.addedTo(end.answer), this.options.results);
    } catch (thrown) {
      throw stop.aborted ? cancelReason(stop) : thrown;
    } finally {
      ended.abort();
      clearTimeout(timer);
      signal?.removeEventListener("abort", onAbort);
      await looking;
    }
  }

  async fieldsOf(request: QueryRequest): Promise<readonly Field[]> {
    const answer = await this.ask({ action: "schema", request });
    if (answer.state === "schema") return answer.fields;
    throw wrongAnswer(answer);
  }

  async explain(request: QueryRequest, mode: string): Promise<string> {
    const answer = await this.ask({ action: "explain", request, mode });
    if (answer.state === "explained") return answer.text;
    throw wrongAnswer(answer);
  }

  async close(): Promise<void> {
    this.options.client.close();
  }

  private async ask(request: CoordinatorRequest, signal?: AbortSignal): Promise<CoordinatorAnswer> {
    const { client, functionName, backOff } = this.options;
    const payload = JSON.stringify(request);
    const sizeBytes = Buffer.byteLength(payload);
    if (sizeBytes > MAX_PAYLOAD_BYTES) throw tooLarge(sizeBytes);
    const text = await invokeWithRetry(client, functionName, payload, {
      ...(backOff ? { backOff } : {}),
      ...(signal ? { signal } : {}),
    });
    const answer = JSON.parse(text) as CoordinatorAnswer;
    if (answer.state !== "stored") return answer;
    const stored = await this.options.results.get(answer.key);
    return JSON.parse(Buffer.from(stored).toString()) as CoordinatorAnswer;
  }

  /** Tries for as long as one waits for a query that is not wanted any more. */
  private cancel(requestId: string): void {
    const patience = AbortSignal.timeout(GIVE_UP_MS);
    this.ask({ action: "cancel", requestId }, patience).catch(() => undefined);
  }
}

/** Until the query ended; a look that fails tells nothing. */
async function lookOften(look: () => Promise<void>, ended: AbortSignal): Promise<void> {
  while (!ended.aborted) {
    await sleep(PROGRESS_MS, undefined, { signal: ended, ref: false }).catch(() => undefined);
    if (!ended.aborted) await look().catch(() => undefined);
  }
}

/** True if a request could not be sent at all, so that nothing has begun. */
const isOfRequest = (thrown: unknown): boolean =>
  thrown instanceof TindraError &&
  ["PLAN_TOO_LARGE", "ENGINE_NOT_FOUND"].includes(thrown.condition);

/** What looking how far a query is was billed. */
class Looks {
  private usage: BilledUsage = NO_ENGINE_USAGE;

  count(answer: CoordinatorAnswer): CoordinatorAnswer {
    if (answer.state === "running") this.usage = addUsage(this.usage, answer.billed);
    return answer;
  }

  addedTo(answer: QueryAnswer): QueryAnswer {
    const { metrics } = answer;
    if (metrics.billed === undefined) return answer;
    const billed = { ...metrics.billed, usage: addUsage(metrics.billed.usage, this.usage) };
    return { ...answer, metrics: { ...metrics, billed } };
  }
}

/** Rejects a while after the signal aborted: the engine mostly ends the query by itself before. */
function abandoned(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const giveUp = (): void => reject(cancelReason(signal));
    const wait = (): void => void setTimeout(giveUp, GIVE_UP_MS).unref();
    signal.addEventListener("abort", wait, { once: true });
  });
}

const tooLarge = (sizeBytes: number): ResourcesError =>
  new ResourcesError({
    condition: "PLAN_TOO_LARGE",
    message: `The query's plan has ${sizeBytes} bytes, more than the ${MAX_PAYLOAD_BYTES} that can be sent; put the rows that it carries into a file`,
    sqlState: "54000",
    details: { sizeBytes, limitBytes: MAX_PAYLOAD_BYTES },
  });
