import { setTimeout as sleep } from "node:timers/promises";
import {
  asTindraError,
  errorFromJson,
  ResourcesError,
  type TindraError,
} from "../../common/errors.ts";
import type {
  CoordinatorAnswer,
  CoordinatorRequest,
  QueryEnd,
  QueryProgress,
} from "./coordinator-message.ts";
import { wrongAnswer } from "./wrong-answer.ts";

export interface FollowerOptions {
  readonly ask: (request: CoordinatorRequest) => Promise<CoordinatorAnswer>;
  /** A coordinator that gave no word for so long is taken for dead. */
  readonly staleMs: number;
  /** The wait before the first look; later ones are longer. */
  readonly pollMs: number;
  readonly onProgress: (progress: QueryProgress) => void;
}

/** A coordinator that did not see its query end: the last one heard of, and of what it died where that is known. */
interface LostCoordinator {
  readonly takeover: number;
  readonly error: TindraError | null;
  /** True if the query got on before. */
  readonly wasHeard: boolean;
}

const MAX_POLL_MS = 2000;
/** Coordinators that may be lost in turn before the query gets on. */
const MAX_FAILURES = 5;
const LOSSES = new Set([
  "NETWORK_FAILED",
  "FUNCTION_TIMED_OUT",
  "FUNCTION_OUT_OF_MEMORY",
  "FUNCTION_LOST",
  "COORDINATOR_LOST",
]);
/** After these nobody knows whether the query has begun: its answer was lost, or its coordinator died too early. */
const NOT_BEGUN = new Set(["NETWORK_FAILED", "QUERY_NOT_FOUND"]);

/** Follows one query from its start to its end, over the deaths of its coordinators. */
export class QueryFollower {
  /** True if it asks for progress by itself now: not while a coordinator has the query in an invocation of its own. */
  isPolling = false;
  private readonly requestId: string;
  private readonly options: FollowerOptions;

  constructor(requestId: string, options: FollowerOptions) {
    this.requestId = requestId;
    this.options = options;
  }

  /** Rejects with the last loss where coordinators are lost again and again; the engine may still be at the query. */
  async follow(start: CoordinatorRequest): Promise<QueryEnd> {
    const { requestId } = this;
    let takeover = 0;
    let request = start;
    for (let failures = 0; ; ) {
      const outcome = await this.once(request, takeover);
      if ("state" in outcome) return outcome;
      const { error, wasHeard } = outcome;
      failures = wasHeard ? 1 : failures + 1;
      if (failures > MAX_FAILURES) throw error ?? noWord(requestId);
      // The same start twice is one query: where it had begun, the second tells how it is.
      if (NOT_BEGUN.has(error?.condition ?? "")) request = start;
      else {
        takeover = outcome.takeover + 1;
        request = { action: "resume", requestId, takeover };
      }
    }
  }

  /** One coordinator's share: the end, or how it was lost. */
  private async once(
    request: CoordinatorRequest,
    takeover: number,
  ): Promise<QueryEnd | LostCoordinator> {
    const heard = { takeover, times: 0 };
    this.isPolling = false;
    try {
      const answer = await this.options.ask(request);
      if (answer.state === "failed" && answer.error.condition === "QUERY_NOT_FOUND")
        return { takeover, error: errorFromJson(answer.error), wasHeard: false };
      if (answer.state === "finished" || answer.state === "failed") return answer;
      if (answer.state !== "running") throw wrongAnswer(answer);
      const end = await this.poll(heard);
      return end ?? { takeover: heard.takeover, error: null, wasHeard: heard.times > 0 };
    } catch (thrown) {
      if (!isLoss(thrown)) throw thrown;
      const error = asTindraError(thrown);
      return { takeover: heard.takeover, error, wasHeard: heard.times > 0 };
    }
  }

  /** Until the end, or null once there was no word for too long. */
  private async poll(heard: { takeover: number; times: number }): Promise<QueryEnd | null> {
    const { ask, staleMs, pollMs, onProgress } = this.options;
    let lastWordMs = 0;
    let heardMs = performance.now();
    this.isPolling = true;
    for (let waitMs = pollMs; ; waitMs = Math.min(MAX_POLL_MS, waitMs * 1.5)) {
      await sleep(waitMs);
      const answer = await ask({ action: "status", requestId: this.requestId });
      if (answer.state === "finished" || answer.state === "failed") return answer;
      if (answer.state !== "running") throw wrongAnswer(answer);
      const { progress } = answer;
      if (progress !== null && progress.timeMs !== lastWordMs) {
        heard.takeover = Math.max(heard.takeover, progress.takeover);
        heard.times++;
        lastWordMs = progress.timeMs;
        heardMs = performance.now();
        onProgress(progress);
      }
      if (performance.now() - heardMs > staleMs) return null;
    }
  }
}

/** True if it is a coordinator that failed, or its answer, and not the query. */
const isLoss = (thrown: unknown): boolean => LOSSES.has(asTindraError(thrown).condition);

const noWord = (query: string): ResourcesError =>
  new ResourcesError({
    condition: "COORDINATOR_LOST",
    message: `The coordinators of query ${query} stop giving word again and again; the engine's logs may say why`,
    sqlState: "58000",
    retryable: true,
    details: { query },
  });
