import { aliasOf } from "../../plan/alias.ts";
import type { Expression } from "../../plan/expression.ts";
import { expressionChildren } from "../../plan/expression-tree.ts";
import type { LogicalPlan, Project } from "../../plan/logical-plan.ts";
import { planOutput, toAttribute } from "../../plan/plan-output.ts";
import { transformPlan } from "../../plan/plan-tree.ts";
import { projectOf } from "../../plan/project-of.ts";
import { costOf, isDeterministic } from "../expression-facts.ts";
import type { Rule } from "../rule.ts";
import { type Definitions, definitionsOf, substitute } from "../substitute.ts";

/** A projection of a projection is one, unless something costly would be computed twice; one that changes nothing goes. */
export const collapseProject: Rule = {
  name: "CollapseProject",
  example: {
    before: "SELECT x + 1 FROM (SELECT a * 2 AS x FROM t)",
    after: "SELECT a * 2 + 1 FROM t",
  },
  apply: (plan) => transformPlan(plan, (node) => (node.kind === "project" ? collapse(node) : node)),
};

function collapse(upper: Project): LogicalPlan {
  if (isSameAs(upper, upper.child)) return upper.child;
  const lower = upper.child;
  if (lower.kind !== "project" || !lower.expressions.every(isDeterministic)) return upper;
  const definitions = definitionsOf(lower.expressions);
  if (repeatsWork(upper.expressions, definitions)) return upper;
  const names = new Map(lower.expressions.map((e) => [toAttribute(e).id, e]));
  return projectOf(
    lower.child,
    upper.expressions.map((e) => merge(e, definitions, names)),
  );
}

/** An output that was an attribute keeps its id and name when it becomes what the attribute stood for. */
function merge(
  expression: Expression,
  definitions: Definitions,
  lower: ReadonlyMap<number, Expression>,
): Expression {
  if (expression.kind !== "attribute") return substitute(expression, definitions);
  const source = lower.get(expression.id);
  if (source?.kind !== "alias") return expression;
  return source.name === expression.name
    ? source
    : aliasOf(source.id, expression.name, source.child);
}

function isSameAs(project: Project, child: LogicalPlan): boolean {
  const output = planOutput(child);
  return (
    output.length === project.expressions.length &&
    project.expressions.every((e, i) => {
      const same = output[i];
      return e.kind === "attribute" && e.id === same?.id && e.name === same.name;
    })
  );
}

function repeatsWork(expressions: readonly Expression[], definitions: Definitions): boolean {
  const uses = new Map<number, number>();
  const count = (expression: Expression): void => {
    if (expression.kind === "attribute")
      uses.set(expression.id, (uses.get(expression.id) ?? 0) + 1);
    for (const child of expressionChildren(expression)) count(child);
  };
  for (const expression of expressions) count(expression);
  return [...definitions].some(
    ([id, definition]) => (uses.get(id) ?? 0) > 1 && costOf(definition) > 0,
  );
}
