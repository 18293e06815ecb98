import type { Join, LogicalPlan } from "../../plan/logical-plan.ts";
import { mayFail } from "../../plan/may-fail.ts";
import { planOutput } from "../../plan/plan-output.ts";
import { mapPlanChildren } from "../../plan/plan-tree.ts";
import { projectOf } from "../../plan/project-of.ts";
import { isDeterministic } from "../expression-facts.ts";
import { isFlexible, joinGraph } from "../join-graph.ts";
import { bestJoinOrder } from "../join-order.ts";
import { filterBy } from "../nodes.ts";
import type { Rule, RuleContext } from "../rule.ts";

/**
 * Puts inner joins of three and more relations into the order that is expected to be the least work. Relations may be
 * joined by columns that are only equal by way of a third one. Conditions that may fail are checked after all joins.
 */
export const reorderJoins: Rule = {
  name: "ReorderJoins",
  example: { before: "large JOIN large2 JOIN small", after: "large JOIN small JOIN large2" },
  apply: reorder,
};

/** Sets of leaves are bits of one integer. */
const MAX_LEAVES = 30;

function reorder(plan: LogicalPlan, context: RuleContext): LogicalPlan {
  if (!isFlexible(plan)) return mapPlanChildren(plan, (child) => reorder(child, context));
  return reorderTree(plan, context);
}

function reorderTree(root: Join, context: RuleContext): LogicalPlan {
  const graph = joinGraph(root);
  const expressions = [...graph.conditions.map(({ expression }) => expression), ...graph.rest];
  if (graph.leaves.length > MAX_LEAVES || !expressions.every(isDeterministic))
    return mapPlanChildren(root, (child) => reorder(child, context));
  if (graph.leaves.length < 3) return mapPlanChildren(root, (child) => reorder(child, context));
  const leaves = graph.leaves.map((leaf) =>
    mapPlanChildren(leaf, (child) => reorder(child, context)),
  );
  const early = graph.conditions.filter(({ isEdge, expression }) => isEdge || !mayFail(expression));
  const late = graph.conditions.filter((condition) => !early.includes(condition));
  const joined = bestJoinOrder({ ...graph, leaves, conditions: early }, context);
  const rest = [...graph.rest, ...late.map(({ expression }) => expression)];
  return inOrderOf(root, filterBy(joined, rest));
}

function inOrderOf(before: LogicalPlan, after: LogicalPlan): LogicalPlan {
  const wanted = planOutput(before);
  const got = planOutput(after);
  const isSame = wanted.length === got.length && wanted.every((a, i) => a.id === got[i]?.id);
  return isSame ? after : projectOf(after, wanted);
}
