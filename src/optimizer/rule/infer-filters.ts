import { someType } from "../../columnar/data-type.ts";
import { isFloating } from "../../columnar/type-class.ts";
import { idsOf, readsOnly } from "../../plan/attribute-ids.ts";
import {
  allOf,
  anyOf,
  booleanCall,
  conjunctsOf,
  flattenCalls,
  isCall,
} from "../../plan/conjuncts.ts";
import { estimatePlan } from "../../plan/estimate/plan-estimate.ts";
import type { ColumnEstimates } from "../../plan/estimate/selectivity.ts";
import type { Attribute, Expression } from "../../plan/expression.ts";
import { expressionKey } from "../../plan/expression-key.ts";
import { attributesIn } from "../../plan/expression-tree.ts";
import type { Join, LogicalPlan } from "../../plan/logical-plan.ts";
import { mayFail } from "../../plan/may-fail.ts";
import { planOutput } from "../../plan/plan-output.ts";
import { transformPlan } from "../../plan/plan-tree.ts";
import { constraintsOf } from "../constraints.ts";
import { EqualityClasses } from "../equality-classes.ts";
import { isDeterministic } from "../expression-facts.ts";
import { MATCHED_SIDES } from "../join-sides.ts";
import { filterBy } from "../nodes.ts";
import type { Rule } from "../rule.ts";
import { substitute } from "../substitute.ts";

/**
 * Adds filters to the sides of joins that follow from what is known of the other side: a constant on one of two equal
 * keys holds for the other, keys that must match are not null, and where each alternative of an OR restricts a
 * side, so does the OR.
 */
export const inferFilters: Rule = {
  name: "InferFilters",
  example: {
    before: "(l WHERE l.k = 1) JOIN r ON l.k = r.k",
    after: "(l WHERE l.k = 1) JOIN (r WHERE r.k = 1) ON l.k = r.k",
  },
  apply: (plan) =>
    transformPlan(plan, (node) => (node.kind === "join" ? inferForJoin(node) : node)),
};

function inferForJoin(join: Join): LogicalPlan {
  const sides = MATCHED_SIDES[join.type];
  const known = [
    ...constraintsOf(join.left),
    ...constraintsOf(join.right),
    ...conjunctsOf(join.condition).filter(isDeterministic),
  ];
  const inferred = [...acrossEqualities(known), ...fromAlternatives(join), ...keysNotNull(join)];
  const left = sides.left ? withInferred(join.left, inferred) : join.left;
  const right = sides.right ? withInferred(join.right, inferred) : join.right;
  return left === join.left && right === join.right
    ? join
    : Object.freeze({ ...join, left, right });
}

function withInferred(side: LogicalPlan, inferred: readonly Expression[]): LogicalPlan {
  const ids = idsOf(planOutput(side));
  const { columns } = estimatePlan(side);
  const known = new Set(constraintsOf(side).map(expressionKey));
  const more = new Map<string, Expression>();
  for (const expression of inferred) {
    const key = expressionKey(expression);
    if (!readsOnly(expression, ids) || known.has(key) || isPointless(expression, columns)) continue;
    more.set(key, expression);
  }
  return filterBy(side, [...more.values()]);
}

/** `a IS NOT NULL` of a column that is not expected to have nulls. */
function isPointless(expression: Expression, columns: ColumnEstimates): boolean {
  if (!isCall(expression, "isnotnull")) return false;
  const [arg] = expression.args;
  return arg?.kind === "attribute" && columns.get(arg.id)?.nullFraction === 0;
}

function acrossEqualities(known: readonly Expression[]): readonly Expression[] {
  const classes = new EqualityClasses();
  for (const condition of known) {
    const [left, right] = isCall(condition, "=") ? condition.args : [];
    if (left?.kind !== "attribute" || right?.kind !== "attribute") continue;
    if (hasOneForm(left) && hasOneForm(right)) classes.join(left, right);
  }
  return known.flatMap((condition) => {
    const [attribute, ...others] = attributesIn(condition);
    if (!attribute || others.length > 0 || mayFail(condition)) return [];
    return classes
      .equalTo(attribute)
      .map((other) => substitute(condition, new Map([[attribute.id, other]])));
  });
}

/** Equal floating-point numbers need not be the same: 0.0 and -0.0 print differently. */
const hasOneForm = ({ type }: Attribute): boolean => !someType(type, isFloating);

/** From `(a1 AND b1) OR (a2 AND b2)`, where the a's read one side and the b's the other: `a1 OR a2`, `b1 OR b2`. */
function fromAlternatives(join: Join): readonly Expression[] {
  const ors = conjunctsOf(join.condition).filter((conjunct) => isCall(conjunct, "or"));
  return ors.flatMap((or) => {
    const alternatives = flattenCalls("or", or).map(conjunctsOf);
    return [join.left, join.right].flatMap((side) => alternativesOf(side, alternatives) ?? []);
  });
}

function alternativesOf(
  side: LogicalPlan,
  alternatives: readonly (readonly Expression[])[],
): Expression | null {
  const ids = idsOf(planOutput(side));
  const parts = alternatives.map((conjuncts) =>
    allOf(conjuncts.filter((e) => readsOnly(e, ids) && isDeterministic(e) && !mayFail(e))),
  );
  return parts.every((part) => part !== null) ? anyOf(parts) : null;
}

function keysNotNull(join: Join): readonly Expression[] {
  return conjunctsOf(join.condition).flatMap((conjunct) => {
    if (!isCall(conjunct, "=")) return [];
    return conjunct.args.flatMap((arg) =>
      arg.kind === "attribute" && arg.nullable ? [booleanCall("isnotnull", [arg], false)] : [],
    );
  });
}
