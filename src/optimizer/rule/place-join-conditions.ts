import { idsOf, readsOnly } from "../../plan/attribute-ids.ts";
import { allOf, conjunctsOf } from "../../plan/conjuncts.ts";
import type { Expression } from "../../plan/expression.ts";
import { attributesIn } from "../../plan/expression-tree.ts";
import type { Filter, Join, LogicalPlan } from "../../plan/logical-plan.ts";
import { planOutput } from "../../plan/plan-output.ts";
import { transformPlan } from "../../plan/plan-tree.ts";
import { isDeterministic } from "../expression-facts.ts";
import { filterBy } from "../nodes.ts";
import type { Rule } from "../rule.ts";

/**
 * Makes what a filter says of both sides of the inner joins right below it their condition: without it
 * `FROM a, b WHERE a.x = b.x` would go over all pairs of rows.
 */
export const placeJoinConditions: Rule = {
  name: "PlaceJoinConditions",
  example: { before: "(l CROSS JOIN r) WHERE l.a = r.a", after: "l JOIN r ON l.a = r.a" },
  mandatory: true,
  apply: (plan) =>
    transformPlan(plan, (node) =>
      node.kind === "filter" && isInner(node.child) ? place(node, node.child) : node,
    ),
};

const isInner = (plan: LogicalPlan): plan is Join =>
  plan.kind === "join" && (plan.type === "inner" || plan.type === "cross");

function place(filter: Filter, join: Join): LogicalPlan {
  const conjuncts = conjunctsOf(filter.condition);
  if (!conjuncts.every(isDeterministic)) return filter;
  const { below, rest } = into(join, conjuncts);
  return below === join ? filter : filterBy(below, rest);
}

interface Placed {
  readonly below: LogicalPlan;
  /** Conjuncts that read one leaf only, or none. */
  readonly rest: readonly Expression[];
}

function into(plan: LogicalPlan, conjuncts: readonly Expression[]): Placed {
  if (!isInner(plan) || conjuncts.length === 0) return { below: plan, rest: conjuncts };
  const isLeft = within(plan.left);
  const isRight = within(plan.right);
  const left = into(plan.left, conjuncts.filter(isLeft));
  const right = into(
    plan.right,
    conjuncts.filter((e) => !isLeft(e) && isRight(e)),
  );
  const own = conjuncts.filter((e) => !isLeft(e) && !isRight(e) && attributesIn(e).length > 0);
  const constant = conjuncts.filter((e) => attributesIn(e).length === 0);
  const rest = [...left.rest, ...right.rest, ...constant];
  if (left.below === plan.left && right.below === plan.right && own.length === 0)
    return { below: plan, rest };
  const below: Join = Object.freeze({
    ...plan,
    type: own.length > 0 ? "inner" : plan.type,
    condition: allOf([...conjunctsOf(plan.condition), ...own]),
    left: left.below,
    right: right.below,
  });
  return { below, rest };
}

function within(plan: LogicalPlan): (expression: Expression) => boolean {
  const ids = idsOf(planOutput(plan));
  return (expression) => readsOnly(expression, ids);
}
