import type { BilledUsage } from "../../query/billed-usage.ts";
import { engineRequests } from "../../query/explain/engine-requests.ts";
import type { PlannedWork } from "../../query/planned-work.ts";
import { gbSeconds } from "./engine-usage.ts";
import { ONE_PROCESSOR_MB } from "./local-usage.ts";

const TASK_MS = 50;
const BYTES_PER_MS = 100_000;
const COORDINATOR_MS = 500;

/**
 * What a plan will be billed: requests as planned, those of exchanged rows as estimated; time guessed at 50 ms a task and
 * 100 MB of compressed data a second.
 */
export function plannedUsage(work: PlannedWork, memoryMb: number = ONE_PROCESSOR_MB): BilledUsage {
  const sum = (of: (stage: PlannedWork["stages"][number]) => number): number =>
    work.stages.reduce((total, stage) => total + of(stage), 0);
  const tasks = sum((stage) => stage.tasks);
  const dataBytes = sum((stage) => stage.dataBytes);
  const executorMs = tasks * TASK_MS + dataBytes / BYTES_PER_MS;
  const { invokes, puts, deletes } = engineRequests(work);
  return {
    tasks,
    invocations: invokes,
    gbSeconds: gbSeconds(memoryMb, executorMs + COORDINATOR_MS),
    gets: sum((stage) => stage.dataGets + stage.expectedExchangeGets) + work.files,
    heads: 0,
    puts: sum((stage) => stage.expectedExchangePuts) + puts,
    lists: work.lists,
    deletes,
    bytesRead: dataBytes,
    bytesWritten: 0,
  };
}
