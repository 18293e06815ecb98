import type { Field } from "../columnar/data-type.ts";
import type { LiteralJson } from "../columnar/literal-json.ts";
import type { PlannedFacts } from "./planned-facts.ts";
import type { QueryListener } from "./query-listener.ts";
import type { QueryMetrics } from "./query-metrics.ts";
import type { QueryOptions } from "./query-options.ts";
import type { QueryRequest } from "./query-request.ts";

/** Rows as an Arrow IPC stream that is brought, in pieces, when it is asked for. */
export interface ServedStream {
  readonly sizeBytes: number;
  readonly pieces: () => AsyncIterable<Uint8Array>;
}

/** The answer of an engine elsewhere. Rows come as streams, or as they are where nothing had to run. */
export interface ServedResult {
  readonly facts: PlannedFacts;
  readonly metrics: QueryMetrics;
  readonly rows:
    | { readonly kind: "streams"; readonly streams: readonly ServedStream[] }
    | { readonly kind: "literals"; readonly rows: readonly (readonly LiteralJson[])[] };
}

/** An engine elsewhere that plans and runs queries. */
export interface QueryService {
  /** `tell`: null where nobody wants to know how far the query is. */
  run(
    request: QueryRequest,
    options: QueryOptions,
    tell: QueryListener | null,
  ): Promise<ServedResult>;
  fieldsOf(request: QueryRequest): Promise<readonly Field[]>;
  /** What `explain` prints; `mode` is the name of an explain mode. */
  explain(request: QueryRequest, mode: string): Promise<string>;
  close(): Promise<void>;
}
