import type { Literal } from "./expression.ts";

/** Fills nulls, and NaN of floating columns. With `value` those columns of its kind, of some or all; else each by name. */
export interface FillNulls {
  readonly kind: "fillNulls";
  readonly value: Literal | null;
  /** Null: all. */
  readonly columns: readonly string[] | null;
  readonly values: readonly { readonly column: string; readonly value: Literal }[];
}

/** Keeps rows with so many values that are neither null nor NaN. */
export interface DropNulls {
  readonly kind: "dropNulls";
  /** Null: all of the columns. */
  readonly minValues: number | null;
  /** Null: all. */
  readonly columns: readonly string[] | null;
}

/** Replaces values by others, in columns of their kind: numbers, strings or booleans. */
export interface ReplaceValues {
  readonly kind: "replaceValues";
  readonly pairs: readonly { readonly from: Literal; readonly to: Literal }[];
  /** Null: all. */
  readonly columns: readonly string[] | null;
}

/** A row of texts for each statistic, over the columns of numbers and strings. */
export interface Summarize {
  readonly kind: "summarize";
  readonly statistics: readonly string[];
  /** Null: all. */
  readonly columns: readonly string[] | null;
}

/** Work on columns that depends on their types. */
export type ColumnTypeWork = FillNulls | DropNulls | ReplaceValues | Summarize;
