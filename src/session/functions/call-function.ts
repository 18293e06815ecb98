import { expectString, unexpectedArgument } from "../../common/expect-argument.ts";
import { nameParts } from "../../query/name-parts.ts";
import { Column, expressionOf, type Operand } from "../column.ts";
import { unresolvedAttribute, unresolvedCall, unresolvedStar } from "../unresolved.ts";

/** What the functions take as their input: a column, or the name of one. */
export type ColumnOrName = Column | string;

/** A column by name. `t.a` is column a of t or field a of t; `` `t.a` `` is a column with a point in its name; `*` all. */
export function col(name: string): Column {
  expectString(name, "name");
  if (name === "*") return new Column(unresolvedStar());
  if (name.endsWith(".*")) return new Column(unresolvedStar(nameParts(name.slice(0, -2))));
  return new Column(unresolvedAttribute(nameParts(name)));
}

/** The column, or the column of that name. */
export function columnOf(column: ColumnOrName): Column {
  if (typeof column === "string") return col(column);
  if (column instanceof Column) return column;
  const hint = isConstant(column) ? "; write lit(…) for a constant" : "";
  throw unexpectedArgument("column", `a Column or the name of one${hint}`, column);
}

const isConstant = (value: unknown): boolean =>
  ["number", "bigint", "boolean"].includes(typeof value) || value === null;

/** Calls any builtin by its SQL name. Strings are names of columns; write `lit("text")` for text. */
export function callFunction(name: string, ...args: readonly ColumnOrName[]): Column {
  return call(expectString(name, "name"), args);
}

/** A call of a builtin: `inputs` by name or column, then `constants` as they are. */
export function call(
  name: string,
  inputs: readonly ColumnOrName[],
  constants: readonly Operand[] = [],
  options: { readonly distinct?: boolean; readonly ignoreNulls?: boolean } = {},
): Column {
  const args = [
    ...inputs.map((input) => columnOf(input).expression),
    ...constants.map((constant) => expressionOf(constant, "argument")),
  ];
  return new Column(unresolvedCall(name, args, options));
}

/** A function of one column. */
export type OneColumn = (column: ColumnOrName) => Column;

/** Makes the function of one column that calls a builtin. */
export const ofOneColumn =
  (name: string): OneColumn =>
  (column) =>
    call(name, [column]);

/** A function of any number of columns. */
export type SomeColumns = (...columns: readonly ColumnOrName[]) => Column;

/** Makes the function of any number of columns that calls a builtin. */
export const ofSomeColumns =
  (name: string): SomeColumns =>
  (...columns) =>
    call(name, columns);
