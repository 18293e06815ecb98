/** What the planner must know of the session and of where the query will run. */
export interface PlannerOptions {
  /** Partitions of hash and range exchanges. */
  readonly shufflePartitions: number;
  /** A side expected to take more bytes than this in memory is not broadcast; negative: none is but by hint. */
  readonly broadcastThresholdBytes: number;
  /** Workers that share the query. */
  readonly parallelism: number;
  /** Compressed bytes that one scan task reads at most, unless one row group is larger. Default 128 MiB. */
  readonly splitBytes?: number;
  /** Compressed bytes below which row groups are put together. Default 1 MiB. */
  readonly minSplitBytes?: number;
  /** Expected bytes up to which an aggregation's groups are brought into one partition. Default 64 KiB. */
  readonly singleAggregateBytes?: number;
  /** Expected bytes up to which rows are sorted in one partition. Default 8 MiB. */
  readonly singleSortBytes?: number;
  /** Rows up to which `ORDER BY … LIMIT` keeps a heap instead of sorting. Default 100,000. */
  readonly topNRows?: number;
  /** The session's time zone: aggregates may choose their state by it. Default UTC. */
  readonly timeZone?: string;
}
