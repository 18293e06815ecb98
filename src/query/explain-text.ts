import { simpleString } from "../columnar/data-type.ts";
import { unreachable } from "../common/assert.ts";
import { printTree } from "../common/print-tree.ts";
import { printJobGraph } from "../physical/print-job-graph.ts";
import { printPhysical } from "../physical/print-physical.ts";
import { estimateBytes, estimatePlan } from "../plan/estimate/plan-estimate.ts";
import type { LogicalPlan } from "../plan/logical-plan.ts";
import { planOutput } from "../plan/plan-output.ts";
import { planChildren } from "../plan/plan-tree.ts";
import { printPlan, printPlanNode } from "../plan/print-plan.ts";
import type { ExplainMode } from "../sql/statement.ts";
import { engineRequests } from "./explain/engine-requests.ts";
import { pipelinesText } from "./explain/pipelines-text.ts";
import { plannedWork } from "./planned-work.ts";
import type { PlannedQuery } from "./query-planner.ts";

/** What `explain` prints of a query in one of Spark's modes. */
export function explainText(query: PlannedQuery, mode: ExplainMode): string {
  const { timeZone } = query.settings;
  switch (mode) {
    case "simple":
      return physicalSection(query);
    case "extended":
      return [
        `== Parsed Logical Plan ==\n${printPlan(query.parsed, timeZone)}\n`,
        `== Analyzed Logical Plan ==\n${columnsLine(query)}\n${printPlan(query.analyzed, timeZone)}\n`,
        `== Optimized Logical Plan ==\n${printPlan(query.optimized, timeZone)}\n${skippedLines(query)}`,
        physicalSection(query),
      ].join("\n");
    case "cost":
      return `== Optimized Logical Plan ==\n${costLines(query.optimized, timeZone)}\n\n${physicalSection(query, "cost")}\n== Planned Requests ==\n${requestLines(query)}`;
    case "formatted":
      return `== Physical Plan ==\n${printPhysical(query.physical, { mode: "formatted", timeZone })}\n`;
    case "stages":
      return `== Stages ==\n${printJobGraph(query.graph, timeZone)}\n`;
    case "codegen":
      return `== Compiled Pipelines ==\n${pipelinesText(query.graph, timeZone)}`;
    default:
      return unreachable(mode);
  }
}

function skippedLines({ skippedRules }: PlannedQuery): string {
  return skippedRules
    .map(({ rule, reason }) => `The rule ${rule} was skipped: ${reason}\n`)
    .join("");
}

function physicalSection(
  { physical, settings: { timeZone } }: PlannedQuery,
  mode: "simple" | "cost" = "simple",
): string {
  return `== Physical Plan ==\n${printPhysical(physical, { mode, timeZone })}\n`;
}

function requestLines(query: PlannedQuery): string {
  const work = plannedWork(query);
  const { files, lists, stages } = work;
  const lines = stages.map(
    (of) =>
      `Stage ${of.stage}: ${of.dataGets} GETs of ${of.dataBytes} bytes of files, at most ${of.exchangeGets} GETs and ${of.exchangePuts} PUTs of exchanged rows, ${of.expectedExchangeGets} and ${of.expectedExchangePuts} as estimated\n`,
  );
  const { invokes, puts, deletes } = engineRequests(work);
  return `${lines.join("")}Planning: ${files} GETs of footers, ${lists} LISTs
On an engine: ${invokes} Invokes, ${puts} PUTs and ${deletes} DELETEs by the coordinator
`;
}

function columnsLine({ fields }: PlannedQuery): string {
  return fields.map(({ name, type }) => `${name}: ${simpleString(type)}`).join(", ");
}

function costLines(plan: LogicalPlan, timeZone: string): string {
  const line = (node: LogicalPlan): string => {
    const { rows, columns } = estimatePlan(node);
    const sizeBytes = Math.round(estimateBytes(planOutput(node), rows, columns));
    return `${printPlanNode(node, timeZone)}, Statistics(sizeInBytes=${sizeBytes} B, rowCount=${Math.round(rows)})`;
  };
  return printTree(plan, line, planChildren);
}
