import { AnalysisError } from "../common/errors.ts";
import { expectArgument, unexpectedArgument } from "../common/expect-argument.ts";
import type { SortOrder } from "../plan/expression.ts";
import { Column, SortColumn } from "./column.ts";
import { type ColumnOrName, columnOf } from "./functions/call-function.ts";

type Sortable = ColumnOrName | SortColumn;

/** For all columns, or for each of them. */
export interface SortOptions {
  readonly ascending: boolean | readonly boolean[];
}

/** Arguments of `orderBy`: columns one by one or as an array, then how to order them where they don't say. */
export type SortArguments =
  | readonly Sortable[]
  | readonly [...columns: Sortable[], options: SortOptions]
  | readonly [columns: readonly Sortable[], options?: SortOptions];

/** The sort orders that arguments of `orderBy` say. */
export function sortOrders(given: SortArguments): readonly SortOrder[] {
  const last = given.at(-1);
  const options = isOptions(last) ? last : null;
  const list = options === null ? given : given.slice(0, -1);
  const columns = (list.length === 1 && Array.isArray(list[0]) ? list[0] : list) as Sortable[];
  const ascending = options === null ? null : directions(options.ascending, columns.length);
  return columns.map((column, i) => sortOrderOf(column, ascending?.[i] ?? null));
}

function isOptions(value: unknown): value is SortOptions {
  return (
    typeof value === "object" &&
    value !== null &&
    !(value instanceof Column || value instanceof SortColumn || Array.isArray(value))
  );
}

function directions(ascending: SortOptions["ascending"], count: number): readonly boolean[] {
  const list = Array.isArray(ascending)
    ? ascending
    : Array.from({ length: count }, () => ascending);
  const holds = list.length === count && list.every((value) => typeof value === "boolean");
  expectArgument(holds, "ascending", "a boolean, or one for each column", ascending);
  return list;
}

function sortOrderOf(column: Sortable, ascending: boolean | null): SortOrder {
  if (column instanceof SortColumn) {
    if (ascending === null) return column.order;
    throw new AnalysisError({
      condition: "CONFLICTING_SORT_ORDER",
      message: `The sort order ${column} says its direction itself; leave out \`ascending\``,
      sqlState: "42K09",
    });
  }
  if (typeof column !== "string" && !(column instanceof Column))
    throw unexpectedArgument("column", "a Column, a sort order, or the name of a column", column);
  const sorted = columnOf(column);
  return (ascending === false ? sorted.desc() : sorted.asc()).order;
}
