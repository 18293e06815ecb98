import { aliasOf } from "../../plan/alias.ts";
import type { Expression } from "../../plan/expression.ts";
import { expressionKey } from "../../plan/expression-key.ts";
import {
  attributesIn,
  expressionChildren,
  transformExpressionDown,
} from "../../plan/expression-tree.ts";
import { typeOf } from "../../plan/expression-type.ts";
import type { Aggregate, LogicalPlan, Project } from "../../plan/logical-plan.ts";
import { toAttribute } from "../../plan/plan-output.ts";
import { transformPlan } from "../../plan/plan-tree.ts";
import { projectOf } from "../../plan/project-of.ts";
import { soleAttribute } from "../../plan/sole-attribute.ts";
import { costOf, isDeterministic } from "../expression-facts.ts";
import type { Rule, RuleContext } from "../rule.ts";

/** What costs something and is always computed more than once on a row is computed once, in a projection below. */
export const commonSubexpressionElimination: Rule = {
  name: "CommonSubexpressionElimination",
  example: {
    before: "SELECT f(a) + 1, f(a) + 2 FROM t",
    after: "SELECT x + 1, x + 2 FROM (SELECT f(a) AS x FROM t)",
  },
  apply: (plan, context) =>
    transformPlan(plan, (node) => {
      if (node.kind === "project") return shareInProject(node, context);
      return node.kind === "aggregate" ? shareInAggregate(node, context) : node;
    }),
};

/** Cheaper than this a second computation beats carrying a column. */
const WORTHWHILE_COST = 2;

function shareInProject(project: Project, context: RuleContext): LogicalPlan {
  const { shared, rewrite } = share(project.expressions, context);
  if (shared.length === 0) return project;
  const expressions = project.expressions.map(rewrite);
  return projectOf(below(project.child, expressions, shared), expressions);
}

function shareInAggregate(aggregate: Aggregate, context: RuleContext): LogicalPlan {
  const inputs = aggregate.aggregates.flatMap(callInputs);
  const { shared, rewrite } = share([...aggregate.grouping, ...inputs], context);
  if (shared.length === 0) return aggregate;
  const grouping = aggregate.grouping.map(rewrite);
  const aggregates = aggregate.aggregates.map((e) => (e.kind === "alias" ? rewrite(e) : e));
  const child = below(aggregate.child, [...grouping, ...aggregates], shared);
  return Object.freeze({ ...aggregate, grouping, aggregates, child });
}

/** What an output's aggregate calls compute on every row. */
function callInputs(expression: Expression): readonly Expression[] {
  if (expression.kind === "aggregate") return expression.filter ? [] : expression.args;
  return expressionChildren(expression).flatMap(callInputs);
}

function below(
  child: LogicalPlan,
  expressions: readonly Expression[],
  shared: readonly Expression[],
): LogicalPlan {
  const made = new Set(shared.map((e) => toAttribute(e).id));
  const passed = attributesIn(...expressions).filter((a) => !made.has(a.id));
  return projectOf(child, [...passed, ...shared]);
}

interface Sharing {
  /** Aliases to compute below. */
  readonly shared: readonly Expression[];
  readonly rewrite: (expression: Expression) => Expression;
}

function share(expressions: readonly Expression[], context: RuleContext): Sharing {
  const shared: Expression[] = [];
  const columns = new Map<string, Expression>();
  const rewrite = (expression: Expression): Expression =>
    transformExpressionDown(expression, (node) => columns.get(expressionKey(node)) ?? node);
  for (;;) {
    const repeated = outermostRepeated(expressions.map(rewrite));
    if (repeated.length === 0) return { shared, rewrite };
    for (const expression of repeated) {
      const alias = aliasOf(context.freshId(), "_common_expr", expression);
      shared.push(alias);
      columns.set(expressionKey(expression), toAttribute(alias));
    }
  }
}

/** Outermost expressions worth sharing, the most expensive first. */
function outermostRepeated(expressions: readonly Expression[]): readonly Expression[] {
  const seen = new Set<string>();
  const repeated = new Map<string, { readonly expression: Expression; readonly cost: number }>();
  const visit = (node: Expression): void => {
    const computes = node.kind === "call" || node.kind === "cast" || node.kind === "case";
    const key = expressionKey(node);
    if (computes && seen.has(key) && !repeated.has(key)) {
      const cost = shareableCost(node);
      if (cost >= WORTHWHILE_COST) repeated.set(key, { expression: node, cost });
    }
    seen.add(key);
    for (const child of alwaysComputed(node)) visit(child);
  };
  for (const expression of expressions) visit(expression);
  const covered = new Set<string>();
  const cover = (node: Expression): void => {
    const key = expressionKey(node);
    if (covered.has(key)) return;
    covered.add(key);
    for (const child of expressionChildren(node)) cover(child);
  };
  const outermost: Expression[] = [];
  for (const [key, { expression }] of [...repeated].sort(([, a], [, b]) => b.cost - a.cost)) {
    if (covered.has(key)) continue;
    outermost.push(expression);
    cover(expression);
  }
  return outermost;
}

function shareableCost(expression: Expression): number {
  if (!isDeterministic(expression) || soleAttribute(expression) === null) return 0;
  return typeOf(expression).kind === "boolean" ? costOf(expression) / 2 : costOf(expression);
}

const FIRST_ONLY = new Set([
  "and",
  "or",
  "if",
  "coalesce",
  "nvl",
  "nvl2",
  "ifnull",
  "nullif",
  "in",
]);

/** The children that are computed whenever the node is. */
function alwaysComputed(node: Expression): readonly Expression[] {
  const children = expressionChildren(node);
  if (node.kind === "case" || (node.kind === "call" && FIRST_ONLY.has(node.name)))
    return children.slice(0, 1);
  return node.kind === "lambda" || node.kind === "subquery" ? [] : children;
}
