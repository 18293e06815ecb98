import { INT, LONG } from "../columnar/data-type.ts";
import type { Alias, Expression, SortOrder } from "../plan/expression.ts";
import { literal } from "../plan/literal.ts";
import type { LogicalPlan } from "../plan/logical-plan.ts";

const node = (plan: LogicalPlan): LogicalPlan => Object.freeze(plan);

/** Computes columns. */
export const project = (expressions: readonly Expression[], child: LogicalPlan): LogicalPlan =>
  node({ kind: "project", expressions, child });

/** Keeps rows for which the condition is true. */
export const filter = (condition: Expression, child: LogicalPlan): LogicalPlan =>
  node({ kind: "filter", condition, child });

/** Orders all rows. */
export const sort = (orders: readonly SortOrder[], child: LogicalPlan): LogicalPlan =>
  node({ kind: "sort", orders, child });

/** Keeps the first rows. */
export const limit = (count: number, child: LogicalPlan): LogicalPlan =>
  node({ kind: "limit", count: literal(INT, count), child });

/** Leaves out the first rows. */
export const offset = (count: number, child: LogicalPlan): LogicalPlan =>
  node({ kind: "offset", count: literal(INT, count), child });

/** Leaves out rows that are equal to another. */
export const distinct = (child: LogicalPlan): LogicalPlan => node({ kind: "distinct", child });

/** One row with the number of the child's rows. */
export const countRows = (child: LogicalPlan): LogicalPlan =>
  node({
    kind: "aggregate",
    grouping: [],
    aggregates: [
      Object.freeze({
        kind: "alias",
        id: 0,
        name: "count",
        child: Object.freeze({
          kind: "unresolvedCall",
          name: "count",
          args: [literal(LONG, "1")],
          distinct: false,
          filter: null,
          ignoreNulls: false,
          position: null,
        }),
      }),
    ],
    child,
  });

/** Rows of both, of each, or of the left alone; `all` keeps duplicates. */
export const setOperation = (
  operation: "union" | "intersect" | "except",
  all: boolean,
  left: LogicalPlan,
  right: LogicalPlan,
): LogicalPlan =>
  node({ kind: "setOperation", operation, all, children: [left, right], output: [] });

/** Adds columns, in place of those of the same name. */
export const withColumns = (columns: readonly Alias[], child: LogicalPlan): LogicalPlan =>
  node({ kind: "withColumns", columns, child });
