import { INT } from "../../columnar/data-type.ts";
import type { Expression } from "../../plan/expression.ts";
import type { LogicalPlan } from "../../plan/logical-plan.ts";
import { transformPlan } from "../../plan/plan-tree.ts";
import type { Rule } from "../rule.ts";

/** A limit of a limit is the smaller one; an offset of an offset is their sum. */
export const combineLimits: Rule = {
  name: "CombineLimits",
  example: { before: "(t LIMIT 5) LIMIT 3", after: "t LIMIT 3" },
  apply: (plan) => transformPlan(plan, combine),
};

function combine(node: LogicalPlan): LogicalPlan {
  if (node.kind === "limit" && node.child.kind === "limit") {
    const outer = rowCount(node.count);
    const inner = rowCount(node.child.count);
    if (outer === null || inner === null) return node;
    return outer < inner ? Object.freeze({ ...node, child: node.child.child }) : node.child;
  }
  if (node.kind === "offset" && node.child.kind === "offset") {
    const outer = rowCount(node.count);
    const inner = rowCount(node.child.count);
    if (outer === null || inner === null || outer + inner > 0x7fffffff) return node;
    return Object.freeze({ ...node.child, count: rowLiteral(outer + inner) });
  }
  return node;
}

function rowCount(expression: Expression): number | null {
  return expression.kind === "literal" && expression.value !== null
    ? Number(expression.value)
    : null;
}

const rowLiteral = (value: number): Expression =>
  Object.freeze({ kind: "literal", type: INT, value });
