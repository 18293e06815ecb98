import { allOf, anyOf, booleanCall, conjunctsOf, flattenCalls, isCall } from "../plan/conjuncts.ts";
import { estimatePlan } from "../plan/estimate/plan-estimate.ts";
import type { ColumnEstimates } from "../plan/estimate/selectivity.ts";
import type { Attribute, Expression } from "../plan/expression.ts";
import { expressionKey } from "../plan/expression-key.ts";
import { attributesIn } from "../plan/expression-tree.ts";
import type { Join, JoinType, LogicalPlan } from "../plan/logical-plan.ts";
import { planOutput } from "../plan/plan-output.ts";
import { transformPlan } from "../plan/plan-tree.ts";
import { constraintsOf } from "./constraints.ts";
import { EqualityClasses } from "./equality-classes.ts";
import { isDeterministic } from "./expression-facts.ts";
import { mayFail } from "./may-fail.ts";
import { filterBy } from "./nodes.ts";
import type { Rule } from "./rule.ts";
import { substitute } from "./substitute.ts";

/**
 * Adds filters to the sides of joins that follow from what is known of the other side: a constant on one of two equal
 * keys holds for the other, keys that must match are not null, and where each alternative of an OR restricts a
 * side, so does the OR.
 */
export const inferFilters: Rule = {
  name: "InferFilters",
  apply: (plan) =>
    transformPlan(plan, (node) => (node.kind === "join" ? inferForJoin(node) : node)),
};

/** Sides whose rows without a match vanish: they may be filtered by what a match would need. */
const INFERRED_SIDES: Record<JoinType, { readonly left: boolean; readonly right: boolean }> = {
  inner: { left: true, right: true },
  cross: { left: true, right: true },
  left: { left: false, right: true },
  right: { left: true, right: false },
  full: { left: false, right: false },
  semi: { left: true, right: true },
  anti: { left: false, right: true },
};

function inferForJoin(join: Join): LogicalPlan {
  const sides = INFERRED_SIDES[join.type];
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
  const output = new Map(planOutput(side).map((a) => [a.id, a]));
  const { columns } = estimatePlan(side);
  const known = new Set(constraintsOf(side).map(expressionKey));
  const more = new Map<string, Expression>();
  for (const expression of inferred) {
    const attributes = attributesIn(expression);
    const isOfSide = attributes.length > 0 && attributes.every((a) => output.has(a.id));
    const key = expressionKey(expression);
    if (isOfSide && !known.has(key) && !isPointless(expression, columns)) more.set(key, expression);
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
const hasOneForm = ({ type }: Attribute): boolean =>
  type.kind !== "float" && type.kind !== "double";

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
  const ids = new Set(planOutput(side).map((a) => a.id));
  const parts = alternatives.map((conjuncts) =>
    allOf(
      conjuncts.filter((conjunct) => {
        const attributes = attributesIn(conjunct);
        const isOfSide = attributes.length > 0 && attributes.every((a) => ids.has(a.id));
        return isOfSide && isDeterministic(conjunct) && !mayFail(conjunct);
      }),
    ),
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
