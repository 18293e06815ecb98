import type { Alias, Attribute, Expression } from "../plan/expression.ts";
import { sameExpression } from "../plan/expression-key.ts";
import { expressionChildren } from "../plan/expression-tree.ts";
import { columnName } from "../plan/print-expression.ts";
import type { Analysis } from "./analysis.ts";
import { analysisError, at, notSupported } from "./analysis-error.ts";
import { containsAggregate, firstAggregate } from "./contains-aggregate.ts";
import { findColumn } from "./find-column.ts";
import { namesOf } from "./names.ts";
import { ordinalOf } from "./ordinal.ts";
import { quotedName, sameName } from "./quoted-name.ts";
import { positionOf, resolveExpression } from "./resolve-expression.ts";
import type { Resolved } from "./resolved.ts";
import { groupingText, isGroupingAnalytics } from "./unknown-routine.ts";

type Item = Attribute | Alias;

/** The expressions of GROUP BY: columns of `child`, ordinals and aliases of the select list, or ALL. */
export function resolveGrouping(
  expressions: readonly Expression[],
  items: readonly Item[],
  child: Resolved,
  analysis: Analysis,
): readonly Expression[] {
  const resolved = isAll(expressions, items, child, analysis)
    ? at(positionOf(expressions[0]), () => groupByAll(items))
    : expressions.map((expression) => resolveGroup(expression, items, child, analysis));
  return resolved.filter((e, i) => resolved.findIndex((other) => sameExpression(e, other)) === i);
}

function resolveGroup(
  expression: Expression,
  items: readonly Item[],
  child: Resolved,
  analysis: Analysis,
): Expression {
  if (expression.kind === "unresolvedCall" && isGroupingAnalytics(expression.name))
    throw notSupported(groupingText(expression.name), expression.position);
  const ordinal = analysis.settings.groupByOrdinal ? ordinalOf(expression) : null;
  if (ordinal !== null) return at(positionOf(expression), () => groupAt(ordinal, items));
  const names = namesOf(child, analysis, {
    fallback: (reference) => {
      const [name = "", ...more] = reference.nameParts;
      if (more.length > 0 || !analysis.settings.groupByAliases) return null;
      const item = items.find((i) => sameName(i.name, name));
      return item ? unaliased(item) : null;
    },
  });
  const resolved = resolveExpression(expression, names);
  const aggregate = firstAggregate(resolved);
  if (aggregate === null) return resolved;
  throw analysisError(
    "GROUP_BY_AGGREGATE",
    "42903",
    `Aggregate functions are not allowed in GROUP BY, but found ${columnName(aggregate)}.`,
    positionOf(expression),
  );
}

function groupAt(ordinal: number, items: readonly Item[]): Expression {
  const item = items[ordinal - 1];
  if (item === undefined)
    throw analysisError(
      "GROUP_BY_POS_OUT_OF_RANGE",
      "42805",
      `GROUP BY position ${ordinal} is not in select list (valid range is [1, ${items.length}]).`,
    );
  if (containsAggregate(item))
    throw analysisError(
      "GROUP_BY_POS_AGGREGATE",
      "42903",
      `GROUP BY ${ordinal} refers to an expression ${columnName(item)} AS ${quotedName([item.name])} that contains an aggregate function. Aggregate functions are not allowed in GROUP BY.`,
    );
  return unaliased(item);
}

function unaliased(item: Item): Expression {
  return item.kind === "alias" ? item.child : item;
}

function isAll(
  expressions: readonly Expression[],
  items: readonly Item[],
  child: Resolved,
  analysis: Analysis,
): boolean {
  const [only] = expressions;
  return (
    expressions.length === 1 &&
    only?.kind === "unresolvedAttribute" &&
    only.nameParts.length === 1 &&
    sameName(only.nameParts[0] ?? "", "all") &&
    !items.some((item) => sameName(item.name, "all")) &&
    findColumn(child, only, analysis) === null
  );
}

function groupByAll(items: readonly Item[]): readonly Expression[] {
  const grouping = items.filter((item) => !containsAggregate(item)).map(unaliased);
  if (grouping.length > 0 || !items.some(hasLooseColumn)) return grouping;
  throw analysisError(
    "UNRESOLVED_ALL_IN_GROUP_BY",
    "42803",
    "Cannot infer grouping columns for GROUP BY ALL based on the select clause. Please explicitly specify the grouping columns.",
  );
}

function hasLooseColumn(expression: Expression): boolean {
  if (expression.kind === "aggregate") return false;
  return expression.kind === "attribute" || expressionChildren(expression).some(hasLooseColumn);
}
