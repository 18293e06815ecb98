import { displayWidth } from "../../answer/display-width.ts";
import type { QueryResult } from "../../answer/query-result.ts";
import type { DataType } from "../../columnar/data-type.ts";
import { printable } from "../printable.ts";

const MIN_WIDTH = 3;
const NUMBERS = new Set<DataType["kind"]>([
  "byte",
  "short",
  "int",
  "long",
  "float",
  "double",
  "decimal",
]);

/** A Markdown table, numbers to the right. */
export function* writeMarkdown(result: QueryResult): Generator<string, void, void> {
  const { fields } = result.schema;
  const header = fields.map((field) => escapeCell(field.name));
  const rows = result.textRows().map((row) => row.map(escapeCell));
  const widths = header.map((name, i) =>
    rows.reduce(
      (widest, row) => Math.max(widest, displayWidth(row[i] ?? "")),
      Math.max(MIN_WIDTH, displayWidth(name)),
    ),
  );
  const right = fields.map((field) => NUMBERS.has(field.type.kind));
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((text, i) => pad(text, widths[i] ?? 0, right[i] ?? false)).join(" | ")} |\n`;
  yield line(header);
  yield line(
    widths.map((width, i) => (right[i] ? `${"-".repeat(width - 1)}:` : "-".repeat(width))),
  );
  for (const row of rows) yield line(row);
}

function pad(text: string, width: number, right: boolean): string {
  const fill = " ".repeat(Math.max(0, width - displayWidth(text)));
  return right ? fill + text : text + fill;
}

function escapeCell(text: string): string {
  return printable(text.replaceAll("\\", "\\\\").replaceAll("|", "\\|").replace(/\r?\n/g, "<br>"));
}
