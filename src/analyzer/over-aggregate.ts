import type { Alias, Attribute, Expression, UnresolvedAttribute } from "../plan/expression.ts";
import { sameExpression } from "../plan/expression-key.ts";
import { mapChildren, transformExpression } from "../plan/expression-tree.ts";
import type { Aggregate, LogicalPlan } from "../plan/logical-plan.ts";
import { toAttribute } from "../plan/plan-output.ts";
import { printExpression } from "../plan/print-expression.ts";
import type { Analysis } from "./analysis.ts";
import { analysisError } from "./analysis-error.ts";
import { findOnlyColumn } from "./find-column.ts";
import { type Names, namesOf } from "./names.ts";
import { resolveExpression } from "./resolve-expression.ts";
import type { Resolved } from "./resolved.ts";
import { unresolvedColumn } from "./unresolved-column.ts";

/** Which columns a name means first: those the aggregate reads (HAVING), or those it puts out (ORDER BY). */
type Precedence = "input" | "output";

/** Expressions over an aggregate, and the aggregate with the columns that they need added. */
interface OverAggregate {
  readonly expressions: readonly Expression[];
  readonly plan: LogicalPlan;
}

/** The aggregate at the top of a plan, under filters only; null where there is none. */
export function aggregateAtTop(plan: LogicalPlan): Aggregate | null {
  if (plan.kind === "filter") return aggregateAtTop(plan.child);
  return plan.kind === "aggregate" ? plan : null;
}

/**
 * Resolves expressions that may have aggregate calls and grouping expressions besides output columns: those become
 * columns of the aggregate, which `visible` does not show.
 */
export function resolveOverAggregate(
  expressions: readonly Expression[],
  aggregate: Aggregate,
  child: Resolved,
  precedence: Precedence,
  analysis: Analysis,
): OverAggregate {
  const input = child.below ?? child;
  const extras: (Attribute | Alias)[] = [];
  const pull = { aggregate, input, output: child, extras, analysis };
  const resolved = expressions.map((e) => resolveOne(e, pull, precedence));
  if (extras.length === 0) return { expressions: resolved, plan: child.plan };
  return { expressions: resolved, plan: replaceAggregate(child.plan, aggregate, extras) };
}

interface Pull {
  readonly aggregate: Aggregate;
  readonly input: Resolved;
  readonly output: Resolved;
  readonly extras: (Attribute | Alias)[];
  readonly analysis: Analysis;
}

function resolveOne(expression: Expression, pull: Pull, precedence: Precedence): Expression {
  const fromOutput = new Set<UnresolvedAttribute>();
  for (;;) {
    const origins = new Map<Expression, UnresolvedAttribute>();
    const names = namesOver(pull, precedence, fromOutput, origins);
    const loose: Attribute[] = [];
    const pulled = pullUp(resolveExpression(expression, names), pull, loose);
    const again = loose.map((attribute) => origins.get(attribute)).find((r) => r !== undefined);
    if (again === undefined) {
      const [first] = loose;
      if (first !== undefined) throw looseColumn(first, pull);
      return pulled;
    }
    if (fromOutput.has(again)) throw unresolvedColumn(again, pull.output.visible);
    fromOutput.add(again);
  }
}

function namesOver(
  pull: Pull,
  precedence: Precedence,
  fromOutput: ReadonlySet<UnresolvedAttribute>,
  origins: Map<Expression, UnresolvedAttribute>,
): Names {
  const input = (reference: UnresolvedAttribute): Expression | null => {
    const found = findOnlyColumn(pull.input, reference, pull.analysis);
    if (found?.kind === "attribute") origins.set(found, reference);
    return found;
  };
  return namesOf(pull.output, pull.analysis, {
    lenient: precedence === "output",
    look: (reference, insideAggregate) =>
      insideAggregate || (precedence === "input" && !fromOutput.has(reference))
        ? input(reference)
        : null,
    fallback: (reference) => (fromOutput.has(reference) ? null : input(reference)),
  });
}

function pullUp(expression: Expression, pull: Pull, loose: Attribute[]): Expression {
  const item = findItem(expression, pull);
  if (item !== null) return item;
  if (expression.kind === "aggregate") return addExtra(inlineOutput(expression, pull), pull);
  if (pull.aggregate.grouping.some((group) => sameExpression(group, expression)))
    return addExtra(expression, pull);
  if (expression.kind === "attribute") {
    const isOutput = pull.output.visible.some((a) => a.id === expression.id);
    if (!isOutput) loose.push(expression);
    return expression;
  }
  return mapChildren(expression, (child) => pullUp(child, pull, loose));
}

/** The output column that has the same value, where the aggregate has one already. */
function findItem(expression: Expression, pull: Pull): Expression | null {
  if (expression.kind === "literal") return null;
  for (const item of [
    ...(pull.aggregate.aggregates as readonly (Attribute | Alias)[]),
    ...pull.extras,
  ])
    if (sameExpression(item.kind === "alias" ? item.child : item, expression))
      return named(toAttribute(item), expression);
  return null;
}

function named(attribute: Attribute, like: Expression): Attribute {
  return like.kind === "attribute" && like.name !== attribute.name
    ? Object.freeze({ ...attribute, name: like.name })
    : attribute;
}

function addExtra(expression: Expression, pull: Pull): Expression {
  const item = findItem(expression, pull);
  if (item !== null) return item;
  const extra: Attribute | Alias =
    expression.kind === "attribute"
      ? expression
      : Object.freeze({
          kind: "alias",
          id: pull.analysis.freshId(),
          name: printExpression(expression, pull.analysis.settings.timeZone),
          child: expression,
        });
  pull.extras.push(extra);
  return toAttribute(extra);
}

/** An aggregate call over output columns, over what those are made of. */
function inlineOutput(expression: Expression, pull: Pull): Expression {
  const byId = new Map(
    (pull.aggregate.aggregates as readonly (Attribute | Alias)[]).map((item) => [item.id, item]),
  );
  return transformExpression(expression, (e) => {
    const item = e.kind === "attribute" ? byId.get(e.id) : undefined;
    return item?.kind === "alias" ? item.child : e;
  });
}

function looseColumn(attribute: Attribute, pull: Pull): Error {
  return unresolvedColumn(
    { kind: "unresolvedAttribute", nameParts: [attribute.name], position: null },
    pull.output.visible,
  );
}

function replaceAggregate(
  plan: LogicalPlan,
  aggregate: Aggregate,
  extras: readonly Expression[],
): LogicalPlan {
  if (plan.kind === "filter")
    return Object.freeze({ ...plan, child: replaceAggregate(plan.child, aggregate, extras) });
  if (plan !== aggregate)
    throw analysisError("INTERNAL_ERROR", "XX000", `No aggregate in ${plan.kind}`);
  return Object.freeze({
    ...aggregate,
    aggregates: Object.freeze([...aggregate.aggregates, ...extras]),
  });
}
