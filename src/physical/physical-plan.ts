import type { FileFacts } from "../columnar/file-facts.ts";
import type { LiteralJson } from "../columnar/literal-json.ts";
import type { AggregateCall, Attribute, Expression, SortOrder } from "../plan/expression.ts";

/**
 * A physical plan: frozen plain data that survives JSON. Before stages are cut, exchanges stand in the tree;
 * in a stage's own plan each has become a `shuffleRead` or `broadcastRead`.
 */
export type PhysicalPlan =
  | ScanExec
  | LocalTableExec
  | RangeExec
  | ProjectExec
  | FilterExec
  | HashAggregateExec
  | HashJoinExec
  | NestedLoopJoinExec
  | SortExec
  | TopNExec
  | LimitExec
  | UnionExec
  | ExpandExec
  | ExchangeExec
  | ShuffleReadExec
  | BroadcastReadExec;

/** Every node says what it puts out and what the planner expects of it. */
interface PhysicalNode {
  readonly output: readonly Attribute[];
  /** Expected rows and bytes in all partitions; null where nothing is known. */
  readonly estimatedRows: number | null;
  readonly estimatedBytes: number | null;
}

/** Reads files. The filters are applied in their order while decoding: cheap and selective first. */
export interface ScanExec extends PhysicalNode {
  readonly kind: "scan";
  readonly name: string;
  /** Data and partition columns, by name as in the files. */
  readonly partitionColumns: readonly string[];
  readonly filters: readonly Expression[];
  /** Row groups that statistics did not rule out, in slices of work: one task each. */
  readonly splits: readonly Split[];
  /** Row groups that statistics ruled out. */
  readonly prunedRowGroups: number;
}

/** The row groups that one task reads. */
export interface Split {
  readonly files: readonly FileFacts[];
  readonly sizeBytes: number;
  readonly rows: number;
}

/** Rows that are in the plan itself. */
export interface LocalTableExec extends PhysicalNode {
  readonly kind: "localTable";
  readonly rows: readonly (readonly LiteralJson[])[];
}

/** Numbers of `partitions` tasks; decimal text. */
export interface RangeExec extends PhysicalNode {
  readonly kind: "range";
  readonly start: string;
  readonly end: string;
  readonly step: string;
  readonly partitions: number;
}

/** Computes columns. */
export interface ProjectExec extends PhysicalNode {
  readonly kind: "project";
  /** `attribute` or `alias`. */
  readonly expressions: readonly Expression[];
  readonly child: PhysicalPlan;
}

/** Keeps rows for which all conditions hold. */
export interface FilterExec extends PhysicalNode {
  readonly kind: "filter";
  /** Conjuncts in evaluation order. */
  readonly conditions: readonly Expression[];
  readonly child: PhysicalPlan;
}

/**
 * `partial` puts out the grouping attributes, then the state columns of each aggregate in turn;
 * `final` reads those and puts out grouping attributes, then results; `complete` does both at once.
 */
export interface HashAggregateExec extends PhysicalNode {
  readonly kind: "hashAggregate";
  readonly mode: "partial" | "final" | "complete";
  /** Attributes or aliases over the child (partial, complete); attributes of the partial's output (final). */
  readonly grouping: readonly (Attribute | Expression)[];
  readonly aggregates: readonly {
    readonly call: AggregateCall;
    /** Attributes that carry the state between the phases, as the builtin's `state` names them. */
    readonly state: readonly Attribute[];
    readonly result: Attribute;
  }[];
  readonly child: PhysicalPlan;
}

/**
 * Builds a hash table of one side and probes it with the other. The build side is the right one unless `buildSide`
 * says left. Output is the left's attributes then the right's; semi and anti put out the left's only.
 */
export interface HashJoinExec extends PhysicalNode {
  readonly kind: "hashJoin";
  readonly type: "inner" | "left" | "right" | "full" | "semi" | "anti";
  readonly buildSide: "left" | "right";
  readonly leftKeys: readonly Expression[];
  readonly rightKeys: readonly Expression[];
  /** A further condition on a pair of rows that must hold for a match. */
  readonly residual: Expression | null;
  /** `broadcast`: the build child is a broadcast exchange or read; else both sides are partitioned by the keys. */
  readonly distribution: "broadcast" | "shuffled";
  readonly left: PhysicalPlan;
  readonly right: PhysicalPlan;
}

/** Every pair of rows; the right side is broadcast. */
export interface NestedLoopJoinExec extends PhysicalNode {
  readonly kind: "nestedLoopJoin";
  readonly type: "inner" | "left" | "semi" | "anti";
  readonly condition: Expression | null;
  readonly left: PhysicalPlan;
  readonly right: PhysicalPlan;
}

/** Sorts the rows of one partition. */
export interface SortExec extends PhysicalNode {
  readonly kind: "sort";
  readonly orders: readonly SortOrder[];
  readonly child: PhysicalPlan;
}

/** The first `count` rows of one partition in order. */
export interface TopNExec extends PhysicalNode {
  readonly kind: "topN";
  readonly orders: readonly SortOrder[];
  readonly count: number;
  readonly child: PhysicalPlan;
}

/** Of one partition: skips `offset` rows, then passes `count` (null: all). */
export interface LimitExec extends PhysicalNode {
  readonly kind: "limit";
  readonly count: number | null;
  readonly offset: number;
  readonly child: PhysicalPlan;
}

/** All rows of all children, by position. Partitions are the children's, one after the other. */
export interface UnionExec extends PhysicalNode {
  readonly kind: "union";
  readonly children: readonly PhysicalPlan[];
}

/** Gives one row for each projection of a row. */
export interface ExpandExec extends PhysicalNode {
  readonly kind: "expand";
  readonly projections: readonly (readonly Expression[])[];
  readonly child: PhysicalPlan;
}

/** Which partition of an exchange a row goes to. */
export type Partitioning =
  | { readonly kind: "hash"; readonly keys: readonly Expression[]; readonly partitions: number }
  /** Bounds are chosen from samples that the producers report. */
  | { readonly kind: "range"; readonly orders: readonly SortOrder[]; readonly partitions: number }
  | { readonly kind: "roundRobin"; readonly partitions: number }
  | { readonly kind: "single" }
  | { readonly kind: "broadcast" };

/** Stages are cut here. */
export interface ExchangeExec extends PhysicalNode {
  readonly kind: "exchange";
  readonly partitioning: Partitioning;
  readonly child: PhysicalPlan;
}

/** This task's partition of what a producing stage wrote. */
export interface ShuffleReadExec extends PhysicalNode {
  readonly kind: "shuffleRead";
  readonly stage: number;
  /** The rows of the partition that the task takes; unless it is there all of them. */
  readonly only?: HashPiece;
}

/** Rows that an exchange of that many partitions by the hash of the keys would send to that one. */
export interface HashPiece {
  readonly keys: readonly Expression[];
  readonly partitions: number;
  readonly partition: number;
}

/** All that a producing stage wrote. */
export interface BroadcastReadExec extends PhysicalNode {
  readonly kind: "broadcastRead";
  readonly stage: number;
}
