import type { BilledUsage } from "../../query/billed-usage.ts";
import type { S3Usage } from "../s3/s3-usage.ts";
import { gbSeconds } from "./engine-usage.ts";

/** What the functions of an engine report of a query. */
export interface MeasuredWork {
  /** Of executors. */
  readonly invocations: number;
  readonly executorMs: number;
  readonly coordinatorMs: number;
  readonly requests: S3Usage;
}

export interface EngineSizes {
  readonly executorMb: number;
  readonly coordinatorMb: number;
  /** How often the coordinator was invoked for the query. */
  readonly coordinators: number;
}

/** The bill of a query that ran on an engine. */
export function measuredUsage(work: MeasuredWork, tasks: number, sizes: EngineSizes): BilledUsage {
  const { gets, heads, puts, lists, deletes, bytesRead, bytesWritten } = work.requests;
  return {
    tasks,
    invocations: work.invocations + sizes.coordinators,
    gbSeconds:
      gbSeconds(sizes.executorMb, work.executorMs) +
      gbSeconds(sizes.coordinatorMb, work.coordinatorMs),
    gets,
    heads,
    puts,
    lists,
    deletes,
    bytesRead,
    bytesWritten,
  };
}
