/** Rows of the two sides of a hash join, and over how many tasks the probing is spread at most. */
export interface JoinSize {
  readonly buildRows: number;
  readonly probeRows: number;
  readonly probePartitions: number;
  readonly parallelism: number;
}

/** Work on a row, a probe of a table that fits the caches being 1. */
const BUILD_COST = 4;
const SHUFFLE_COST = 4;
/** Tables of more rows miss the caches. */
const CACHED_ROWS = 50_000;
const MISSED_PROBE_COST = 3;

/** Expected time where every worker builds the whole table, while they share the probing. */
export function broadcastCost(size: JoinSize): number {
  const sharing = Math.max(1, Math.min(size.parallelism, size.probePartitions));
  return BUILD_COST * size.buildRows + (probeCost(size.buildRows) * size.probeRows) / sharing;
}

/** Expected time where both sides are partitioned by the keys first, so that workers share all of the work. */
export function shuffleCost({ buildRows, probeRows, parallelism }: JoinSize): number {
  const moved = SHUFFLE_COST * (buildRows + probeRows);
  const joined = BUILD_COST * buildRows + probeCost(buildRows / parallelism) * probeRows;
  return (moved + joined) / Math.max(1, parallelism);
}

const probeCost = (buildRows: number): number => (buildRows > CACHED_ROWS ? MISSED_PROBE_COST : 1);
