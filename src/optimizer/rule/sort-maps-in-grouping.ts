import { SORT_MAP_ENTRIES } from "../../builtins/operator/sort-map-entries.ts";
import { someType } from "../../columnar/data-type.ts";
import { aliasOf } from "../../plan/alias.ts";
import type { Alias, Expression } from "../../plan/expression.ts";
import { expressionKey } from "../../plan/expression-key.ts";
import { transformExpressionDown } from "../../plan/expression-tree.ts";
import { nullableOf, typeOf } from "../../plan/expression-type.ts";
import type { Aggregate, LogicalPlan } from "../../plan/logical-plan.ts";
import { planOutput, toAttribute } from "../../plan/plan-output.ts";
import { transformPlan } from "../../plan/plan-tree.ts";
import { projectOf } from "../../plan/project-of.ts";
import { aggregateOf } from "../nodes.ts";
import type { Rule, RuleContext } from "../rule.ts";

/** Maps of the same entries are one group, in whatever order the entries are; the group has them sorted by key. */
export const sortMapsInGrouping: Rule = {
  name: "InsertMapSortInGroupingExpressions",
  example: { before: "GROUP BY m, a map", after: "GROUP BY mapsort(m)" },
  mandatory: true,
  apply: (plan, context) =>
    transformPlan(plan, (node) => (node.kind === "aggregate" ? sortMaps(node, context) : node)),
};

function sortMaps(aggregate: Aggregate, context: RuleContext): LogicalPlan {
  const sorted = new Map<string, Alias>();
  for (const key of aggregate.grouping)
    if (holdsMap(key) && !sorted.has(expressionKey(key)))
      sorted.set(expressionKey(key), aliasOf(context.freshId(), "sorted", sortedMap(key)));
  if (sorted.size === 0) return aggregate;
  const columnFor = (expression: Expression): Expression | null => {
    const alias = sorted.get(expressionKey(expression));
    return alias ? toAttribute(alias) : null;
  };
  const child = projectOf(aggregate.child, [...planOutput(aggregate.child), ...sorted.values()]);
  return aggregateOf(
    child,
    aggregate.grouping.map((key) => columnFor(key) ?? key),
    aggregate.aggregates.map((output) => overColumns(output, columnFor)),
  );
}

/** Aggregates too read the sorted maps, as in Spark. An output that is a key keeps its name and id. */
function overColumns(
  output: Expression,
  columnFor: (expression: Expression) => Expression | null,
): Expression {
  if (output.kind === "attribute") {
    const column = columnFor(output);
    return column ? aliasOf(output.id, output.name, column) : output;
  }
  return transformExpressionDown(output, (e) => columnFor(e) ?? e);
}

const holdsMap = (key: Expression): boolean =>
  key.kind !== "literal" && someType(typeOf(key), ({ kind }) => kind === "map");

const sortedMap = (key: Expression): Expression =>
  Object.freeze({
    kind: "call",
    name: SORT_MAP_ENTRIES.name,
    args: [key],
    type: typeOf(key),
    nullable: nullableOf(key),
    ansi: false,
  });
