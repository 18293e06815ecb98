import { printTree } from "../common/print-tree.ts";
import { physicalDetails, physicalName } from "./physical-details.ts";
import { physicalLine } from "./physical-line.ts";
import type { PhysicalPlan, ScanExec } from "./physical-plan.ts";
import { physicalChildren } from "./physical-tree.ts";
import { pipelineIds } from "./pipeline-ids.ts";
import { printBytes, printRows } from "./print-size.ts";

/** What is printed besides the operators. */
export interface PrintPhysicalOptions {
  /** `simple`: a line a node; `cost`: with what is expected of it; `formatted`: a tree of names, then details of each. */
  readonly mode?: "simple" | "cost" | "formatted";
  readonly timeZone?: string;
  /** How many GETs a scan will send, for `cost`. Known to who knows how ranges are read together. */
  readonly countRequests?: (scan: ScanExec) => number;
}

/** A physical plan as Spark's `explain` shows it, without a heading. No line end at the end. */
export function printPhysical(plan: PhysicalPlan, options: PrintPhysicalOptions = {}): string {
  const timeZone = options.timeZone ?? "UTC";
  if (options.mode === "formatted") return printFormatted(plan, timeZone);
  const ids = pipelineIds(plan);
  return printTree(
    plan,
    (node) => {
      const id = ids.get(node);
      const line = `${id === undefined ? "" : `*(${id}) `}${physicalLine(node, timeZone)}`;
      return options.mode === "cost" ? `${line}, ${statistics(node, options)}` : line;
    },
    physicalChildren,
  );
}

function statistics(node: PhysicalPlan, { countRequests }: PrintPhysicalOptions): string {
  const expected = `sizeInBytes=${printBytes(node.estimatedBytes)}, rowCount=${printRows(node.estimatedRows)}`;
  if (node.kind !== "scan") return `Statistics(${expected})`;
  const readBytes = node.splits.reduce((sum, split) => sum + split.sizeBytes, 0);
  const requests = countRequests ? `, requests=${countRequests(node)}` : "";
  return `Statistics(${expected}, readBytes=${printBytes(readBytes)}${requests})`;
}

function printFormatted(plan: PhysicalPlan, timeZone: string): string {
  const pipelines = pipelineIds(plan);
  const numbers = numberFromLeaves(plan);
  const tree = printTree(
    plan,
    (node) => {
      const star = pipelines.has(node) ? "* " : "";
      return `${star}${physicalName(node)} (${numbers.get(node)})`;
    },
    physicalChildren,
  );
  const details = [...numbers].map(([node, number]) => {
    const pipeline = pipelines.get(node);
    const codegen = pipeline === undefined ? "" : ` [codegen id : ${pipeline}]`;
    const title = `(${number}) ${physicalName(node)}${codegen}`;
    return [title, ...physicalDetails(node, timeZone)].join("\n");
  });
  return [`${tree}\n`, ...details].join("\n\n");
}

function numberFromLeaves(plan: PhysicalPlan): ReadonlyMap<PhysicalPlan, number> {
  const numbers = new Map<PhysicalPlan, number>();
  const visit = (node: PhysicalPlan): void => {
    for (const child of physicalChildren(node)) visit(child);
    numbers.set(node, numbers.size + 1);
  };
  visit(plan);
  return numbers;
}
