import type { QueryResult } from "./query-result.ts";
import { renderTable, type ShowOptions } from "./render-table.ts";

/** What `show` prints of a result that holds one row more than `rows` where there is more. */
export function showText(result: QueryResult, rows: number, options: ShowOptions = {}): string {
  return renderTable(result.schema.names, result.textRows(rows + 1), rows, options);
}
