import type { LogicalPlan } from "../../plan/logical-plan.ts";
import { transformPlanDown } from "../../plan/plan-tree.ts";
import { isDeterministic } from "../expression-facts.ts";
import type { Rule } from "../rule.ts";

/**
 * Takes a limit or an offset below a projection, so that only what is left is computed and a sort beneath becomes a
 * top-N. Each partition's own share of a limit is cut by the physical planner.
 */
export const pushDownLimit: Rule = {
  name: "PushDownLimit",
  example: { before: "(SELECT f(a) FROM t) LIMIT 3", after: "SELECT f(a) FROM (t LIMIT 3)" },
  apply: (plan) => transformPlanDown(plan, push),
};

function push(node: LogicalPlan): LogicalPlan {
  if (node.kind !== "limit" && node.kind !== "offset") return node;
  const { child } = node;
  if (child.kind !== "project" || !child.expressions.every(isDeterministic)) return node;
  return Object.freeze({ ...child, child: Object.freeze({ ...node, child: child.child }) });
}
