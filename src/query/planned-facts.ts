import type { Field } from "../columnar/data-type.ts";
import type { FileFacts } from "../columnar/file-facts.ts";
import type { TaskSettings } from "../exec/task-spec.ts";
import type { LogicalPlan } from "../plan/logical-plan.ts";
import { planChildren } from "../plan/plan-tree.ts";
import type { PlannedQuery } from "./query-planner.ts";

/** What a planned query's result needs to know of it, as JSON. */
export interface PlannedFacts {
  readonly fields: readonly Field[];
  readonly settings: TaskSettings;
  /** Bytes of the files that the query names; of a file that it names twice, twice. */
  readonly bytesInFiles: number;
  /** Bytes of footers that planning read, unless it knew them already. */
  readonly footerBytes: number;
  /** Files that the query names … */
  readonly files: number;
  /** … and tables that they belong to. */
  readonly tables: number;
}

/** What is known of a query before it runs. */
export function plannedFacts({ analyzed, fields, settings }: PlannedQuery): PlannedFacts {
  const files = scannedFiles(analyzed);
  return {
    fields,
    settings,
    bytesInFiles: files.reduce((sum, file) => sum + file.sizeBytes, 0),
    footerBytes: files.reduce((sum, file) => sum + file.footerBytes, 0),
    files: files.length,
    tables: scannedTables(analyzed),
  };
}

function scannedTables(plan: LogicalPlan): number {
  if (plan.kind === "relation") return 1;
  return planChildren(plan).reduce((sum, child) => sum + scannedTables(child), 0);
}

/** The files of all relations; a file that is named twice is scanned twice. */
function scannedFiles(plan: LogicalPlan): readonly FileFacts[] {
  return plan.kind === "relation" ? plan.files : planChildren(plan).flatMap(scannedFiles);
}
