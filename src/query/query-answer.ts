import type { LiteralJson } from "../columnar/literal-json.ts";
import type { PlannedFacts } from "./planned-facts.ts";
import type { QueryMetrics } from "./query-metrics.ts";

/** The outcome of a query: Arrow IPC streams in order, or the plan's own rows where nothing had to run. */
export interface QueryAnswer<Stream> {
  readonly facts: PlannedFacts;
  readonly metrics: QueryMetrics;
  readonly rows:
    | { readonly kind: "streams"; readonly streams: readonly Stream[] }
    | { readonly kind: "literals"; readonly rows: readonly (readonly LiteralJson[])[] };
}
