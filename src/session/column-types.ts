import { AnalysisError } from "../common/errors.ts";
import { expectArgument, expectStrings, unexpectedArgument } from "../common/expect-argument.ts";
import type { ColumnTypeWork } from "../plan/by-column-type.ts";
import type { Literal } from "../plan/expression.ts";
import type { LogicalPlan } from "../plan/logical-plan.ts";
import { literalOf } from "./literal-of.ts";

/** A replacement for nulls: a number, string or boolean. */
export type FillValue = number | bigint | string | boolean;
/** Values to fill by column. */
export interface FillValues {
  readonly [column: string]: FillValue;
}
/** Values that `replace` looks for, with their replacements. */
export type Replaceable = FillValue | null;

const WANTED = "a number, a string or a boolean";
const node = (work: ColumnTypeWork, child: LogicalPlan): LogicalPlan =>
  Object.freeze({ kind: "byColumnType", work: Object.freeze(work), child });

/** The plan of `fillna`. */
export function fillNulls(
  value: FillValue | FillValues,
  columns: readonly string[] | undefined,
  child: LogicalPlan,
): LogicalPlan {
  if (typeof value !== "object")
    return node(
      {
        kind: "fillNulls",
        value: constant(value, "value"),
        columns: subset(columns, "columns"),
        values: [],
      },
      child,
    );
  const isMap = value !== null && !Array.isArray(value);
  expectArgument(isMap, "value", `${WANTED}, or an object of them by column`, value);
  const values = Object.entries(value).map(([column, of]) =>
    Object.freeze({ column, value: constant(of, `value.${column}`) }),
  );
  return node({ kind: "fillNulls", value: null, columns: null, values }, child);
}

/** The plan of `dropna`; a number is the least count of values that a row must have. */
export function dropNulls(
  how: "any" | "all" | number,
  columns: readonly string[] | undefined,
  child: LogicalPlan,
): LogicalPlan {
  const holds = how === "any" || how === "all" || Number.isInteger(how);
  expectArgument(holds, "how", '"any", "all", or a whole number', how);
  const minValues = how === "any" ? null : how === "all" ? 1 : how;
  return node({ kind: "dropNulls", minValues, columns: subset(columns, "columns") }, child);
}

/** The plan of `replace`. */
export function replaceValues(
  from: Replaceable | readonly Replaceable[] | ReadonlyMap<FillValue, Replaceable> | object,
  to: Replaceable | readonly Replaceable[] | undefined,
  columns: readonly string[] | undefined,
  child: LogicalPlan,
): LogicalPlan {
  const pairs = pairsOf(from, to).map(([old, value]) =>
    Object.freeze({
      from: constant(old as FillValue, "from"),
      to: value === null ? literalOf(null) : constant(value as FillValue, "to"),
    }),
  );
  const kinds = pairs.flatMap((pair) => [pair.from, pair.to].filter((of) => of.value !== null));
  if (new Set(kinds.map(kindOf)).size > 1)
    throw new AnalysisError({
      condition: "MIXED_TYPE_REPLACEMENT",
      message:
        "Mixed type replacements are not supported: all values must be numbers, strings or booleans; numbers to look for are given as an array or a Map, since the keys of an object are strings.",
      sqlState: "42K09",
    });
  return node({ kind: "replaceValues", pairs, columns: subset(columns, "columns") }, child);
}

/** The plan of `describe` and `summary`. */
export function summarizeColumns(
  statistics: readonly string[],
  columns: readonly string[] | null,
  child: LogicalPlan,
): LogicalPlan {
  return node({ kind: "summarize", statistics, columns }, child);
}

function pairsOf(from: unknown, to: unknown): readonly (readonly [unknown, unknown])[] {
  if (from instanceof Map) return [...from];
  if (Array.isArray(from)) {
    if (!Array.isArray(to)) return from.map((value) => [value, to]);
    const holds = from.length === to.length;
    expectArgument(holds, "to", `an array of ${from.length} values`, to);
    return from.map((value, i) => [value, to[i]]);
  }
  return typeof from === "object" && from !== null ? Object.entries(from) : [[from, to]];
}

function constant(value: FillValue, argument: string): Literal {
  if (!["number", "bigint", "string", "boolean"].includes(typeof value))
    throw unexpectedArgument(argument, WANTED, value);
  return literalOf(value);
}

const kindOf = ({ type }: Literal): string =>
  type.kind === "string" || type.kind === "boolean" ? type.kind : "number";

function subset(columns: readonly string[] | undefined, argument: string) {
  if (columns === undefined || columns === null) return null;
  return expectStrings(typeof columns === "string" ? [columns] : columns, argument);
}
