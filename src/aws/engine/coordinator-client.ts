import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { cancelReason } from "../../cluster/cancelled.ts";
import type { Field } from "../../columnar/data-type.ts";
import {
  asTindraError,
  errorFromJson,
  InternalError,
  ResourcesError,
  type TindraError,
} from "../../common/errors.ts";
import type { QueryListener } from "../../session/query-listener.ts";
import type { QueryOptions } from "../../session/query-options.ts";
import type { QueryRequest } from "../../session/query-request.ts";
import type { QueryService, ServedResult } from "../../session/query-service.ts";
import type { ObjectStore } from "../../storage/object-store.ts";
import type { InvokeClient } from "../lambda/invoke-client.ts";
import { type BackOff, invokeWithRetry } from "../lambda/invoke-with-retry.ts";
import { MOST_PAYLOAD_BYTES } from "../lambda/task-payload.ts";
import type { CoordinatorAnswer, CoordinatorRequest, QueryEnd } from "./coordinator-message.ts";
import { servedRows } from "./served-rows.ts";

export interface CoordinatorClientOptions {
  readonly client: InvokeClient;
  /** The coordinator's name or ARN. */
  readonly functionName: string;
  /** Where answers are that were too large to be sent. */
  readonly results: ObjectStore;
  readonly backOff?: BackOff;
  /** A coordinator that gave no word for so long is taken for dead. Default 20 s. */
  readonly staleMs?: number;
}

const POLL_MS = 250;
const MOST_POLL_MS = 2000;
const PROGRESS_MS = 1000;
const STALE_MS = 20_000;
/** Coordinators of one query that may die, and answers that may be lost. */
const MOST_FAILURES = 5;

/** Runs queries on an engine: starts them, follows them, resumes them where their coordinator died, fetches the rows. */
export class CoordinatorClient implements QueryService {
  private readonly options: CoordinatorClientOptions;

  constructor(options: CoordinatorClientOptions) {
    this.options = options;
  }

