import type { Expression } from "../plan/expression.ts";
import type { Join, LogicalPlan } from "../plan/logical-plan.ts";
import { planOutput } from "../plan/plan-output.ts";
import { mapPlanChildren } from "../plan/plan-tree.ts";
import { isDeterministic } from "./expression-facts.ts";
import { isFlexible, type JoinCondition, type JoinGraph, joinGraph } from "./join-graph.ts";
import { bestJoinOrder } from "./join-order.ts";
import { mayFail } from "./may-fail.ts";
import { filterBy, projectOf } from "./nodes.ts";
import type { Rule, RuleContext } from "./rule.ts";

/** Puts inner joins of three and more relations into the order that is expected to be the least work. */
export const reorderJoins: Rule = {
  name: "ReorderJoins",
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
  const isLarge = graph.leaves.length > MAX_LEAVES;
  if (isLarge || !graph.conditions.every(({ expression }) => isDeterministic(expression)))
    return mapPlanChildren(root, (child) => reorder(child, context));
  const leaves = graph.leaves.map((leaf) =>
    mapPlanChildren(leaf, (child) => reorder(child, context)),
  );
  const isUnchanged = leaves.every((leaf, i) => leaf === graph.leaves[i]);
  if (leaves.length < 3)
    return isUnchanged ? root : mapPlanChildren(root, (child) => reorder(child, context));
  const [movable, rest] = divide(graph.conditions);
  const joined = bestJoinOrder({ leaves, conditions: movable }, context);
  return inOrderOf(root, filterBy(joined, rest));
}

/** Equalities join; other conditions on several leaves are checked as soon as may be, after all joins if they can fail. */
function divide(
  conditions: JoinGraph["conditions"],
): readonly [readonly JoinCondition[], readonly Expression[]] {
  const movable = conditions.filter(
    (c) => c.isEdge || (c.leaves !== 0 && !isOneLeaf(c) && !mayFail(c.expression)),
  );
  const rest = conditions.filter((c) => !movable.includes(c)).map((c) => c.expression);
  return [movable, rest];
}

const isOneLeaf = ({ leaves }: JoinCondition): boolean => (leaves & (leaves - 1)) === 0;

function inOrderOf(before: LogicalPlan, after: LogicalPlan): LogicalPlan {
  const wanted = planOutput(before);
  const got = planOutput(after);
  const isSame = wanted.length === got.length && wanted.every((a, i) => a.id === got[i]?.id);
  return isSame ? after : projectOf(after, wanted);
}
