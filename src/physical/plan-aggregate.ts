import { assert } from "../common/assert.ts";
import { aliasOf } from "../plan/alias.ts";
import type { AggregateCall, Alias, Attribute, Expression } from "../plan/expression.ts";
import { expressionKey } from "../plan/expression-key.ts";
import { expressionChildren, transformExpressionDown } from "../plan/expression-tree.ts";
import { nullableOf, typeOf } from "../plan/expression-type.ts";
import type { Aggregate } from "../plan/logical-plan.ts";
import { planOutput, toAttribute } from "../plan/plan-output.ts";
import { aggregateState } from "./aggregate-state.ts";
import { isClusteredBy } from "./distribution.ts";
import { estimated } from "./estimated.ts";
import { exchange, hashPartitioning, SINGLE } from "./exchange.ts";
import { findAggregate } from "./find-aggregate.ts";
import type { HashAggregateExec, Partitioning, PhysicalPlan } from "./physical-plan.ts";
import type { Planning } from "./planning.ts";
import { projectTo } from "./project-to.ts";

/** Hash aggregation: in one phase where equal groups are together already, else partial, exchange, final. */
export function planAggregate(plan: Aggregate, planning: Planning): PhysicalPlan {
  const child = planning.plan(plan.child);
  const grouping = nameGrouping(plan, planning);
  const aggregates = nameAggregates(plan, planning);
  const keys = grouping.map(toAttribute);
  const output = [...keys, ...aggregates.map((aggregate) => aggregate.result)];
  const size = estimated(plan, planOutput(plan));
  const node = { kind: "hashAggregate", aggregates, ...size } as const;
  const columns = resultColumns(plan.grouping, grouping, aggregates);
  const result = plan.aggregates.map((e) => overResults(e, columns));
  const clustering = grouping.map((e) => (e.kind === "alias" ? e.child : e));
  if (isClusteredBy(child, clustering)) {
    const complete: HashAggregateExec = { ...node, mode: "complete", grouping, child, output };
    return projectTo(result, Object.freeze(complete));
  }
  const partial: HashAggregateExec = {
    ...node,
    mode: "partial",
    grouping,
    child,
    output: [...keys, ...aggregates.flatMap((aggregate) => aggregate.state)],
  };
  const exchanged = exchange(Object.freeze(partial), partitioning(keys, partial, planning));
  const final: HashAggregateExec = {
    ...node,
    mode: "final",
    grouping: keys,
    child: exchanged,
    output,
  };
  return projectTo(result, Object.freeze(final));
}

function partitioning(
  keys: readonly Attribute[],
  partial: HashAggregateExec,
  { options }: Planning,
): Partitioning {
  const isSmall = (partial.estimatedBytes ?? 0) <= options.singleAggregateBytes;
  if (keys.length === 0 || isSmall) return SINGLE;
  return hashPartitioning(keys, options.shufflePartitions);
}

/** Each grouping expression once, with a name: the output's own where it has one. */
function nameGrouping(plan: Aggregate, planning: Planning): readonly (Attribute | Alias)[] {
  const aliases = new Map(
    plan.aggregates
      .flatMap((e): [string, Alias][] => (e.kind === "alias" ? [[expressionKey(e.child), e]] : []))
      .reverse(),
  );
  const named = new Map<string, Attribute | Alias>();
  for (const expression of plan.grouping) {
    const key = expressionKey(expression);
    if (named.has(key)) continue;
    const own = expression.kind === "attribute" ? expression : aliases.get(key);
    named.set(key, own ?? aliasOf(planning.freshId(), "_groupingexpression", expression));
  }
  return [...named.values()];
}

type NamedAggregate = HashAggregateExec["aggregates"][number];

function nameAggregates(plan: Aggregate, planning: Planning): readonly NamedAggregate[] {
  const named = new Map<string, NamedAggregate>();
  const add = (call: AggregateCall, alias: Alias | null): void => {
    const key = expressionKey(call);
    if (named.has(key)) return;
    assert(!call.distinct, "A DISTINCT aggregate was not rewritten");
    named.set(key, nameAggregate(call, alias, planning));
  };
  const visit = (expression: Expression, alias: Alias | null): void => {
    if (expression.kind === "aggregate") add(expression, alias);
    else for (const child of expressionChildren(expression)) visit(child, null);
  };
  for (const expression of plan.aggregates)
    if (expression.kind === "alias") visit(expression.child, expression);
  return [...named.values()];
}

function nameAggregate(
  call: AggregateCall,
  alias: Alias | null,
  planning: Planning,
): NamedAggregate {
  const { freshId, options } = planning;
  const state = aggregateState(findAggregate(call.name), call, options.timeZone);
  return Object.freeze({
    call,
    state: state.map((column) => attribute(freshId(), column.name, column.type, column.nullable)),
    result: alias
      ? toAttribute(alias)
      : attribute(freshId(), call.name, typeOf(call), nullableOf(call)),
  });
}

function attribute(
  id: number,
  name: string,
  type: Attribute["type"],
  nullable: boolean,
): Attribute {
  return Object.freeze({ kind: "attribute", id, name, type, nullable, qualifier: [] });
}

/** The groups' attributes and the aggregates' results, by what they stand for. */
function resultColumns(
  originals: readonly Expression[],
  grouping: readonly (Attribute | Alias)[],
  aggregates: readonly NamedAggregate[],
): ReadonlyMap<string, Attribute> {
  const groups = grouping.map((group): [string, Attribute] => [
    expressionKey(group.kind === "alias" ? group.child : group),
    toAttribute(group),
  ]);
  const results = aggregates.map((a): [string, Attribute] => [expressionKey(a.call), a.result]);
  const columns = new Map([...results, ...groups]);
  assert(
    originals.every((o) => columns.has(expressionKey(o))),
    "A grouping expression was lost",
  );
  return columns;
}

/** An output column over these. */
function overResults(expression: Expression, columns: ReadonlyMap<string, Attribute>): Expression {
  if (expression.kind === "attribute") return expression;
  assert(expression.kind === "alias", "An aggregate's output has no name");
  const child = transformExpressionDown(
    expression.child,
    (node) => columns.get(expressionKey(node)) ?? node,
  );
  if (child.kind === "attribute" && child.id === expression.id) return child;
  return Object.freeze({ ...expression, child });
}
