import { simpleString } from "../columnar/data-type.ts";
import { unreachable } from "../common/assert.ts";
import { allOf } from "../plan/conjuncts.ts";
import type { Attribute, Expression, SortOrder } from "../plan/expression.ts";
import { attributesIn } from "../plan/expression-tree.ts";
import { printExpression, printSortOrder } from "../plan/print-expression.ts";
import type {
  HashAggregateExec,
  HashJoinExec,
  LimitExec,
  NestedLoopJoinExec,
  Partitioning,
  PhysicalPlan,
  ScanExec,
} from "./physical-plan.ts";
import { printPushedFilter } from "./print-pushed-filter.ts";

/** Spark's explain cuts longer lists of columns: `spark.sql.debug.maxToStringFields`. */
const MAX_FIELDS = 25;

/** One operator without its children, as Spark's `explain` prints it. */
export function physicalLine(plan: PhysicalPlan, timeZone: string): string {
  const print = (e: Expression): string => printExpression(e, timeZone);
  switch (plan.kind) {
    case "scan":
      return scanLine(plan, timeZone);
    case "localTable":
      return `LocalTableScan ${printList(plan.output, print)}`;
    case "range":
      return `Range (${plan.start}, ${plan.end}, step=${plan.step}, splits=${plan.partitions})`;
    case "project":
      return `Project ${printList(plan.expressions, print)}`;
    case "filter":
      return `Filter ${printAll(plan.conditions, print)}`;
    case "hashAggregate": {
      const functions = printList(aggregateFunctions(plan, print), (text) => text);
      return `HashAggregate(keys=${printList(plan.grouping, print)}, functions=${functions})`;
    }
    case "hashJoin":
      return hashJoinLine(plan, print);
    case "nestedLoopJoin": {
      const condition = plan.condition ? `, ${print(plan.condition)}` : "";
      return `BroadcastNestedLoopJoin BuildRight, ${joinTypeName(plan)}${condition}`;
    }
    case "sort":
      return `Sort ${printOrders(plan.orders, print)}, false`;
    case "topN":
      return `TakeOrdered(limit=${plan.count}, orderBy=${printOrders(plan.orders, print)})`;
    case "limit":
      return limitLine(plan);
    case "union":
      return "Union";
    case "expand": {
      const projections = plan.projections.map((p) => printList(p, print)).join(", ");
      return `Expand [${projections}], ${printList(plan.output, print)}`;
    }
    case "exchange":
      return exchangeLine(plan.partitioning, print);
    case "shuffleRead":
      return `ShuffleRead stage ${plan.stage}, ${printList(plan.output, print)}`;
    case "broadcastRead":
      return `BroadcastRead stage ${plan.stage}, ${printList(plan.output, print)}`;
    default:
      return unreachable(plan);
  }
}

/** `[a#1, b#2]`, cut where it is long. */
export function printList<T>(items: readonly T[], print: (item: T) => string): string {
  const shown = items.length > MAX_FIELDS ? items.slice(0, MAX_FIELDS - 1) : items;
  const texts = shown.map(print);
  if (shown.length < items.length) texts.push(`... ${items.length - shown.length} more fields`);
  return `[${texts.join(", ")}]`;
}

/** Conditions joined by AND; `true` where there are none. */
export function printAll(
  conditions: readonly Expression[],
  print: (e: Expression) => string,
): string {
  const all = allOf(conditions);
  return all === null ? "true" : print(all);
}

/** A list of sort orders. */
export function printOrders(
  orders: readonly SortOrder[],
  print: (e: Expression) => string,
): string {
  return `[${orders.map((order) => printSortOrder(order, print)).join(", ")}]`;
}

/** `partial_sum(a#1)` while states are made; afterwards the call itself. */
export function aggregateFunctions(
  { mode, aggregates }: HashAggregateExec,
  print: (e: Expression) => string,
): readonly string[] {
  const prefix = mode === "partial" ? "partial_" : "";
  return aggregates.map(({ call }) => `${prefix}${print(call)}`);
}

/** The scan's conditions that read partition columns only, and the others. */
export function divideFilters(scan: ScanExec): {
  readonly partition: readonly Expression[];
  readonly data: readonly Expression[];
} {
  const names = new Set(scan.partitionColumns);
  const isPartition = (e: Expression): boolean => attributesIn(e).every((a) => names.has(a.name));
  return {
    partition: scan.filters.filter(isPartition),
    data: scan.filters.filter((e) => !isPartition(e)),
  };
}

