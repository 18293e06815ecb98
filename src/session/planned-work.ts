import { type PlannedRequests, plannedRequests } from "./explain/planned-requests.ts";
import { plannedFacts } from "./planned-facts.ts";
import type { PlannedQuery } from "./query-planner.ts";

/** What a query is going to take, as far as its plan says. */
export interface PlannedWork {
  /** Files whose footers planning reads, and the tables that they belong to. */
  readonly files: number;
  readonly tables: number;
  readonly stages: readonly (PlannedRequests & { readonly tasks: number })[];
}

export function plannedWork(query: PlannedQuery): PlannedWork {
  const { files, tables } = plannedFacts(query);
  const stages = plannedRequests(query.graph).map((requests, i) => ({
    ...requests,
    tasks: query.graph.stages[i]?.partitions ?? 0,
  }));
  return { files, tables, stages };
}
