import type { LogicalPlan, SetOperation } from "../../plan/logical-plan.ts";
import { transformPlanDown } from "../../plan/plan-tree.ts";
import type { Rule } from "../rule.ts";

/** A UNION ALL of UNION ALLs is one: a long chain of them is not a deep plan. */
export const combineUnions: Rule = {
  name: "CombineUnions",
  example: { before: "(a UNION ALL b) UNION ALL c", after: "one union of a, b and c" },
  apply: (plan) =>
    transformPlanDown(plan, (node) => {
      if (!isUnionAll(node) || !node.children.some(isUnionAll)) return node;
      return Object.freeze({ ...node, children: Object.freeze(flattened(node)) });
    }),
};

function flattened(union: SetOperation): readonly LogicalPlan[] {
  const children: LogicalPlan[] = [];
  const left: LogicalPlan[] = [union];
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    if (isUnionAll(next)) left.push(...[...next.children].reverse());
    else children.push(next);
  }
  return children;
}

const isUnionAll = (plan: LogicalPlan): plan is SetOperation =>
  plan.kind === "setOperation" && plan.operation === "union" && plan.all;
