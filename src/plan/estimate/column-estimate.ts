/** What is expected of one column of a plan's rows. */
export interface ColumnEstimate {
  /** Different values, nulls not counted; at least 1. */
  readonly distinct: number;
  /**
   * How many values there are to match in a join, whatever filters leave of them: the smaller domain of two equal
   * columns is taken to be part of the larger one. Infinity where nothing is known.
   */
  readonly domain: number;
  /** The fraction of the domain that filters on this column itself leave. */
  readonly kept: number;
  readonly nullFraction: number;
  /** Bounds on the number line of `literalNumber`; null where the type has none or nothing is known. */
  readonly min: number | null;
  readonly max: number | null;
  /** Average bytes of one value in memory. */
  readonly bytes: number;
}
