import { simpleString } from "../columnar/data-type.ts";
import { unreachable } from "../common/assert.ts";
import { physicalChildren } from "../physical/physical-tree.ts";
import { estimateBytes, estimatePlan } from "../plan/estimate/plan-estimate.ts";
import type { LogicalPlan } from "../plan/logical-plan.ts";
import { planOutput } from "../plan/plan-output.ts";
import { planChildren } from "../plan/plan-tree.ts";
import { printPlan, printPlanNode } from "../plan/print-plan.ts";
import type { ExplainMode } from "../sql/statement.ts";
import { formattedPlan } from "./explain/formatted-plan.ts";
import { physicalLine } from "./explain/physical-line.ts";
import { pipelinesText } from "./explain/pipelines-text.ts";
import { plannedRequests } from "./explain/planned-requests.ts";
import { stagesText } from "./explain/stages-text.ts";
import { treeLines } from "./explain/tree-lines.ts";
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
        `== Optimized Logical Plan ==\n${printPlan(query.optimized, timeZone)}\n`,
        physicalSection(query),
      ].join("\n");
    case "cost":
      return `== Optimized Logical Plan ==\n${costLines(query.optimized, timeZone)}\n\n${physicalSection(query)}\n== Planned Requests ==\n${requestLines(query)}`;
    case "formatted":
      return `== Physical Plan ==\n${formattedPlan(query.physical, timeZone)}`;
    case "stages":
      return `== Stages ==\n${stagesText(query.graph, timeZone)}`;
    case "codegen":
      return `== Compiled Pipelines ==\n${pipelinesText(query.graph, timeZone)}`;
    default:
      return unreachable(mode);
  }
}

function physicalSection({ physical, settings }: PlannedQuery): string {
  const lines = treeLines(
    physical,
    (node) => physicalLine(node, settings.timeZone),
    physicalChildren,
  );
  return `== Physical Plan ==\n${lines.join("\n")}\n`;
}

function requestLines({ graph }: PlannedQuery): string {
  return plannedRequests(graph)
    .map(
      (of) =>
        `Stage ${of.stage}: ${of.dataGets} GETs of ${of.dataBytes} bytes of files, at most ${of.exchangeGets} GETs and ${of.exchangePuts} PUTs of exchanged rows\n`,
    )
    .join("");
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
  return treeLines(plan, line, planChildren).join("\n");
}
