import type { Expression } from "../plan/expression.ts";
import { printExpression } from "../plan/print-expression.ts";
import {
  aggregateFunctions,
  divideFilters,
  exchangeLine,
  joinTypeName,
  printAll,
  printList,
  printOrders,
  printReadSchema,
  pushedFilters,
  scanFacts,
} from "./physical-line.ts";
import type { HashAggregateExec, HashJoinExec, PhysicalPlan, ScanExec } from "./physical-plan.ts";
import { physicalChildren } from "./physical-tree.ts";

type Print = (expression: Expression) => string;

/** An operator's name in the tree of `explain formatted`. */
export function physicalName(plan: PhysicalPlan): string {
  switch (plan.kind) {
    case "scan":
      return `Scan parquet ${plan.name}`;
    case "hashJoin": {
      const name = plan.distribution === "broadcast" ? "BroadcastHashJoin" : "ShuffledHashJoin";
      return `${name} ${joinTypeName(plan)} ${plan.buildSide === "left" ? "BuildLeft" : "BuildRight"}`;
    }
    case "nestedLoopJoin":
      return `BroadcastNestedLoopJoin ${joinTypeName(plan)} BuildRight`;
    case "exchange":
      return plan.partitioning.kind === "broadcast" ? "BroadcastExchange" : "Exchange";
    default:
      return NAMES[plan.kind];
  }
}

const NAMES = {
  localTable: "LocalTableScan",
  range: "Range",
  project: "Project",
  filter: "Filter",
  hashAggregate: "HashAggregate",
  sort: "Sort",
  topN: "TakeOrdered",
  limit: "Limit",
  union: "Union",
  expand: "Expand",
  shuffleRead: "ShuffleRead",
  broadcastRead: "BroadcastRead",
} as const;

/** What `explain formatted` tells of one operator, a line each. */
export function physicalDetails(plan: PhysicalPlan, timeZone: string): readonly string[] {
  const print: Print = (e) => printExpression(e, timeZone);
  const input = physicalChildren(plan).flatMap((child) => child.output);
  const inputLine = counted("Input", input, print);
  const outputLine = counted("Output", plan.output, print);
  switch (plan.kind) {
    case "scan":
      return [outputLine, ...scanDetails(plan, timeZone, print)];
    case "localTable":
      return [outputLine, `Arguments: ${plan.rows.length} rows`];
    case "range":
      return [
        outputLine,
        `Arguments: Range (${plan.start}, ${plan.end}, step=${plan.step}, splits=${plan.partitions})`,
      ];
    case "project":
      return [counted("Output", plan.expressions, print), inputLine];
    case "filter":
      return [inputLine, `Condition : ${printAll(plan.conditions, print)}`];
    case "hashAggregate":
      return [inputLine, ...aggregateDetails(plan, print)];
    case "hashJoin":
      return joinDetails(plan, print);
    case "nestedLoopJoin":
      return [
        `Join type: ${joinTypeName(plan)}`,
        `Join condition: ${plan.condition ? print(plan.condition) : "None"}`,
      ];
    case "sort":
      return [inputLine, `Arguments: ${printOrders(plan.orders, print)}, false`];
    case "topN":
      return [inputLine, `Arguments: ${plan.count}, ${printOrders(plan.orders, print)}`];
    case "limit":
      return [inputLine, `Arguments: ${plan.count ?? "all"}, ${plan.offset}`];
    case "expand":
      return [
        inputLine,
        `Arguments: [${plan.projections.map((p) => printList(p, print)).join(", ")}], ${printList(plan.output, print)}`,
      ];
    case "exchange":
      return [
        inputLine,
        `Arguments: ${exchangeLine(plan.partitioning, print).replace("Exchange ", "")}`,
      ];
    case "union":
    case "shuffleRead":
    case "broadcastRead":
      return [outputLine];
  }
}

function scanDetails(scan: ScanExec, timeZone: string, print: Print): readonly string[] {
  const { partition, data } = divideFilters(scan);
  const { files, rowGroups, allRowGroups } = scanFacts(scan);
  const rows = scan.splits.reduce((sum, split) => sum + split.rows, 0);
  const sizeBytes = scan.splits.reduce((sum, split) => sum + split.sizeBytes, 0);
  return [
    `Location: [${files.join(", ")}]`,
    ...(partition.length > 0 ? [`PartitionFilters: ${printList(partition, print)}`] : []),
    ...(data.length > 0 ? [`DataFilters: ${printList(data, print)}`] : []),
    ...(data.length > 0 ? [`PushedFilters: [${pushedFilters(scan, timeZone).join(", ")}]`] : []),
    `ReadSchema: ${printReadSchema(scan)}`,
    `RowGroups: ${rowGroups} of ${allRowGroups}, ${rows} rows, ${sizeBytes} bytes, in ${scan.splits.length} splits`,
  ];
}

function aggregateDetails(plan: HashAggregateExec, print: Print): readonly string[] {
  return [
    counted("Keys", plan.grouping, print),
    counted("Functions", aggregateFunctions(plan, print), (text) => text),
    counted("Results", plan.output, print),
  ];
}

function joinDetails(plan: HashJoinExec, print: Print): readonly string[] {
  return [
    counted("Left keys", plan.leftKeys, print),
    counted("Right keys", plan.rightKeys, print),
    `Join type: ${joinTypeName(plan)}`,
    `Join condition: ${plan.residual ? print(plan.residual) : "None"}`,
  ];
}

function counted<T>(title: string, items: readonly T[], print: (item: T) => string): string {
  return `${title} [${items.length}]: ${printList(items, print)}`;
}
