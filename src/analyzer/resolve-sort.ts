import { isOrderable } from "../builtins/operator/comparison-type.ts";
import { sqlType } from "../columnar/sql-type.ts";
import type { SortOrder } from "../plan/expression.ts";
import { typeOf } from "../plan/expression-type.ts";
import type { LogicalPlan, Sort } from "../plan/logical-plan.ts";
import { columnName, printSortOrder } from "../plan/print-expression.ts";
import type { Analysis } from "./analysis.ts";
import { analysisError, at } from "./analysis-error.ts";
import { firstAggregate } from "./contains-aggregate.ts";
import { findColumn } from "./find-column.ts";
import { missingColumns } from "./missing-columns.ts";
import { ordinalOf } from "./ordinal.ts";
import { aggregateAtTop, resolveOverAggregate } from "./over-aggregate.ts";
import { sameName } from "./quoted-name.ts";
import { positionOf, resolveExpression } from "./resolve-expression.ts";
import { overPlan, type Resolved } from "./resolved.ts";

/** ORDER BY: output columns, ordinals, ALL, and what is only below the select list. */
export function resolveSort(node: Sort, child: Resolved, analysis: Analysis): Resolved {
  const all = allColumns(node.orders, child, analysis);
  if (all !== null) return sortOver(all, child.plan, child, node.orders);
  const places = node.orders.map((order) =>
    analysis.settings.orderByOrdinal ? ordinalOf(order.expression) : null,
  );
  const named = node.orders.filter((_, i) => places[i] === null);
  const { plan, orders } = resolveNamed(named, child, analysis);
  const next = orders.values();
  const resolved = node.orders.map((order, i) => {
    const place = places[i];
    if (place === null || place === undefined) return next.next().value ?? order;
    const expression = at(positionOf(order.expression), () => columnAt(place, child));
    return { ...order, expression };
  });
  return sortOver(resolved, plan, child, node.orders);
}

function resolveNamed(
  orders: readonly SortOrder[],
  child: Resolved,
  analysis: Analysis,
): { readonly orders: readonly SortOrder[]; readonly plan: LogicalPlan } {
  const expressions = orders.map((order) => order.expression);
  const withExpressions = (resolved: readonly SortOrder["expression"][]): readonly SortOrder[] =>
    orders.map((order, i) => ({ ...order, expression: resolved[i] ?? order.expression }));
  const aggregate = aggregateAtTop(child.plan);
  if (aggregate !== null) {
    const over = resolveOverAggregate(expressions, aggregate, child, "output", analysis);
    return { orders: withExpressions(over.expressions), plan: over.plan };
  }
  const missing = missingColumns(child, analysis, true);
  const resolved = expressions.map((e) => resolveExpression(e, missing.names));
  for (const [i, e] of resolved.entries()) {
    const inner = firstAggregate(e);
    if (inner === null) continue;
    const written = expressions[i];
    throw analysisError(
      "UNSUPPORTED_EXPR_FOR_OPERATOR",
      "42K0E",
      `A query operator contains one or more unsupported expressions.\nConsider to rewrite it to avoid window functions, aggregate functions, and generator functions in the WHERE clause.\nInvalid expressions: ["${columnName(inner)}"]`,
      written ? positionOf(written) : null,
    );
  }
  return { orders: withExpressions(resolved), plan: missing.plan() };
}

function sortOver(
  orders: readonly SortOrder[],
  plan: LogicalPlan,
  child: Resolved,
  written: readonly SortOrder[],
): Resolved {
  for (const [i, order] of orders.entries())
    at(positionOf((written[i] ?? written[0])?.expression), () => refuseUnorderable(order));
  const frozen = Object.freeze(orders.map((order) => Object.freeze({ ...order })));
  return overPlan(child, Object.freeze({ kind: "sort", orders: frozen, child: plan }));
}

function refuseUnorderable(order: SortOrder): void {
  const type = typeOf(order.expression);
  if (isOrderable(type)) return;
  throw analysisError(
    "DATATYPE_MISMATCH.INVALID_ORDERING_TYPE",
    "42K09",
    `Cannot resolve "${printSortOrder(order, columnName)}" due to data type mismatch: The \`sortorder\` does not support ordering on type "${sqlType(type)}".`,
  );
}

function columnAt(place: number, child: Resolved): SortOrder["expression"] {
  const column = child.visible[place - 1];
  if (column !== undefined) return column;
  throw analysisError(
    "ORDER_BY_POS_OUT_OF_RANGE",
    "42805",
    `ORDER BY position ${place} is not in select list (valid range is [1, ${child.visible.length}]).`,
  );
}

function allColumns(
  orders: readonly SortOrder[],
  child: Resolved,
  analysis: Analysis,
): readonly SortOrder[] | null {
  const [only] = orders;
  const reference = only?.expression;
  const isAll =
    orders.length === 1 &&
    reference?.kind === "unresolvedAttribute" &&
    reference.nameParts.length === 1 &&
    sameName(reference.nameParts[0] ?? "", "all") &&
    findColumn(child, reference, analysis) === null;
  if (!isAll || only === undefined) return null;
  return child.visible.map((expression) => ({ ...only, expression }));
}
