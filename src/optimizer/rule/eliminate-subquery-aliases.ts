import type { LogicalPlan, SubqueryAlias } from "../../plan/logical-plan.ts";
import { planOutput } from "../../plan/plan-output.ts";
import { transformPlan } from "../../plan/plan-tree.ts";
import { projectOf } from "../../plan/project-of.ts";
import type { Rule } from "../rule.ts";

/** Names have been resolved: a subquery's alias has nothing left to say, but for columns it renames. */
export const eliminateSubqueryAliases: Rule = {
  name: "EliminateSubqueryAliases",
  example: { before: "(SELECT a FROM t) AS s", after: "SELECT a FROM t" },
  mandatory: true,
  apply: (plan) =>
    transformPlan(plan, (node) => (node.kind === "subqueryAlias" ? withoutAlias(node) : node)),
};

function withoutAlias(node: SubqueryAlias): LogicalPlan {
  const renamed = node.columns.length > 0 && node.dataFrame === undefined;
  return renamed ? projectOf(node.child, planOutput(node)) : node.child;
}
