import { parseExpression } from "../../sql/parse.ts";
import { CaseColumn, Column, type Operand, type SortColumn } from "../column.ts";
import { type LiteralValue, literalOf } from "../literal-of.ts";
import { unresolvedCall } from "../unresolved.ts";
import {
  type ColumnOrName,
  call,
  callFunction,
  col,
  columnOf,
  type OneColumn,
  ofOneColumn,
  ofSomeColumns,
  type SomeColumns,
} from "./call-function.ts";

/** A constant; what each JavaScript value becomes is told at `LiteralValue`. A column stays itself. */
export function lit(value: LiteralValue | Column): Column {
  return value instanceof Column ? value : new Column(literalOf(value));
}

/**
 * An expression in SQL: `expr("price * (1 - discount)")`. Throws a `SqlSyntaxError`. Timestamp literals without a zone
 * are in `timeZone`, by default UTC; `filter` and `selectExpr` take that of their session.
 */
export function expr(sql: string, timeZone?: string): Column {
  return new Column(parseExpression(sql, timeZone === undefined ? {} : { timeZone }));
}

/** The first branch of a CASE. */
export function when(condition: Column, result: Operand): CaseColumn {
  return new CaseColumn([[condition, result]]);
}

const ascending = (column: ColumnOrName): SortColumn => columnOf(column).asc();
const descending = (column: ColumnOrName): SortColumn => columnOf(column).desc();
const not: OneColumn = (column) => columnOf(column).not();
const coalesce: SomeColumns = ofSomeColumns("coalesce");
const struct: SomeColumns = ofSomeColumns("struct");

/** Columns, constants, conditions and orders. */
export const BASIC_FUNCTIONS = {
  col,
  column: col,
  lit,
  expr,
  when,
  callFunction,
  call_function: callFunction,
  asc: ascending,
  desc: descending,
  asc_nulls_last: (column: ColumnOrName): SortColumn => columnOf(column).asc_nulls_last(),
  desc_nulls_first: (column: ColumnOrName): SortColumn => columnOf(column).desc_nulls_first(),
  not,
  coalesce,
  struct,
  isnull: ofOneColumn("isnull"),
  isnotnull: ofOneColumn("isnotnull"),
  isnan: ofOneColumn("isnan"),
  greatest: ofSomeColumns("greatest"),
  least: ofSomeColumns("least"),
  ifnull: (column: ColumnOrName, other: Operand): Column => call("ifnull", [column], [other]),
  nvl: (column: ColumnOrName, other: Operand): Column => call("nvl", [column], [other]),
  nvl2: (column: ColumnOrName, notNull: Operand, isNull: Operand): Column =>
    call("nvl2", [column], [notNull, isNull]),
  nullif: (column: ColumnOrName, other: Operand): Column => call("nullif", [column], [other]),
  nullifzero: ofOneColumn("nullifzero"),
  zeroifnull: ofOneColumn("zeroifnull"),
  equal_null: (column: ColumnOrName, other: Operand): Column =>
    call("equal_null", [column], [other]),
  nanvl: (column: ColumnOrName, other: Operand): Column => call("nanvl", [column], [other]),
  typeof: ofOneColumn("typeof"),
  hash: ofSomeColumns("hash"),
  xxhash64: ofSomeColumns("xxhash64"),
  current_date: (): Column => new Column(unresolvedCall("current_date", [])),
  current_timestamp: (): Column => new Column(unresolvedCall("current_timestamp", [])),
} as const;
