import type { TaskSettings } from "../exec/task-spec.ts";

/** What the driver does not decide itself. */
export interface DriverConfig {
  readonly settings: TaskSettings;
  /** The budget of one task. */
  readonly memoryBytes: number;
  /** How many tasks run at once. */
  readonly parallelism: number;
  /** A task that failed so often fails the query, whatever the error. Default 3. */
  readonly maxTaskFailures: number;
  /** True if small partitions of an exchange are read by one task. */
  readonly coalescesPartitions: boolean;
  /** Adjacent partitions are put together up to this size, but not below one group a worker … */
  readonly targetPartitionBytes: number;
  /** … unless they stay below this size. */
  readonly minPartitionBytes: number;
  /** Rows of a range exchange whose input is smaller all go to one partition, without sampling. */
  readonly singleRangeBytes: number;
  /** A join turns broadcast while it runs where its build side has written no more; negative: never. */
  readonly broadcastThresholdBytes: number;
  /** Null: no task is run twice for being slow. */
  readonly speculation: SpeculationConfig | null;
}

/** An attempt is speculated that runs longer than `multiplier` times the median of its stage. */
export interface SpeculationConfig {
  /** The share of the stage's tasks that must have finished before. */
  readonly quantile: number;
  readonly multiplier: number;
  readonly minMs: number;
}

/** What a driver does unless told otherwise. */
export const DRIVER_DEFAULTS = {
  maxTaskFailures: 3,
  coalescesPartitions: true,
  targetPartitionBytes: 1 << 26,
  minPartitionBytes: 1 << 20,
  singleRangeBytes: 1 << 23,
  broadcastThresholdBytes: 1 << 26,
  speculation: null,
} as const;
