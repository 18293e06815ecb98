/** One side of a hash join, as it is expected. */
export interface JoinSide {
  readonly rows: number;
  readonly bytes: number;
}

/** Work on a row beside its bytes, a probe of a table that fits the caches being 1. */
const BUILD_COST = 3;
const BUILD_BYTES_EACH = 32;
const SHUFFLE_COST = 2;
const SHUFFLE_BYTES_EACH = 16;
/** Larger tables miss the caches more and more. */
const CACHED_ROWS = 20_000;
const MISS_COST = 0.3;

/** Expected time where every worker builds the whole table, while so many share the probing. */
export function broadcastCost(build: JoinSide, probe: JoinSide, sharing: number): number {
  return buildCost(build) + (probeCost(build.rows) * probe.rows) / Math.max(1, sharing);
}

/** Expected time where both sides are partitioned by the keys first, so that so many share all of the work. */
export function shuffleCost(build: JoinSide, probe: JoinSide, sharing: number): number {
  const moved = shuffled(build) + shuffled(probe);
  const joined = buildCost(build) + probeCost(build.rows / Math.max(1, sharing)) * probe.rows;
  return (moved + joined) / Math.max(1, sharing);
}

const buildCost = ({ rows, bytes }: JoinSide): number =>
  BUILD_COST * rows + bytes / BUILD_BYTES_EACH;

const shuffled = ({ rows, bytes }: JoinSide): number =>
  SHUFFLE_COST * rows + bytes / SHUFFLE_BYTES_EACH;

const probeCost = (buildRows: number): number =>
  1 + MISS_COST * Math.log10(Math.max(1, buildRows / CACHED_ROWS));
