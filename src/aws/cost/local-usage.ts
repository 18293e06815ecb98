import type { BilledUsage } from "../../query/billed-usage.ts";
import { COORDINATOR_PUTS } from "../../query/explain/engine-requests.ts";
import type { QueryMetrics } from "../../query/query-metrics.ts";
import { gbSeconds } from "./engine-usage.ts";

/** The memory with which a function has one whole processor, as a thread of this machine does. */
export const ONE_PROCESSOR_MB = 1769;

/**
 * What a query that ran on this machine would have been billed on an engine: a task here as an executor with one
 * processor there, one coordinator as long as the whole query, which writes down its start and its end, a LIST for each
 * table, a GET for each footer, and one DELETE of what stages left for each other.
 */
export function localUsage(metrics: QueryMetrics): BilledUsage {
  const { stages, tables, files, footerBytes, elapsedMs } = metrics;
  const sum = (of: (stage: QueryMetrics["stages"][number]) => number): number =>
    stages.reduce((total, stage) => total + of(stage), 0);
  const tasks = sum((stage) => stage.tasks);
  const puts = sum((stage) => stage.puts);
  return {
    tasks,
    invocations: tasks + 1,
    gbSeconds: gbSeconds(ONE_PROCESSOR_MB, sum((stage) => stage.taskMs) + elapsedMs),
    gets: sum((stage) => stage.gets) + files,
    heads: 0,
    puts: puts + COORDINATOR_PUTS,
    lists: tables,
    deletes: puts > 0 ? 1 : 0,
    bytesRead: sum((stage) => stage.bytesRead) + footerBytes,
    bytesWritten: sum((stage) => stage.bytesWritten),
  };
}
