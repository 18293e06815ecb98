import type { PhysicalPlan } from "../../physical/physical-plan.ts";
import { physicalChildren } from "../../physical/physical-tree.ts";
import { printExpression } from "../../plan/print-expression.ts";
import { operatorName, physicalLine } from "./physical-line.ts";
import { treeLines } from "./tree-lines.ts";

/** Spark's `formatted` mode: a tree of numbered operators, then what each takes and gives. */
export function formattedPlan(plan: PhysicalPlan, timeZone: string): string {
  const numbers = new Map<PhysicalPlan, number>();
  numberPostOrder(plan, numbers);
  const title = (node: PhysicalPlan): string =>
    `${operatorName(node, timeZone)} (${numbers.get(node)})`;
  const tree = treeLines(plan, title, physicalChildren).join("\n");
  const details = [...numbers].map(([node, number]) => nodeDetails(node, number, timeZone));
  return `${tree}\n\n\n${details.join("\n\n")}\n`;
}

function numberPostOrder(plan: PhysicalPlan, numbers: Map<PhysicalPlan, number>): void {
  for (const child of physicalChildren(plan)) numberPostOrder(child, numbers);
  numbers.set(plan, numbers.size + 1);
}

function nodeDetails(node: PhysicalPlan, number: number, timeZone: string): string {
  const name = operatorName(node, timeZone);
  const columns = (of: PhysicalPlan): string =>
    `[${of.output.length}]: [${of.output.map((a) => printExpression(a, timeZone)).join(", ")}]`;
  const line = physicalLine(node, timeZone);
  const lines = [
    `(${number}) ${name}`,
    `Output ${columns(node)}`,
    ...physicalChildren(node).map((child) => `Input ${columns(child)}`),
    `Arguments: ${line.slice(name.length).trim()}`,
  ];
  if (node.estimatedRows !== null)
    lines.push(
      `Estimated: ${Math.round(node.estimatedRows)} rows, ${Math.round(node.estimatedBytes ?? 0)} bytes`,
    );
  return lines.join("\n");
}
