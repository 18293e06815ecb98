import { sqlType } from "../columnar/sql-type.ts";
import type { Attribute, Expression } from "../plan/expression.ts";
import { typeOf } from "../plan/expression-type.ts";
import type { Join, LogicalPlan } from "../plan/logical-plan.ts";
import { planOutput } from "../plan/plan-output.ts";
import { columnName } from "../plan/print-expression.ts";
import type { Analysis } from "./analysis.ts";
import { analysisError } from "./analysis-error.ts";
import { asCondition } from "./coerce.ts";
import { firstAggregate } from "./contains-aggregate.ts";
import { namesOf } from "./names.ts";
import { positionOf, resolveExpression } from "./resolve-expression.ts";
import { resolveUsingJoin } from "./resolve-using-join.ts";
import { type Resolved, resolvedPlan } from "./resolved.ts";

/** A join of two analyzed sides: by a condition, USING columns, or the columns both have (NATURAL). */
export function resolveJoin(
  node: Join,
  left: Resolved,
  right: Resolved,
  analysis: Analysis,
): Resolved {
  if (node.using !== null) return resolveUsingJoin(node, node.using, left, right, analysis);
  const condition = node.condition && joinCondition(node.condition, left, right, analysis);
  const plan = joinOf(node, condition, left.plan, right.plan);
  const isLeftOnly = node.type === "semi" || node.type === "anti";
  const output = new Map(planOutput(plan).map((attribute) => [attribute.id, attribute]));
  const sides = isLeftOnly ? [left] : [left, right];
  const refreshed = (attributes: readonly Attribute[]): readonly Attribute[] =>
    attributes.map((attribute) => withNullability(attribute, output.get(attribute.id)));
  return resolvedPlan(plan, [left, right], {
    visible: refreshed(sides.flatMap((side) => side.visible)),
    qualifiedOnly: refreshed(sides.flatMap((side) => side.qualifiedOnly)),
  });
}

/** The join without USING. */
function joinOf(
  node: Join,
  condition: Expression | null,
  left: LogicalPlan,
  right: LogicalPlan,
): Join {
  const { kind, type, hint } = node;
  return Object.freeze({ kind, type, condition, using: null, left, right, hint });
}

function withNullability(attribute: Attribute, from: Attribute | undefined): Attribute {
  if (from === undefined || from.nullable === attribute.nullable) return attribute;
  return Object.freeze({ ...attribute, nullable: from.nullable });
}

function joinCondition(
  written: Expression,
  left: Resolved,
  right: Resolved,
  analysis: Analysis,
): Expression {
  const both: Resolved = {
    ...resolvedPlan(left.plan, [left, right], { visible: [...left.visible, ...right.visible] }),
    qualifiedOnly: [...left.qualifiedOnly, ...right.qualifiedOnly],
  };
  const resolved = resolveExpression(written, namesOf(both, analysis));
  const inner = firstAggregate(resolved);
  if (inner !== null)
    throw analysisError(
      "UNSUPPORTED_EXPR_FOR_OPERATOR",
      "42K0E",
      `A query operator contains one or more unsupported expressions.\nConsider to rewrite it to avoid window functions, aggregate functions, and generator functions in the WHERE clause.\nInvalid expressions: ["${columnName(inner)}"]`,
      positionOf(written),
    );
  const condition = asCondition(resolved);
  if (condition !== null) return condition;
  throw analysisError(
    "JOIN_CONDITION_IS_NOT_BOOLEAN_TYPE",
    "42K0E",
    `The join condition "${columnName(resolved)}" has the invalid type "${sqlType(typeOf(resolved))}", expected "BOOLEAN".`,
    positionOf(written),
  );
}