  async run(
    request: QueryRequest,
    options: QueryOptions,
    tell: QueryListener | null,
  ): Promise<ServedResult> {
    const { signal, timeoutMs } = options;
    const requestId = randomUUID();
    const onAbort = (): void => this.cancel(requestId);
    signal?.addEventListener("abort", onAbort, { once: true });
    const ended = new AbortController();
    const reporting = tell && this.reportProgress(requestId, tell, ended.signal);
    try {
      const start: CoordinatorRequest = {
        action: "start",
        requestId,
        request,
        ...(timeoutMs === undefined ? {} : { timeoutMs }),
      };
      const end = await this.follow(start, requestId);
      if (end.state === "failed") throw errorFromJson(end.error);
      return servedRows(end.answer, this.options.results);
    } catch (thrown) {
      throw signal?.aborted === true ? cancelReason(signal) : thrown;
    } finally {
      ended.abort();
      signal?.removeEventListener("abort", onAbort);
      await reporting;
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

  /** From its start to its end, over the deaths of its coordinators. */
  private async follow(start: CoordinatorRequest, requestId: string): Promise<QueryEnd> {
    let takeover = 0;
    let request = start;
    for (let failures = 0; ; ) {
      const outcome = await this.once(request, requestId, takeover);
      if ("state" in outcome) return outcome;
      if (outcome.error !== null && ++failures > MOST_FAILURES) throw outcome.error;
      // The same start twice is one query: where it had begun, the second tells how it is.
      if (NOT_BEGUN.has(outcome.error?.condition ?? "")) request = start;
      else {
        takeover = outcome.takeover + 1;
        request = { action: "resume", requestId, takeover };
      }
    }
  }

  /** One coordinator's share: the end, or who was the last at it, and of what it died where that is known. */
  private async once(
    request: CoordinatorRequest,
    requestId: string,
    takeover: number,
  ): Promise<QueryEnd | { readonly takeover: number; readonly error: TindraError | null }> {
    try {
      const answer = await this.ask(request);
      if (answer.state === "failed" && answer.error.condition === "QUERY_NOT_FOUND")
        return { takeover, error: errorFromJson(answer.error) };
      if (answer.state === "finished" || answer.state === "failed") return answer;
      if (answer.state !== "running") throw wrongAnswer(answer);
      return await this.poll(requestId, takeover);
    } catch (thrown) {
      const error = asTindraError(thrown);
      if (error.condition !== "NETWORK_FAILED" && !DEATHS.has(error.condition)) throw error;
      return { takeover, error };
    }
  }

  /** Until the end, or until there was no word for too long: then the progress last heard of. */
  private async poll(
    requestId: string,
    takeover: number,
  ): Promise<QueryEnd | { readonly takeover: number; readonly error: null }> {
    const { staleMs = STALE_MS } = this.options;
    let heard = { takeover, timeMs: 0 };
    let heardMs = performance.now();
    for (let waitMs = POLL_MS; ; waitMs = Math.min(MOST_POLL_MS, waitMs * 1.5)) {
      await sleep(waitMs);
      const answer = await this.ask({ action: "status", requestId });
      if (answer.state === "finished" || answer.state === "failed") return answer;
      if (answer.state !== "running") throw wrongAnswer(answer);
      const { progress } = answer;
      if (progress !== null && progress.timeMs !== heard.timeMs) {
        heard = { takeover: Math.max(takeover, progress.takeover), timeMs: progress.timeMs };
        heardMs = performance.now();
      }
      if (performance.now() - heardMs > staleMs) return { takeover: heard.takeover, error: null };
    }
  }

  private async ask(request: CoordinatorRequest): Promise<CoordinatorAnswer> {
    const { client, functionName, backOff } = this.options;
    const payload = JSON.stringify(request);
    const sizeBytes = Buffer.byteLength(payload);
    if (sizeBytes > MOST_PAYLOAD_BYTES) throw tooLarge(sizeBytes);
    const text = await invokeWithRetry(client, functionName, payload, backOff ? { backOff } : {});
    const answer = JSON.parse(text) as CoordinatorAnswer;
    if (answer.state !== "stored") return answer;
    const stored = await this.options.results.get(answer.key);
    return JSON.parse(Buffer.from(stored).toString()) as CoordinatorAnswer;
  }

  private cancel(requestId: string): void {
    this.ask({ action: "cancel", requestId }).catch(() => undefined);
  }

  private async reportProgress(
    requestId: string,
    tell: QueryListener,
    ended: AbortSignal,
  ): Promise<void> {
    while (!ended.aborted) {
      await sleep(PROGRESS_MS, undefined, { signal: ended, ref: false }).catch(() => undefined);
      if (ended.aborted) return;
      const answer = await this.ask({ action: "status", requestId }).catch(() => null);
      if (answer?.state !== "running" || answer.progress === null) continue;
      const { timeMs, stages } = answer.progress;
      tell({ event: "queryProgress", query: requestId, timeMs, stages });
    }
  }
}

/** After these nobody knows whether the query has begun: its answer was lost, or its coordinator died too early. */
const NOT_BEGUN = new Set(["NETWORK_FAILED", "QUERY_NOT_FOUND"]);
const DEATHS = new Set(["FUNCTION_TIMED_OUT", "FUNCTION_OUT_OF_MEMORY", "FUNCTION_LOST"]);

function wrongAnswer(answer: CoordinatorAnswer): Error {
  if (answer.state === "failed") return errorFromJson(answer.error);
  return new InternalError({
    condition: "INVALID_COORDINATOR_ANSWER",
    message: `The coordinator answered with ${answer.state}; client and engine may be of different versions`,
    sqlState: "08P01",
  });
}

const tooLarge = (sizeBytes: number): ResourcesError =>
  new ResourcesError({
    condition: "PLAN_TOO_LARGE",
    message: `The query's plan has ${sizeBytes} bytes, more than the ${MOST_PAYLOAD_BYTES} that can be sent; put the rows that it carries into a file`,
    sqlState: "54000",
    details: { sizeBytes, limitBytes: MOST_PAYLOAD_BYTES },
  });
