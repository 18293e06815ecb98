/** What is expected of one column of a plan's rows. */
export interface ColumnEstimate {
  /** Different values, nulls not counted; at least 1. */
  readonly distinct: number;
  readonly nullFraction: number;
  /** Bounds on the number line of `literalNumber`; null where the type has none or nothing is known. */
  readonly min: number | null;
  readonly max: number | null;
  /** Average bytes of one value in memory. */
  readonly bytes: number;
}
