import type { Expression } from "../plan/expression.ts";
import type { InlineTable, LogicalPlan } from "../plan/logical-plan.ts";
import type { Position } from "../plan/position.ts";
import { nameList, tableAlias } from "./names.ts";
import type { Parser } from "./parser.ts";
import { analysisFault } from "./sql-error.ts";

/** `VALUES row, …` with an alias if it has one; its columns are `col1`, `col2`, … if the alias names none. */
export function parseInlineTable(p: Parser): LogicalPlan {
  const { position } = p.token;
  p.expect("VALUES");
  const rows = [parseRow(p)];
  while (p.acceptSymbol(",")) rows.push(parseRow(p));
  const alias = tableAlias(p);
  const named = alias !== null && p.isSymbol("(") ? nameList(p) : null;
  const columns = named ?? rows[0]?.map((_, i) => `col${i + 1}`) ?? [];
  refuseRaggedRows(p, position, columns.length, rows);
  const child: InlineTable = Object.freeze({
    kind: "inlineTable",
    columns: Object.freeze([...columns]),
    rows: Object.freeze(rows),
    position,
  });
  if (alias === null) return child;
  return Object.freeze({
    kind: "subqueryAlias",
    alias,
    columns: Object.freeze([]),
    child,
    position,
  });
}

function refuseRaggedRows(
  p: Parser,
  position: Position,
  width: number,
  rows: readonly (readonly Expression[])[],
): void {
  const index = rows.findIndex((row) => row.length !== width);
  if (index < 0) return;
  throw analysisFault(p.source, position, {
    condition: "INVALID_INLINE_TABLE.NUM_COLUMNS_MISMATCH",
    sqlState: "42000",
    message:
      `Invalid inline table. Inline table expected ${width} columns but found ` +
      `${rows[index]?.length ?? 0} columns in row ${index}.`,
  });
}

function parseRow(p: Parser): readonly Expression[] {
  const value = p.grammar.expression(p);
  const isRow = value.kind === "unresolvedCall" && value.name.toLowerCase() === "struct";
  return isRow ? value.args : Object.freeze([value]);
}
