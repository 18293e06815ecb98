import { expectArgument, expectString } from "../../common/expect-argument.ts";
import { parseExpression } from "../../sql/parse.ts";
import { CaseColumn, Column, type Operand, type SortColumn } from "../column.ts";
import type { DataFrame } from "../data-frame.ts";
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
  expectString(sql, "sql");
  return new Column(parseExpression(sql, timeZone === undefined ? {} : { timeZone }));
}

/** The first branch of a CASE. */
export function when(condition: Column, result: Operand): CaseColumn {
  return new CaseColumn([[condition, result]]);
}

/** Says that a DataFrame is small: a join sends all of it to every task. */
function broadcast(frame: DataFrame): DataFrame {
  expectArgument(typeof frame?.hint === "function", "frame", "a DataFrame", frame);
  return frame.hint("broadcast");
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
  broadcast,
  /** SQL: `not true` → `false` */
  not,
  /** SQL: `coalesce(NULL, 1, 2.5)` → `1.0` */
  coalesce,
  struct,
  /** SQL: `isnull(1)` → `false` */
  isnull: ofOneColumn("isnull"),
  /** SQL: `isnotnull(1)` → `true` */
  isnotnull: ofOneColumn("isnotnull"),
  /** SQL: `isnan(NULL)` → `false` */
  isnan: ofOneColumn("isnan"),
  /** SQL: `greatest(10, 9, 2, 4, 3)` → `10` */
  greatest: ofSomeColumns("greatest"),
  /** SQL: `least(10, 9, 2, 4, 3)` → `2` */
  least: ofSomeColumns("least"),
  /** SQL: `ifnull(NULL, 2)` → `2` */
  ifnull: (column: ColumnOrName, other: Operand): Column => call("ifnull", [column], [other]),
  /** SQL: `nvl(NULL, 'a')` → `a` */
  nvl: (column: ColumnOrName, other: Operand): Column => call("nvl", [column], [other]),
  /** SQL: `nvl2(NULL, 2, 1)` → `1` */
  nvl2: (column: ColumnOrName, notNull: Operand, isNull: Operand): Column =>
    call("nvl2", [column], [notNull, isNull]),
  /** SQL: `nullif(2, 1)` → `2` */
  nullif: (column: ColumnOrName, other: Operand): Column => call("nullif", [column], [other]),
  /** SQL: `nullifzero(2)` → `2` */
  nullifzero: ofOneColumn("nullifzero"),
  /** SQL: `zeroifnull(2)` → `2` */
  zeroifnull: ofOneColumn("zeroifnull"),
  /** SQL: `equal_null(1, '11')` → `false` */
  equal_null: (column: ColumnOrName, other: Operand): Column =>
    call("equal_null", [column], [other]),
  /** SQL: `nanvl(cast('NaN' as double), 123)` → `123.0` */
  nanvl: (column: ColumnOrName, other: Operand): Column => call("nanvl", [column], [other]),
  /** SQL: `typeof(1)` → `int` */
  typeof: ofOneColumn("typeof"),
  /** SQL: `hash(NULL)` → `42` */
  hash: ofSomeColumns("hash"),
  /** SQL: `xxhash64('Spark', 1L)` → `-3786025766646407443` */
  xxhash64: ofSomeColumns("xxhash64"),
  current_date: (): Column => new Column(unresolvedCall("current_date", [])),
  current_timestamp: (): Column => new Column(unresolvedCall("current_timestamp", [])),
} as const;
