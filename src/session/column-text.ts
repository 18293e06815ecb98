import type { Expression, SortOrder } from "../plan/expression.ts";
import { columnName, printSortOrder } from "../plan/print-expression.ts";

/** A column as SQL that names its operators: `(a > 1)`, `upper(b) AS c`. */
export function columnText(expression: Expression): string {
  if (expression.kind === "alias") return `${columnText(expression.child)} AS ${expression.name}`;
  // Calls that are not resolved yet are marked as such.
  return columnName(expression).replace(/(?<![\w'])'(?=\w+\()/g, "");
}

/** A sort order as SQL. */
export function orderText(order: SortOrder): string {
  return printSortOrder(order, columnText);
}
