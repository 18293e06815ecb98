import type { Billed } from "./billed-usage.ts";

/** Rows that left one operator of a stage, over all its tasks. */
export interface OperatorMetrics {
  /** The operator as explain prints it. */
  readonly operator: string;
  readonly rows: number;
  /** Of a scan: the rows that passed each of its filters, in their order. */
  readonly filters: readonly { readonly condition: string; readonly rows: number }[];
}

/** What one stage of a query took; sums over its tasks, peaks over the greatest. */
export interface StageMetrics {
  readonly stage: number;
  readonly tasks: number;
  readonly rowsRead: number;
  readonly rowsWritten: number;
  readonly bytesRead: number;
  /** Those of `bytesRead` that came from other stages. */
  readonly exchangeBytesRead: number;
  readonly bytesWritten: number;
  readonly gets: number;
  readonly puts: number;
  readonly cpuMs: number;
  /** From each task's start to its end. */
  readonly taskMs: number;
  readonly peakMemoryBytes: number;
  readonly spilledBytes: number;
  readonly decodedChunks: number;
  /** Column chunks that the fallback decoder read. */
  readonly fallbackChunks: number;
  /** In pre-order: an operator before the operators that feed it. */
  readonly operators: readonly OperatorMetrics[];
}

/** What a query took. */
export interface QueryMetrics {
  /** From the call of the action to its last row. */
  readonly elapsedMs: number;
  readonly rows: number;
  /** Bytes of the files that the query names; of a file that it names twice, twice. */
  readonly bytesInFiles: number;
  /** Bytes that tasks read of them. */
  readonly bytesRead: number;
  /** Bytes of footers that planning read, unless it knew them already. */
  readonly footerBytes: number;
  /** Files that the query names, and tables that they belong to. */
  readonly files: number;
  readonly tables: number;
  /** In the order in which they depend on each other. */
  readonly stages: readonly StageMetrics[];
  /** Of a query that an engine ran. */
  readonly billed?: Billed;
}

/** Of a query that needed no task. */
export const NO_WORK: QueryMetrics = Object.freeze({
  elapsedMs: 0,
  rows: 0,
  bytesInFiles: 0,
  bytesRead: 0,
  footerBytes: 0,
  files: 0,
  tables: 0,
  stages: [],
});
