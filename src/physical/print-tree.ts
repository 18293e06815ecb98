import type { PhysicalPlan } from "./physical-plan.ts";
import { physicalChildren } from "./physical-tree.ts";

/** A tree in Spark's drawing: a node a line, `+- ` before the last child, `:- ` before the others. */
export function printTree(plan: PhysicalPlan, line: (node: PhysicalPlan) => string): string {
  return treeLines(plan, line).join("\n");
}

function treeLines(plan: PhysicalPlan, line: (node: PhysicalPlan) => string): readonly string[] {
  const children = physicalChildren(plan);
  const below = children.flatMap((child, i) => {
    const isLast = i === children.length - 1;
    const [first, ...rest] = treeLines(child, line);
    return [
      `${isLast ? "+- " : ":- "}${first}`,
      ...rest.map((text) => `${isLast ? "   " : ":  "}${text}`),
    ];
  });
  return [line(plan), ...below];
}
