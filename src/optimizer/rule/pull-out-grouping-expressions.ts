import { aliasOf } from "../../plan/alias.ts";
import type { Attribute, Expression } from "../../plan/expression.ts";
import { expressionKey } from "../../plan/expression-key.ts";
import { expressionChildren, transformExpressionDown } from "../../plan/expression-tree.ts";
import type { Aggregate, LogicalPlan } from "../../plan/logical-plan.ts";
import { toAttribute } from "../../plan/plan-output.ts";
import { transformPlan } from "../../plan/plan-tree.ts";
import { projectOf } from "../../plan/project-of.ts";
import { aggregateOf } from "../nodes.ts";
import type { Rule, RuleContext } from "../rule.ts";

/**
 * What is computed from a grouping expression is computed above the grouping, from its column, so that no rule can
 * change an expression in one place and not in the other.
 */
export const pullOutGroupingExpressions: Rule = {
  name: "PullOutGroupingExpressions",
  example: {
    before: "SELECT a % 2 + 1, count(*) FROM t GROUP BY a % 2",
    after: "SELECT g + 1, n FROM (SELECT a % 2 AS g, count(*) AS n FROM t GROUP BY a % 2)",
  },
  mandatory: true,
  apply: (plan, context) =>
    transformPlan(plan, (node) => (node.kind === "aggregate" ? pullOut(node, context) : node)),
};

function pullOut(aggregate: Aggregate, context: RuleContext): LogicalPlan {
  const complex = new Set(aggregate.grouping.filter(isComplex).map(expressionKey));
  if (!aggregate.aggregates.some((output) => computesFrom(output, complex))) return aggregate;
  const keys = new Set(aggregate.grouping.map(expressionKey));
  const lower = new Map<string, Expression>();
  const columnOf = (expression: Expression): Attribute => {
    const key = expressionKey(expression);
    const named = lower.get(key) ?? nameFor(expression, context);
    lower.set(key, named);
    return toAttribute(named);
  };
  const upper = aggregate.aggregates.map((output) =>
    transformExpressionDown(output, (e) =>
      e.kind === "aggregate" || keys.has(expressionKey(e)) ? columnOf(e) : e,
    ),
  );
  return projectOf(aggregateOf(aggregate.child, aggregate.grouping, [...lower.values()]), upper);
}

function nameFor(expression: Expression, context: RuleContext): Expression {
  if (expression.kind === "attribute") return expression;
  return aliasOf(context.freshId(), "value", expression);
}

const isComplex = (e: Expression): boolean => e.kind !== "attribute" && e.kind !== "literal";

/** True if a key lies inside of an output and is not all of it. */
function computesFrom(output: Expression, keys: ReadonlySet<string>): boolean {
  const root = output.kind === "alias" ? output.child : output;
  return !keys.has(expressionKey(root)) && contains(root, keys);
}

function contains(expression: Expression, keys: ReadonlySet<string>): boolean {
  if (expression.kind === "aggregate") return false;
  return (
    keys.has(expressionKey(expression)) ||
    expressionChildren(expression).some((child) => contains(child, keys))
  );
}
