import type { Alias, Attribute, Expression } from "../plan/expression.ts";
import { expressionKey } from "../plan/expression-key.ts";
import { expressionChildren } from "../plan/expression-tree.ts";
import { memoized } from "../plan/memoized.ts";
import { columnName } from "../plan/print-expression.ts";
import { analysisError } from "./analysis-error.ts";

/**
 * Checks that an item of an aggregate is made of grouping expressions, aggregate calls and constants. Throws
 * `MISSING_AGGREGATION`, or `MISSING_GROUP_BY` where there is no grouping.
 */
export function checkGrouped(item: Attribute | Alias, grouping: readonly Expression[]): void {
  const loose = looseAttribute(item.kind === "alias" ? item.child : item, groupingKeys(grouping));
  if (loose === null) return;
  if (grouping.length === 0)
    throw analysisError(
      "MISSING_GROUP_BY",
      "42803",
      "The query does not include a GROUP BY clause. Add GROUP BY or turn it into the window functions using OVER clauses.",
    );
  const name = columnName(loose);
  throw analysisError(
    "MISSING_AGGREGATION",
    "42803",
    `The non-aggregating expression "${name}" is based on columns which are not participating in the GROUP BY clause.\nAdd the columns or the expression to the GROUP BY, aggregate the expression, or use "any_value(${name})" if you do not care which of the values within a group is returned.`,
    null,
    { expression: name },
  );
}

const groupingKeys = memoized(
  (grouping: readonly Expression[]): ReadonlySet<string> => new Set(grouping.map(expressionKey)),
);

/** The first column that is neither grouped by nor inside of an aggregate call; null where there is none. */
function looseAttribute(expression: Expression, grouping: ReadonlySet<string>): Attribute | null {
  if (expression.kind === "aggregate") return null;
  if (grouping.has(expressionKey(expression))) return null;
  if (expression.kind === "attribute") return expression;
  for (const child of expressionChildren(expression)) {
    const loose = looseAttribute(child, grouping);
    if (loose !== null) return loose;
  }
  return null;
}
