import type { QueryResult } from "../../answer/query-result.ts";
import { renderTable } from "../../answer/render-table.ts";
import { printable } from "../printable.ts";

const SPARK_ESCAPES = new Set(["\n", "\r", "\t", "\f", "\b", "\u000B", "\u0007"]);

/** The table that Spark's `show` prints, uncut; control characters that it would let through are escaped. */
export function writeTable(result: QueryResult): string {
  const { schema, rowCount } = result;
  const rows = result.textRows().map((row) => row.map(escaped));
  return renderTable(schema.names.map(escaped), rows, rowCount, { truncate: false });
}

/** Characters that Spark escapes itself are left to the renderer. */
function escaped(text: string): string {
  return text.replace(/\p{Cc}/gu, (control) =>
    SPARK_ESCAPES.has(control) ? control : printable(control),
  );
}
