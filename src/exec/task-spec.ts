import type { LiteralJson } from "../columnar/literal-json.ts";
import type { Json } from "../common/errors.ts";
import type { Partitioning, PhysicalPlan } from "../physical/physical-plan.ts";
import type { ShuffleBlock } from "../shuffle/shuffle-block.ts";

/** One try of a stage on one partition, as JSON: all that an executor needs, and nothing it must look up. */
export interface TaskSpec {
  readonly query: string;
  readonly stage: number;
  readonly partition: number;
  readonly attempt: number;
  /** The stage's plan; its scans hold only this task's split, unions only this task's child. */
  readonly plan: PhysicalPlan;
  /** What to read for each `shuffleRead` and `broadcastRead`, by producing stage id. */
  readonly inputs: { readonly [stage: number]: readonly ShuffleBlock[] };
  readonly output: TaskOutput;
  readonly memoryBytes: number;
  /** Session settings that change answers: `ansi`, `timeZone`. */
  readonly settings: TaskSettings;
}

/** Session settings that change answers. */
export interface TaskSettings {
  readonly ansi: boolean;
  readonly timeZone: string;
}

/** Where the rows go. `prefix` is the attempt's own key prefix in the exchange store. */
export type TaskOutput =
  | { readonly kind: "result" }
  | {
      readonly kind: "shuffle";
      readonly partitioning: Partitioning;
      readonly prefix: string;
      /**
       * Range partitioning: the lower ends of partitions 1 …, ascending, each a row of one base64 sort key as tasks
       * report them in `metrics.details.samples`. Null: report samples only.
       */
      readonly bounds: readonly (readonly LiteralJson[])[] | null;
    };

/** What the driver learns of a task that has ended well. */
export interface TaskResult {
  readonly query: string;
  readonly stage: number;
  readonly partition: number;
  readonly attempt: number;
  /** One for each output partition with rows. Empty for a result task. */
  readonly blocks: readonly ShuffleBlock[];
  readonly metrics: TaskMetrics;
}

/** What a task took. Times are in milliseconds. */
export interface TaskMetrics {
  readonly rowsRead: number;
  readonly rowsWritten: number;
  readonly bytesRead: number;
  /** Those of `bytesRead` that came from the exchange store. */
  readonly exchangeBytesRead?: number;
  readonly bytesWritten: number;
  readonly gets: number;
  readonly puts: number;
  readonly cpuMs: number;
  readonly wallMs: number;
  readonly peakMemoryBytes: number;
  readonly spilledBytes: number;
  /** Column chunks that parquet-wasm decoded, because our decoder does not take them. */
  readonly fallbackChunks: number;
  readonly decodedChunks: number;
  /** Rows that left each operator of the task's plan, by its place in pre-order. */
  readonly operatorRows: readonly number[];
  /** Rows that passed each filter of a scan, by the scan's place in pre-order; nothing for other operators. */
  readonly filterRows?: readonly (readonly number[])[];
  readonly details?: { readonly [key: string]: Json };
}
