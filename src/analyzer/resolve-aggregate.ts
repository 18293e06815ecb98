import type { Alias, Attribute, Expression } from "../plan/expression.ts";
import { transformExpression } from "../plan/expression-tree.ts";
import type { Aggregate } from "../plan/logical-plan.ts";
import { toAttribute } from "../plan/plan-output.ts";
import type { Analysis } from "./analysis.ts";
import { analysisError, at } from "./analysis-error.ts";
import { checkGrouped } from "./check-grouped.ts";
import { ordinalOf } from "./ordinal.ts";
import { positionOf } from "./resolve-expression.ts";
import { resolveGrouping } from "./resolve-grouping.ts";
import { resolveSelectList, type SelectList } from "./resolve-select-list.ts";
import { type Resolved, resolvedPlan, withRenamed } from "./resolved.ts";

/** GROUP BY with its select list, or `groupBy(…).agg(…)`. */
export function resolveAggregate(node: Aggregate, child: Resolved, analysis: Analysis): Resolved {
  if (analysis.settings.groupByOrdinal) refuseStarByOrdinal(node);
  const list = resolveSelectList(node.aggregates, child, analysis);
  const inlined = withoutLateral(list);
  const grouping = resolveGrouping(node.grouping, inlined, child, analysis);
  return aggregateOver(list, grouping, child);
}

function refuseStarByOrdinal(node: Aggregate): void {
  const star = node.aggregates.find((item) => item.kind === "unresolvedStar");
  if (star === undefined || !node.grouping.some((group) => ordinalOf(group) !== null)) return;
  throw analysisError(
    "STAR_GROUP_BY_POS",
    "0A000",
    "Star (*) is not allowed in a select list when GROUP BY an ordinal position is used.",
    positionOf(star),
  );
}

/** The aggregate of resolved items and grouping expressions, checked. */
export function aggregateOver(
  list: SelectList,
  grouping: readonly Expression[],
  child: Resolved,
): Resolved {
  const aggregates = withoutLateral(list);
  for (const [i, item] of aggregates.entries())
    at(list.positions[i] ?? null, () => checkGrouped(item, grouping));
  const plan: Aggregate = Object.freeze({
    kind: "aggregate",
    grouping: Object.freeze([...grouping]),
    aggregates: Object.freeze([...aggregates]),
    child: child.plan,
  });
  const resolved = resolvedPlan(plan, [child], {
    below: child,
    visible: aggregates.map(toAttribute),
  });
  return withRenamed(resolved, list.renamed);
}

/** The items with the expressions of other items where they refer to their aliases. */
function withoutLateral({ items, lateral }: SelectList): readonly (Attribute | Alias)[] {
  if (lateral.size === 0) return items;
  const inlined = new Map<number, Expression>();
  return items.map((item) => {
    if (item.kind === "attribute") return item;
    const child = transformExpression(item.child, (e) =>
      e.kind === "attribute" ? (inlined.get(e.id) ?? e) : e,
    );
    if (lateral.has(item.id)) inlined.set(item.id, child);
    return Object.freeze({ ...item, child });
  });
}
