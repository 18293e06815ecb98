import { printTree } from "../common/print-tree.ts";
import { printExpression } from "../plan/print-expression.ts";
import type { JobGraph, Stage } from "./job-graph.ts";
import { exchangeLine, physicalLine } from "./physical-line.ts";
import { physicalChildren, physicalPreOrder } from "./physical-tree.ts";
import { pipelineIds } from "./pipeline-ids.ts";
import { printBytes, printRows } from "./print-size.ts";

/** The stages of a query, each with its tasks, what it reads, what becomes of its rows and its operators. */
export function printJobGraph(graph: JobGraph, timeZone = "UTC"): string {
  return graph.stages.map((stage) => printStage(stage, timeZone)).join("\n\n");
}

function printStage(stage: Stage, timeZone: string): string {
  const ids = pipelineIds(stage.plan);
  const tree = printTree(
    stage.plan,
    (node) => {
      const id = ids.get(node);
      return `${id === undefined ? "" : `*(${id}) `}${physicalLine(node, timeZone)}`;
    },
    physicalChildren,
  );
  return `${heading(stage, timeZone)}\n${tree}`;
}

function heading(stage: Stage, timeZone: string): string {
  const tasks = stage.partitions === 1 ? "1 partition" : `${stage.partitions} partitions`;
  const expected = `about ${printRows(stage.estimatedRows)} rows, ${printBytes(stage.estimatedBytes)}`;
  return `Stage ${stage.id}: ${tasks}, reads ${inputsText(stage)}, ${outputText(stage, timeZone)}, ${expected}`;
}

function inputsText({ plan, inputs }: Stage): string {
  const sources = physicalPreOrder(plan).flatMap((node) => {
    if (node.kind === "scan") return [node.name];
    return node.kind === "localTable" || node.kind === "range" ? ["rows of the plan"] : [];
  });
  const stages = inputs.map((id) => `stage ${id}`);
  return [...new Set([...sources, ...stages])].join(", ");
}

function outputText({ output }: Stage, timeZone: string): string {
  if (output.kind === "result") return "gives the result";
  return `writes ${exchangeLine(output, (e) => printExpression(e, timeZone))}`;
}
