import { displayWidth } from "./display-width.ts";

/** How `show` prints. */
export interface ShowOptions {
  /** Cells longer than this are cut; `true` is 20, `false` and 0 cut nothing and align left. Default `true`. */
  readonly truncate?: number | boolean;
  /** One line a value. */
  readonly vertical?: boolean;
}

const DEFAULT_TRUNCATE = 20;
const MIN_WIDTH = 3;
const ELLIPSIS = "...";
const ESCAPES: { readonly [character: string]: string } = {
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
  "\f": "\\f",
  "\b": "\\b",
  "\u000B": "\\v",
  "\u0007": "\\a",
};

/**
 * The text that Spark's `show` prints, without the newline that its `println` adds. `rows` holds one row more than
 * `limit` where there is more to show.
 */
export function renderTable(
  names: readonly string[],
  rows: readonly (readonly string[])[],
  limit: number,
  options: ShowOptions = {},
): string {
  const cut = cutAt(options.truncate ?? true);
  const header = names.map(escapeCell);
  const cells = rows
    .slice(0, limit)
    .map((row) => row.map((cell) => truncated(escapeCell(cell), cut)));
  const body = options.vertical ? vertical(header, cells) : horizontal(header, cells, cut > 0);
  if (rows.length > limit)
    return `${body}only showing top ${limit} ${limit === 1 ? "row" : "rows"}`;
  return options.vertical && rows.length === 0 ? body.trimEnd() : body;
}

function horizontal(
  header: readonly string[],
  cells: readonly (readonly string[])[],
  alignRight: boolean,
): string {
  const widths = header.map((name, column) =>
    Math.max(
      MIN_WIDTH,
      displayWidth(name),
      ...maxima(cells.map((row) => displayWidth(row[column] ?? ""))),
    ),
  );
  const rule = `+${widths.map((width) => "-".repeat(width)).join("+")}+\n`;
  const line = (row: readonly string[]): string =>
    `|${row.map((cell, i) => pad(cell, widths[i] ?? 0, alignRight)).join("|")}|\n`;
  return rule + line(header) + rule + cells.map(line).join("") + rule;
}

function vertical(header: readonly string[], cells: readonly (readonly string[])[]): string {
  if (cells.length === 0) return "(0 rows)\n";
  const nameWidth = Math.max(MIN_WIDTH, ...header.map(displayWidth));
  const valueWidth = Math.max(MIN_WIDTH, ...maxima(cells.flatMap((row) => row.map(displayWidth))));
  return cells
    .map((row, index) => {
      const head = `-RECORD ${index}`.padEnd(nameWidth + valueWidth + 5, "-");
      const lines = row.map(
        (cell, i) =>
          ` ${pad(header[i] ?? "", nameWidth, false)} | ${pad(cell, valueWidth, false)} \n`,
      );
      return `${head}\n${lines.join("")}`;
    })
    .join("");
}

/** The greatest of many numbers, as a list of one or none: a spread of millions would overflow the stack. */
function maxima(values: readonly number[]): readonly number[] {
  return values.length === 0 ? [] : [values.reduce((a, b) => Math.max(a, b))];
}

function cutAt(truncate: number | boolean): number {
  return truncate === true ? DEFAULT_TRUNCATE : Number(truncate);
}

function truncated(cell: string, cut: number): string {
  if (cut <= 0 || cell.length <= cut) return cell;
  return cut < 4 ? cell.slice(0, cut) : cell.slice(0, cut - ELLIPSIS.length) + ELLIPSIS;
}

function pad(text: string, width: number, right: boolean): string {
  const fill = " ".repeat(Math.max(0, width - displayWidth(text)));
  return right ? fill + text : text + fill;
}

function escapeCell(text: string): string {
  return text.replace(/\p{Cc}/gu, (character) => ESCAPES[character] ?? character);
}
