import { conjunctsOf } from "../../plan/conjuncts.ts";
import type { Expression } from "../../plan/expression.ts";
import { expressionKey } from "../../plan/expression-key.ts";
import type { LogicalPlan } from "../../plan/logical-plan.ts";
import { transformPlan } from "../../plan/plan-tree.ts";
import { isDeterministic } from "../expression-facts.ts";
import { filterBy } from "../nodes.ts";
import type { Rule } from "../rule.ts";

/** A filter of a filter is one filter, the inner conditions first. */
export const combineFilters: Rule = {
  name: "CombineFilters",
  example: { before: "(t WHERE a) WHERE b", after: "t WHERE a AND b" },
  apply: (plan) => transformPlan(plan, combine),
};

function combine(node: LogicalPlan): LogicalPlan {
  if (node.kind !== "filter" || node.child.kind !== "filter") return node;
  if (!isDeterministic(node.condition)) return node;
  const inner = conjunctsOf(node.child.condition);
  const known = new Set(inner.map(expressionKey));
  const more = conjunctsOf(node.condition).filter((e: Expression) => !known.has(expressionKey(e)));
  return filterBy(node.child.child, [...inner, ...more]);
}
