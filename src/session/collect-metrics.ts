import type { JobMetrics, StageRun } from "../cluster/job-metrics.ts";
import type { FileFacts } from "../columnar/file-facts.ts";
import { physicalPreOrder } from "../physical/physical-tree.ts";
import type { LogicalPlan } from "../plan/logical-plan.ts";
import { planChildren } from "../plan/plan-tree.ts";
import { printExpression } from "../plan/print-expression.ts";
import { physicalLine } from "./explain/physical-line.ts";
import type { QueryMetrics, StageMetrics } from "./query-metrics.ts";
import type { PlannedQuery } from "./query-planner.ts";

/** What a query took, from its tasks' metrics. */
export function queryMetrics(
  query: PlannedQuery,
  job: JobMetrics,
  startedMs: number,
): QueryMetrics {
  const stages = job.stages.map((run) => stageMetrics(run, query.settings.timeZone));
  const files = scannedFiles(query.analyzed);
  return {
    elapsedMs: performance.now() - startedMs,
    rows: stages.at(-1)?.rowsWritten ?? 0,
    bytesInFiles: files.reduce((sum, file) => sum + file.sizeBytes, 0),
    bytesRead: stages.reduce((sum, stage) => sum + stage.bytesRead - stage.exchangeBytesRead, 0),
    footerBytes: files.reduce((sum, file) => sum + file.footerBytes, 0),
    stages,
  };
}

function stageMetrics({ stage, tasks, metrics }: StageRun, timeZone: string): StageMetrics {
  const {
    operatorRows,
    filterRows,
    wallMs: _,
    details: __,
    exchangeBytesRead = 0,
    ...sums
  } = metrics;
  const operators = physicalPreOrder(stage.plan).map((node, i) => ({
    operator: physicalLine(node, timeZone),
    rows: operatorRows[i] ?? 0,
    filters:
      node.kind !== "scan"
        ? []
        : node.filters.map((filter, at) => ({
            condition: printExpression(filter, timeZone),
            rows: filterRows?.[i]?.[at] ?? 0,
          })),
  }));
  return { stage: stage.id, tasks, ...sums, exchangeBytesRead, operators };
}

/** The files of all relations; a file that is named twice is scanned twice. */
function scannedFiles(plan: LogicalPlan): readonly FileFacts[] {
  return plan.kind === "relation" ? plan.files : planChildren(plan).flatMap(scannedFiles);
}
