import { unreachable } from "../../common/assert.ts";
import type {
  HashAggregateExec,
  HashJoinExec,
  Partitioning,
  PhysicalPlan,
  ScanExec,
} from "../../physical/physical-plan.ts";
import type { Expression, SortOrder } from "../../plan/expression.ts";
import { printExpression, printSortOrder } from "../../plan/print-expression.ts";

const MAX_FIELDS = 25;
const JOIN_NAMES: { readonly [type in HashJoinExec["type"]]: string } = {
  inner: "Inner",
  left: "LeftOuter",
  right: "RightOuter",
  full: "FullOuter",
  semi: "LeftSemi",
  anti: "LeftAnti",
};

/** One physical operator without its children, as a line of explain. */
export function physicalLine(plan: PhysicalPlan, timeZone: string): string {
  const print = (expression: Expression): string => printExpression(expression, timeZone);
  switch (plan.kind) {
    case "scan":
      return scanLine(plan, print);
    case "localTable":
      return `LocalTableScan ${list(plan.output, print)}, ${plan.rows.length} rows`;
    case "range":
      return `Range (${plan.start}, ${plan.end}, step=${plan.step}, splits=${plan.partitions})`;
    case "project":
      return `Project ${list(plan.expressions, print)}`;
    case "filter":
      return `Filter ${plan.conditions.map(print).join(" AND ")}`;
    case "hashAggregate":
      return aggregateLine(plan, print);
    case "hashJoin":
      return hashJoinLine(plan, print);
    case "nestedLoopJoin":
      return `BroadcastNestedLoopJoin BuildRight, ${plan.condition === null && plan.type === "inner" ? "Cross" : JOIN_NAMES[plan.type]}${plan.condition === null ? "" : `, ${print(plan.condition)}`}`;
    case "sort":
      return `Sort [${orders(plan.orders, print)}]`;
    case "topN":
      return `TakeOrdered(limit=${plan.count}, orderBy=[${orders(plan.orders, print)}])`;
    case "limit":
      return `Limit ${plan.count ?? "all"}${plan.offset > 0 ? `, offset ${plan.offset}` : ""}`;
    case "union":
      return "Union";
    case "expand":
      return `Expand [${plan.projections.map((p) => list(p, print)).join(", ")}], ${list(plan.output, print)}`;
    case "exchange":
      return plan.partitioning.kind === "broadcast"
        ? "BroadcastExchange"
        : `Exchange ${partitioningText(plan.partitioning, timeZone)}`;
    case "shuffleRead":
      return `ShuffleRead stage ${plan.stage} ${list(plan.output, print)}`;
    case "broadcastRead":
      return `BroadcastRead stage ${plan.stage} ${list(plan.output, print)}`;
    default:
      return unreachable(plan);
  }
}

/** The name that stands first in an operator's line. */
export function operatorName(plan: PhysicalPlan, timeZone: string): string {
  const line = physicalLine(plan, timeZone);
  return plan.kind === "scan" ? `Scan parquet ${plan.name}` : (line.split(/[ (]/)[0] ?? line);
}

/** `hashpartitioning(a#1, 8)`, as Spark writes it. */
export function partitioningText(partitioning: Partitioning, timeZone: string): string {
  const print = (expression: Expression): string => printExpression(expression, timeZone);
  switch (partitioning.kind) {
    case "hash":
      return `hashpartitioning(${partitioning.keys.map(print).join(", ")}, ${partitioning.partitions})`;
    case "range":
      return `rangepartitioning(${orders(partitioning.orders, print)}, ${partitioning.partitions})`;
    case "roundRobin":
      return `RoundRobinPartitioning(${partitioning.partitions})`;
    case "single":
      return "SinglePartition";
    case "broadcast":
      return "Broadcast";
    default:
      return unreachable(partitioning);
  }
}

function scanLine(plan: ScanExec, print: (e: Expression) => string): string {
  const files = new Set(plan.splits.flatMap((split) => split.files.map((file) => file.path)));
  const rowGroups = plan.splits.reduce(
    (sum, split) => sum + split.files.reduce((groups, file) => groups + file.rowGroups.length, 0),
    0,
  );
  const bytes = plan.splits.reduce((sum, split) => sum + split.sizeBytes, 0);
  const parts = [
    `Scan parquet ${plan.name} ${list(plan.output, print)}`,
    `DataFilters: [${plan.filters.map(print).join(", ")}]`,
    ...(plan.partitionColumns.length === 0
      ? []
      : [`PartitionColumns: [${plan.partitionColumns.join(", ")}]`]),
    `Files: ${files.size}`,
    `RowGroups: ${rowGroups} of ${rowGroups + plan.prunedRowGroups}`,
    `Tasks: ${plan.splits.length}`,
    `Bytes: ${bytes}`,
  ];
  return parts.join(", ");
}

function aggregateLine(plan: HashAggregateExec, print: (e: Expression) => string): string {
  const prefix = plan.mode === "partial" ? "partial_" : "";
  const functions = plan.aggregates.map(({ call }) => prefix + print(call));
  return `HashAggregate(${plan.mode}, keys=${list(plan.grouping, print)}, functions=[${functions.join(", ")}])`;
}

function hashJoinLine(plan: HashJoinExec, print: (e: Expression) => string): string {
  const name = plan.distribution === "broadcast" ? "BroadcastHashJoin" : "ShuffledHashJoin";
  const build = plan.buildSide === "left" ? "BuildLeft" : "BuildRight";
  const residual = plan.residual === null ? "" : `, ${print(plan.residual)}`;
  return `${name} ${list(plan.leftKeys, print)}, ${list(plan.rightKeys, print)}, ${JOIN_NAMES[plan.type]}, ${build}${residual}`;
}

function orders(of: readonly SortOrder[], print: (e: Expression) => string): string {
  return of.map((order) => printSortOrder(order, print)).join(", ");
}

function list(expressions: readonly Expression[], print: (e: Expression) => string): string {
  const texts = expressions.map(print);
  if (texts.length <= MAX_FIELDS) return `[${texts.join(", ")}]`;
  const kept = texts.slice(0, MAX_FIELDS - 1);
  return `[${kept.join(", ")}, ... ${texts.length - kept.length} more fields]`;
}
