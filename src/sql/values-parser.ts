import type { Expression } from "../plan/expression.ts";
import type { InlineTable, LogicalPlan } from "../plan/logical-plan.ts";
import { nameList, tableAlias } from "./names.ts";
import type { Parser } from "./parser.ts";
import { analysisFault } from "./sql-error.ts";

/** `VALUES row, …` with an alias if it has one; columns are `col1`, `col2`, … until the alias names them. */
export function parseInlineTable(p: Parser): LogicalPlan {
  const { position } = p.token;
  p.expect("VALUES");
  const rows = [parseRow(p)];
  const width = rows[0]?.length ?? 0;
  while (p.acceptSymbol(",")) {
    const row = parseRow(p);
    rows.push(row);
    if (row.length !== width)
      throw analysisFault(p.source, position, {
        condition: "INVALID_INLINE_TABLE.NUM_COLUMNS_MISMATCH",
        sqlState: "42000",
        message:
          "Invalid inline table. Inline table expected " +
          `${width} columns but found ${row.length} columns in row ${rows.length - 1}.`,
      });
  }
  const table: InlineTable = Object.freeze({
    kind: "inlineTable",
    columns: Object.freeze(Array.from({ length: width }, (_, i) => `col${i + 1}`)),
    rows: Object.freeze(rows),
    position,
  });
  const alias = tableAlias(p);
  if (alias === null) return table;
  const columns = Object.freeze(p.isSymbol("(") ? [...nameList(p)] : []);
  return Object.freeze({ kind: "subqueryAlias", alias, columns, child: table });
}

function parseRow(p: Parser): readonly Expression[] {
  const value = p.grammar.expression(p);
  const isRow = value.kind === "unresolvedCall" && value.name.toLowerCase() === "struct";
  return isRow ? value.args : Object.freeze([value]);
}
