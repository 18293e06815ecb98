import type { Field } from "../columnar/data-type.ts";
import type { FileFacts } from "../columnar/file-facts.ts";
import type { LiteralJson } from "../columnar/literal-json.ts";
import type { ColumnTypeWork } from "./by-column-type.ts";
import type { Alias, Attribute, Expression, SortOrder, WindowSpec } from "./expression.ts";
import type { Position } from "./position.ts";

/**
 * A logical plan: frozen plain data that survives JSON.
 *
 * The kinds from `unresolvedRelation` on leave the parser and the DataFrame API and are gone after analysis. So is every
 * `position`: where the clause begins in the text, absent where there is none.
 */
export type LogicalPlan =
  | Relation
  | LocalRelation
  | Range
  | Project
  | Filter
  | Aggregate
  | Join
  | Sort
  | Limit
  | Offset
  | Distinct
  | SetOperation
  | Expand
  | SubqueryAlias
  | UnresolvedRelation
  | UnresolvedFiles
  | InlineTable
  | UnresolvedHaving
  | With
  | WithWindows
  | Deduplicate
  | WithColumns
  | DropColumns
  | RenameColumns
  | ByColumnType
  | UnresolvedUnion;

/** Files of one table. `output` is what is read of them: pruning shortens it. */
export interface Relation {
  readonly kind: "relation";
  /** As the user named it: a table, or a path. */
  readonly name: string;
  readonly format: "parquet";
  readonly output: readonly Attribute[];
  readonly files: readonly FileFacts[];
  /** Names of output columns that come from `key=value` folders. */
  readonly partitionColumns: readonly string[];
  /** Conditions that pushdown put beside the scan, conjuncts in evaluation order. */
  readonly filters: readonly Expression[];
}

/** Rows that the plan itself carries: VALUES and `createDataFrame`. */
export interface LocalRelation {
  readonly kind: "localRelation";
  readonly output: readonly Attribute[];
  readonly rows: readonly (readonly LiteralJson[])[];
}

/** `range(start, end, step)`: one bigint column; the numbers are decimal text. */
export interface Range {
  readonly kind: "range";
  readonly output: readonly Attribute[];
  readonly start: string;
  readonly end: string;
  readonly step: string;
}

/** Computes columns: the SELECT list. */
export interface Project {
  readonly kind: "project";
  /** After analysis each is an `attribute` or an `alias`. */
  readonly expressions: readonly Expression[];
  readonly child: LogicalPlan;
  readonly position?: Position;
}

/** Keeps rows for which the condition is true. */
export interface Filter {
  readonly kind: "filter";
  readonly condition: Expression;
  readonly child: LogicalPlan;
}

/** Groups rows: GROUP BY and the SELECT list with it. */
export interface Aggregate {
  readonly kind: "aggregate";
  readonly grouping: readonly Expression[];
  /** The output. After analysis each is an `attribute` or an `alias`, over grouping expressions and aggregate calls. */
  readonly aggregates: readonly Expression[];
  readonly child: LogicalPlan;
  readonly position?: Position;
}

/** Which rows without a match a join keeps, and of which sides it gives columns. */
export type JoinType = "inner" | "left" | "right" | "full" | "semi" | "anti" | "cross";

/** Pairs rows of two plans. */
export interface Join {
  readonly kind: "join";
  readonly type: JoinType;
  readonly condition: Expression | null;
  /** `USING (…)` and `NATURAL`: gone after analysis. */
  readonly using: readonly string[] | "natural" | null;
  readonly left: LogicalPlan;
  readonly right: LogicalPlan;
  /** The side that a BROADCAST hint names. */
  readonly hint: "broadcastLeft" | "broadcastRight" | null;
  readonly position?: Position;
}

/** Orders all rows. */
export interface Sort {
  readonly kind: "sort";
  readonly orders: readonly SortOrder[];
  readonly child: LogicalPlan;
}

/** Keeps the first rows. */
export interface Limit {
  readonly kind: "limit";
  /** A foldable integer; a literal after analysis. */
  readonly count: Expression;
  readonly child: LogicalPlan;
}

/** Leaves out the first rows. */
export interface Offset {
  readonly kind: "offset";
  readonly count: Expression;
  readonly child: LogicalPlan;
}

