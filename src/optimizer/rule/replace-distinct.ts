import { planOutput } from "../../plan/plan-output.ts";
import { transformPlan } from "../../plan/plan-tree.ts";
import { aggregateOf } from "../nodes.ts";
import type { Rule } from "../rule.ts";

/** DISTINCT is grouping by all columns. */
export const replaceDistinct: Rule = {
  name: "ReplaceDistinct",
  example: { before: "SELECT DISTINCT a FROM t", after: "SELECT a FROM t GROUP BY a" },
  mandatory: true,
  apply: (plan) =>
    transformPlan(plan, (node) => {
      if (node.kind !== "distinct") return node;
      const output = planOutput(node.child);
      return aggregateOf(node.child, output, output);
    }),
};
