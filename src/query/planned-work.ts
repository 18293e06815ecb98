import { collectReferences } from "../analyzer/collect-references.ts";
import { looksLikeFile } from "../formats/table/looks-like-file.ts";
import type { LogicalPlan } from "../plan/logical-plan.ts";
import { planChildren } from "../plan/plan-tree.ts";
import { type PlannedRequests, plannedRequests } from "./explain/planned-requests.ts";
import type { PlannedQuery } from "./query-planner.ts";

/** What a query is going to take, as far as its plan says. */
export interface PlannedWork {
  /** Files whose footers planning reads, each once. */
  readonly files: number;
  /** Folders and globs that planning lists, each once. */
  readonly lists: number;
  /** None where the plan carries its rows. */
  readonly stages: readonly (PlannedRequests & { readonly tasks: number })[];
}

export function plannedWork(query: PlannedQuery): PlannedWork {
  const stages = query.physical.kind === "localTable" ? [] : stagesOf(query);
  const files = new Set(filesOf(query.analyzed)).size;
  return { files, lists: listedPaths(query.parsed).size, stages };
}

function stagesOf({ graph }: PlannedQuery): PlannedWork["stages"] {
  return plannedRequests(graph).map((requests, i) => ({
    ...requests,
    tasks: graph.stages[i]?.partitions ?? 0,
  }));
}

function filesOf(plan: LogicalPlan): readonly string[] {
  return plan.kind === "relation"
    ? plan.files.map(({ path }) => path)
    : planChildren(plan).flatMap(filesOf);
}

/** Globs, and what does not look like a file. */
function listedPaths(plan: LogicalPlan): ReadonlySet<string> {
  const paths = collectReferences(plan).files.flatMap((files) => files.paths);
  return new Set(paths.filter((path) => /[*?[{]/.test(path) || !looksLikeFile(path)));
}
