import type { JobMetrics, StageRun } from "../cluster/job-metrics.ts";
import { physicalLine } from "../physical/physical-line.ts";
import { physicalPreOrder } from "../physical/physical-tree.ts";
import { printExpression } from "../plan/print-expression.ts";
import type { PlannedFacts } from "./planned-facts.ts";
import type { QueryMetrics, StageMetrics } from "./query-metrics.ts";

/** What a query took, from its tasks' metrics. */
export function queryMetrics(
  { settings, bytesInFiles, footerBytes, files, tables }: PlannedFacts,
  job: JobMetrics,
  startedMs: number,
): QueryMetrics {
  const stages = job.stages.map((run) => stageMetrics(run, settings.timeZone));
  return {
    elapsedMs: performance.now() - startedMs,
    rows: stages.at(-1)?.rowsWritten ?? 0,
    bytesInFiles,
    bytesRead: stages.reduce((sum, stage) => sum + stage.bytesRead - stage.exchangeBytesRead, 0),
    footerBytes,
    files,
    tables,
    stages,
  };
}

function stageMetrics({ stage, tasks, metrics }: StageRun, timeZone: string): StageMetrics {
  const {
    operatorRows,
    filterRows,
    wallMs: taskMs,
    details: _,
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
  return { stage: stage.id, tasks, ...sums, taskMs, exchangeBytesRead, operators };
}
