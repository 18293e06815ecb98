import type { JobGraph, Stage } from "../../physical/job-graph.ts";
import type { PhysicalPlan } from "../../physical/physical-plan.ts";
import { physicalChildren } from "../../physical/physical-tree.ts";
import { partitioningText, physicalLine } from "./physical-line.ts";
import { treeLines } from "./tree-lines.ts";

/** The job graph: each stage with its tasks, what it reads, what is expected of it, and its operators. */
export function stagesText(graph: JobGraph, timeZone: string): string {
  return graph.stages.map((stage) => stageText(stage, timeZone)).join("\n");
}

function stageText(stage: Stage, timeZone: string): string {
  const inputs = stage.inputs.length === 0 ? "" : `, after ${stage.inputs.join(", ")}`;
  const output =
    stage.output.kind === "result" ? "result" : partitioningText(stage.output, timeZone);
  const expected =
    stage.estimatedRows === null
      ? ""
      : `, about ${Math.round(stage.estimatedRows)} rows, ${Math.round(stage.estimatedBytes ?? 0)} bytes`;
  const line = (node: PhysicalPlan): string => physicalLine(node, timeZone);
  const tree = treeLines(stage.plan, line, physicalChildren).map((text) => `  ${text}`);
  const tasks = `${stage.partitions} ${stage.partitions === 1 ? "task" : "tasks"}`;
  return [`Stage ${stage.id}: ${tasks}${inputs} -> ${output}${expected}`, ...tree, ""].join("\n");
}