/** Leaves out rows that are equal to another. */
export interface Distinct {
  readonly kind: "distinct";
  readonly child: LogicalPlan;
  readonly position?: Position;
}

/** By position. `union` keeps duplicates where `all`. */
export interface SetOperation {
  readonly kind: "setOperation";
  readonly operation: "union" | "intersect" | "except";
  readonly all: boolean;
  readonly children: readonly LogicalPlan[];
  /** Empty before analysis. */
  readonly output: readonly Attribute[];
  readonly position?: Position;
}

/** Several rows for each input row, one for each projection (several DISTINCT aggregates, grouping sets). */
export interface Expand {
  readonly kind: "expand";
  readonly projections: readonly (readonly Expression[])[];
  readonly output: readonly Attribute[];
  readonly child: LogicalPlan;
}

/** Gives the columns of a plan a qualifier. */
export interface SubqueryAlias {
  readonly kind: "subqueryAlias";
  readonly alias: string;
  /** New column names, or none. */
  readonly columns: readonly string[];
  /**
   * Marks its child as the plan of the DataFrame of this number, for the columns bound to it; then `alias` is empty
   * and qualifiers stay as they are. Gone after analysis.
   */
  readonly dataFrame?: number;
  readonly child: LogicalPlan;
  readonly position?: Position;
}

/** A table or view by name. Gone after analysis. */
export interface UnresolvedRelation {
  readonly kind: "unresolvedRelation";
  readonly nameParts: readonly string[];
  readonly position: Position | null;
}

/** `parquet.`path`` and `read.parquet(…)`. */
export interface UnresolvedFiles {
  readonly kind: "unresolvedFiles";
  readonly format: string;
  readonly paths: readonly string[];
  /** What the user says the columns are, or null: ask the files. */
  readonly schema: readonly Field[] | null;
  readonly options: { readonly [key: string]: string };
  readonly position: Position | null;
}

/** VALUES before its types are known. */
export interface InlineTable {
  readonly kind: "inlineTable";
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Expression[])[];
  readonly position: Position | null;
}

/** HAVING before its aggregates are found. Its child is an `aggregate`. */
export interface UnresolvedHaving {
  readonly kind: "unresolvedHaving";
  readonly condition: Expression;
  readonly child: LogicalPlan;
}

/** Common table expressions around a plan. Gone after analysis. */
export interface With {
  readonly kind: "with";
  readonly recursive: boolean;
  readonly relations: readonly {
    readonly name: string;
    readonly columns: readonly string[];
    readonly plan: LogicalPlan;
    readonly position?: Position;
  }[];
  readonly child: LogicalPlan;
}

/** The WINDOW clause. */
export interface WithWindows {
  readonly kind: "withWindows";
  readonly windows: readonly { readonly name: string; readonly spec: WindowSpec }[];
  readonly child: LogicalPlan;
}

/** `dropDuplicates(columns)`. */
export interface Deduplicate {
  readonly kind: "deduplicate";
  readonly columns: readonly string[];
  readonly child: LogicalPlan;
}

/** `withColumn`: replaces a column of the same name (ignoring case), else adds it at the end. */
export interface WithColumns {
  readonly kind: "withColumns";
  readonly columns: readonly Alias[];
  readonly child: LogicalPlan;
}

/** `drop`: names that are not there are ignored. */
export interface DropColumns {
  readonly kind: "dropColumns";
  readonly columns: readonly Expression[];
  readonly child: LogicalPlan;
}

/** `withColumnRenamed`: names that are not there are ignored. `toDF`: all columns anew, by position. */
export interface RenameColumns {
  readonly kind: "renameColumns";
  readonly renames: readonly { readonly from: string; readonly to: string }[] | null;
  readonly all: readonly string[] | null;
  readonly child: LogicalPlan;
}

/** `fillna`, `dropna`, `replace`, `describe`: what they mean depends on the types of the columns. Gone after analysis. */
export interface ByColumnType {
  readonly kind: "byColumnType";
  readonly work: ColumnTypeWork;
  readonly child: LogicalPlan;
}

/** `unionByName`. */
export interface UnresolvedUnion {
  readonly kind: "unresolvedUnion";
  readonly allowMissingColumns: boolean;
  readonly left: LogicalPlan;
  readonly right: LogicalPlan;
}
