import type { Field } from "../../columnar/data-type.ts";
import type { LiteralJson } from "../../columnar/literal-json.ts";
import type { ErrorJson } from "../../common/errors.ts";
import type { BilledUsage } from "../../query/billed-usage.ts";
import type { PlannedFacts } from "../../query/planned-facts.ts";
import type { QueryMetrics } from "../../query/query-metrics.ts";
import type { QueryRequest } from "../../query/query-request.ts";
import type { StageCount } from "../../query/stage-counts.ts";
import type { TaskRows } from "../lambda/task-payload.ts";
import type { S3Usage } from "../s3/s3-usage.ts";

/** What a coordinator is invoked with. `requestId`: a UUID that the client chose, and the query's id. */
export type CoordinatorRequest =
  /** Starts the query, unless it was started before: then tells how it is. */
  | {
      readonly action: "start";
      readonly requestId: string;
      readonly request: QueryRequest;
      readonly timeoutMs?: number;
    }
  /** Goes on with a query whose coordinator is gone. `takeover` is one more than that one's, which was 0 at first. */
  | { readonly action: "resume"; readonly requestId: string; readonly takeover: number }
  | { readonly action: "status"; readonly requestId: string }
  | { readonly action: "cancel"; readonly requestId: string }
  | { readonly action: "schema"; readonly request: QueryRequest }
  | { readonly action: "explain"; readonly request: QueryRequest; readonly mode: string };

export type CoordinatorAnswer =
  | QueryEnd
  /** Another invocation is at it. `progress` is null in the first seconds. */
  | {
      readonly state: "running";
      readonly progress: QueryProgress | null;
      /** What it costs to be told so. */
      readonly billed: BilledUsage;
    }
  | { readonly state: "schema"; readonly fields: readonly Field[] }
  | { readonly state: "explained"; readonly text: string }
  /** An answer that is too large to be sent: JSON among the results. */
  | { readonly state: "stored"; readonly key: string };

/** How a query ended. */
export type QueryEnd =
  | { readonly state: "finished"; readonly answer: QueryAnswer }
  | { readonly state: "failed"; readonly error: ErrorJson };

export interface QueryAnswer {
  readonly facts: PlannedFacts;
  readonly metrics: QueryMetrics;
  readonly rows:
    | { readonly kind: "streams"; readonly streams: readonly TaskRows[] }
    | { readonly kind: "literals"; readonly rows: readonly (readonly LiteralJson[])[] };
  readonly work: EngineWork;
}

/** What the query made its functions do, as far as their answers told. */
export interface EngineWork {
  readonly invocations: number;
  readonly executorMs: number;
  readonly coordinatorMs: number;
  readonly requests: S3Usage;
}

/** How far a query is. */
export interface QueryProgress {
  readonly takeover: number;
  readonly timeMs: number;
  readonly stages: readonly StageCount[];
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** True if a text can be a query's id, and so part of keys. */
export const isRequestId = (text: unknown): text is string =>
  typeof text === "string" && UUID.test(text);
