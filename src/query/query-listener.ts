import type { QueryEvent } from "../cluster/query-event.ts";

/** Called with what happens in a query. What it throws is lost. */
export type QueryListener = (event: QueryEvent) => void;
