import type { Field } from "../columnar/data-type.ts";
import type { QueryAnswer } from "./query-answer.ts";
import type { QueryListener } from "./query-listener.ts";
import type { QueryOptions } from "./query-options.ts";
import type { QueryRequest } from "./query-request.ts";

/** Rows as an Arrow IPC stream that is brought, in pieces, when it is asked for. */
export interface ServedStream {
  readonly sizeBytes: number;
  readonly pieces: () => AsyncIterable<Uint8Array>;
}

/** The answer of an engine elsewhere. */
export type ServedResult = QueryAnswer<ServedStream>;

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
