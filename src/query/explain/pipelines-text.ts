import type { JobGraph } from "../../physical/job-graph.ts";
import { physicalLine } from "../../physical/physical-line.ts";
import type { PhysicalPlan } from "../../physical/physical-plan.ts";
import { physicalChildren } from "../../physical/physical-tree.ts";

/** Operators that run as one compiled loop, in the order in which a row meets them. */
interface Pipeline {
  readonly operators: PhysicalPlan[];
  /** What takes the rows in and must be complete before the next loop starts. */
  readonly sink: string;
}

/** The compiled loops of each stage, in the order in which a task runs them. */
export function pipelinesText(graph: JobGraph, timeZone: string): string {
  const line = (node: PhysicalPlan): string => physicalLine(node, timeZone);
  return graph.stages
    .map((stage) => {
      const sink = stage.output.kind === "result" ? "result" : `${stage.output.kind} exchange`;
      const pipelines: Pipeline[] = [];
      const last = collect(stage.plan, pipelines);
      pipelines.push({ operators: last, sink });
      const texts = pipelines.map(
        ({ operators, sink: into }, i) =>
          `Pipeline ${i + 1} of stage ${stage.id}, one compiled loop into ${into}:\n${operators.map((node) => `  ${line(node)}`).join("\n")}\n`,
      );
      return texts.join("\n");
    })
    .join("\n");
}

/** The loop that gives a node's rows; loops that must run before are added to `done`. */
function collect(node: PhysicalPlan, done: Pipeline[]): PhysicalPlan[] {
  switch (node.kind) {
    case "hashAggregate":
    case "sort":
    case "topN":
      done.push({ operators: collect(node.child, done), sink: sinkName(node.kind) });
      return [node];
    case "hashJoin": {
      const [build, probe] =
        node.buildSide === "left" ? [node.left, node.right] : [node.right, node.left];
      done.push({ operators: collect(build, done), sink: "the hash table of the join" });
      return [...collect(probe, done), node];
    }
    case "nestedLoopJoin":
      done.push({
        operators: collect(node.right, done),
        sink: "the rows of the join's right side",
      });
      return [...collect(node.left, done), node];
    case "union": {
      const inputs = physicalChildren(node).map((child) => collect(child, done));
      return [...inputs.flat(), node];
    }
    default: {
      const [child] = physicalChildren(node);
      return child === undefined ? [node] : [...collect(child, done), node];
    }
  }
}

function sinkName(kind: "hashAggregate" | "sort" | "topN"): string {
  return kind === "hashAggregate" ? "the groups of the aggregate" : "the sort";
}
