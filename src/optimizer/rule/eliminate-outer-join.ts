import { conjunctsOf } from "../../plan/conjuncts.ts";
import type { Attribute, Expression } from "../../plan/expression.ts";
import type { Filter, Join, JoinType, LogicalPlan } from "../../plan/logical-plan.ts";
import { planOutput } from "../../plan/plan-output.ts";
import { transformPlan } from "../../plan/plan-tree.ts";
import { isStrict } from "../expression-facts.ts";
import type { Rule } from "../rule.ts";

/** An outer join whose null-padded rows a filter above it throws away is an inner one, or outer on one side only. */
export const eliminateOuterJoin: Rule = {
  name: "EliminateOuterJoin",
  example: { before: "(l LEFT JOIN r) WHERE r.a > 1", after: "(l JOIN r) WHERE r.a > 1" },
  apply: (plan) =>
    transformPlan(plan, (node) =>
      node.kind === "filter" && node.child.kind === "join" ? tighten(node, node.child) : node,
    ),
};

function tighten(filter: Filter, join: Join): LogicalPlan {
  const conjuncts = conjunctsOf(filter.condition);
  const needs = (side: LogicalPlan): boolean => {
    const ids = new Set(planOutput(side).map((a: Attribute) => a.id));
    return conjuncts.some((conjunct) => isNeverTrueOnNulls(conjunct, ids));
  };
  const type = tighterType(join, needs);
  if (type === join.type) return filter;
  return Object.freeze({ ...filter, child: Object.freeze({ ...join, type }) });
}

function tighterType(join: Join, needs: (side: LogicalPlan) => boolean): JoinType {
  switch (join.type) {
    case "left":
      return needs(join.right) ? "inner" : "left";
    case "right":
      return needs(join.left) ? "inner" : "right";
    case "full": {
      const left = needs(join.left);
      const right = needs(join.right);
      if (left && right) return "inner";
      if (left) return "left";
      return right ? "right" : "full";
    }
    default:
      return join.type;
  }
}

/** True if a condition is false or null wherever the columns in `ids` are all null. */
function isNeverTrueOnNulls(condition: Expression, ids: ReadonlySet<number>): boolean {
  if (condition.kind === "call") {
    const test = (arg: Expression): boolean => isNeverTrueOnNulls(arg, ids);
    if (condition.name === "and") return condition.args.some(test);
    if (condition.name === "or") return condition.args.every(test);
    if (condition.name === "isnotnull")
      return condition.args.some((arg) => isNullOnNulls(arg, ids));
  }
  return isNullOnNulls(condition, ids);
}

/** True if an expression is null wherever the columns in `ids` are all null. */
function isNullOnNulls(expression: Expression, ids: ReadonlySet<number>): boolean {
  switch (expression.kind) {
    case "attribute":
      return ids.has(expression.id);
    case "cast":
      return isNullOnNulls(expression.child, ids);
    case "call": {
      if (expression.name === "in") {
        const [value] = expression.args;
        return value !== undefined && isNullOnNulls(value, ids);
      }
      return isStrict(expression) && expression.args.some((arg) => isNullOnNulls(arg, ids));
    }
    default:
      return false;
  }
}
