import { assert } from "../common/assert.ts";
import type { Attribute, Expression } from "./expression.ts";
import { nullableOf, typeOf } from "./expression-type.ts";
import type { Join, LogicalPlan } from "./logical-plan.ts";
import { memoized } from "./memoized.ts";

/** The columns that an analyzed plan puts out. */
export const planOutput: (plan: LogicalPlan) => readonly Attribute[] = memoized(outputOf);

function outputOf(plan: LogicalPlan): readonly Attribute[] {
  switch (plan.kind) {
    case "relation":
    case "localRelation":
    case "range":
    case "expand":
      return plan.output;
    case "setOperation":
      return plan.output;
    case "project":
      return plan.expressions.map(toAttribute);
    case "aggregate":
      return plan.aggregates.map(toAttribute);
    case "join":
      return joinOutput(plan);
    case "filter":
    case "sort":
    case "limit":
    case "offset":
    case "distinct":
      return planOutput(plan.child);
    case "subqueryAlias":
      if (plan.dataFrame !== undefined) return planOutput(plan.child);
      return planOutput(plan.child).map((attribute, i) =>
        Object.freeze({
          ...attribute,
          name: plan.columns[i] ?? attribute.name,
          qualifier: [plan.alias],
        }),
      );
    default:
      assert(false, `The output of an unresolved plan was asked for: ${plan.kind}`);
      return [];
  }
}

/** The attribute that a named expression (attribute or alias) becomes. */
export function toAttribute(expression: Expression): Attribute {
  if (expression.kind === "attribute") return expression;
  assert(expression.kind === "alias", `${expression.kind} has no name`);
  const { child } = expression;
  const charLength = child.kind === "attribute" ? child.charLength : undefined;
  return Object.freeze({
    kind: "attribute",
    id: expression.id,
    name: expression.name,
    type: typeOf(expression),
    nullable: nullableOf(expression),
    qualifier: [],
    ...(charLength === undefined ? {} : { charLength }),
  });
}

function joinOutput(join: Join): readonly Attribute[] {
  const left = planOutput(join.left);
  if (join.type === "semi" || join.type === "anti") return left;
  const right = planOutput(join.right);
  const leftNullable = join.type === "right" || join.type === "full";
  const rightNullable = join.type === "left" || join.type === "full";
  return [...asNullable(left, leftNullable), ...asNullable(right, rightNullable)];
}

function asNullable(attributes: readonly Attribute[], nullable: boolean): readonly Attribute[] {
  if (!nullable) return attributes;
  return attributes.map((a) => (a.nullable ? a : Object.freeze({ ...a, nullable: true })));
}