/** The files that are left, and how many row groups of how many. */
export function scanFacts(scan: ScanExec): {
  readonly files: readonly string[];
  readonly rowGroups: number;
  readonly allRowGroups: number;
} {
  const files = scan.splits.flatMap((split) => split.files);
  const rowGroups = files.reduce((sum, file) => sum + file.rowGroups.length, 0);
  const paths = [...new Set(files.map((file) => file.path))];
  return { files: paths, rowGroups, allRowGroups: rowGroups + scan.prunedRowGroups };
}

/** The columns that a scan reads from files, without those of folders. */
export function printReadSchema(scan: ScanExec): string {
  const names = new Set(scan.partitionColumns);
  const fields = scan.output
    .filter((a) => !names.has(a.name))
    .map((a) => `${a.name}:${simpleString(a.type)}`);
  return `struct<${fields.join(",")}>`;
}

/** Conditions that a scan checks against statistics, as Spark writes them. */
export function pushedFilters(scan: ScanExec, timeZone: string): readonly string[] {
  return divideFilters(scan).data.flatMap((e) => printPushedFilter(e, timeZone) ?? []);
}

/** `Inner`, `LeftOuter`, …. */
export function joinTypeName({ type }: HashJoinExec | NestedLoopJoinExec): string {
  return JOIN_NAMES[type];
}

const JOIN_NAMES = {
  inner: "Inner",
  left: "LeftOuter",
  right: "RightOuter",
  full: "FullOuter",
  semi: "LeftSemi",
  anti: "LeftAnti",
} as const;

function scanLine(scan: ScanExec, timeZone: string): string {
  const print = (e: Expression): string => printExpression(e, timeZone);
  const { partition, data } = divideFilters(scan);
  const { files, rowGroups, allRowGroups } = scanFacts(scan);
  const columns = scan.output.map((a: Attribute) => print(a)).join(",");
  return [
    `FileScan parquet ${scan.name}[${columns}] DataFilters: ${printList(data, print)}`,
    "Format: Parquet",
    `Location: (${files.length} ${files.length === 1 ? "path" : "paths"})[${files.slice(0, 2).join(", ")}${files.length > 2 ? ", ..." : ""}]`,
    `PartitionFilters: ${printList(partition, print)}`,
    `PushedFilters: [${pushedFilters(scan, timeZone).join(", ")}]`,
    `ReadSchema: ${printReadSchema(scan)}`,
    `RowGroups: ${rowGroups} of ${allRowGroups}`,
    `Splits: ${scan.splits.length}`,
  ].join(", ");
}

function hashJoinLine(join: HashJoinExec, print: (e: Expression) => string): string {
  const name = join.distribution === "broadcast" ? "BroadcastHashJoin" : "ShuffledHashJoin";
  const side = join.buildSide === "left" ? "BuildLeft" : "BuildRight";
  const residual = join.residual ? `, ${print(join.residual)}` : "";
  const keys = `${printList(join.leftKeys, print)}, ${printList(join.rightKeys, print)}`;
  return `${name} ${keys}, ${joinTypeName(join)}, ${side}${residual}`;
}

function limitLine({ count, offset, child }: LimitExec): string {
  const isGlobal = child.kind === "exchange" || child.kind === "shuffleRead" || offset > 0;
  if (count === null) return `Offset ${offset}`;
  const skipped = offset > 0 ? `, ${offset}` : "";
  return `${isGlobal ? "GlobalLimit" : "LocalLimit"} ${count}${skipped}`;
}

/** `Exchange hashpartitioning(k#1, 8)`, `BroadcastExchange`. */
export function exchangeLine(partitioning: Partitioning, print: (e: Expression) => string): string {
  switch (partitioning.kind) {
    case "hash":
      return `Exchange hashpartitioning(${[...partitioning.keys.map(print), partitioning.partitions].join(", ")})`;
    case "range": {
      const orders = partitioning.orders.map((order) => printSortOrder(order, print));
      return `Exchange rangepartitioning(${[...orders, partitioning.partitions].join(", ")})`;
    }
    case "roundRobin":
      return `Exchange RoundRobinPartitioning(${partitioning.partitions})`;
    case "single":
      return "Exchange SinglePartition";
    case "broadcast":
      return "BroadcastExchange";
  }
}
