import type { FileFacts, RowGroupFacts } from "../columnar/file-facts.ts";
import { encodeText } from "../columnar/text-bytes.ts";
import { isFloating } from "../columnar/type-class.ts";
import { type ColumnComparison, columnComparison } from "../plan/column-comparison.ts";
import { compareLiterals } from "../plan/compare-literals.ts";
import { flattenCalls } from "../plan/conjuncts.ts";
import type { Attribute, Call, Expression } from "../plan/expression.ts";
import { TRUE } from "../plan/literal.ts";
import { type ColumnBounds, columnBounds } from "./column-bounds.ts";

/** Row groups that may hold rows that pass. */
export interface PrunedFiles {
  /** Files with the row groups left in them; files with none are gone. */
  readonly files: readonly FileFacts[];
  readonly prunedRowGroups: number;
}

/** Leaves out the row groups in which, by their statistics, no row can pass all of the filters. */
export function pruneRowGroups(
  files: readonly FileFacts[],
  filters: readonly Expression[],
  timeZone: string,
): PrunedFiles {
  let pruned = 0;
  const left = files.flatMap((file) => {
    const groups = file.rowGroups.filter((group) => {
      const bounds: BoundsOf = (attribute) => columnBounds(file, group, attribute, timeZone);
      return group.rows > 0 && filters.every((filter) => mayHold(filter, bounds));
    });
    pruned += countRows(file.rowGroups) - countRows(groups);
    if (groups.length === 0) return [];
    return groups.length === file.rowGroups.length ? [file] : [{ ...file, rowGroups: groups }];
  });
  return { files: left, prunedRowGroups: pruned };
}

type BoundsOf = (attribute: Attribute) => ColumnBounds | null;

const countRows = (groups: readonly RowGroupFacts[]): number =>
  groups.filter((group) => group.rows > 0).length;

/** False only where the condition is false or null for every row within the bounds. */
function mayHold(condition: Expression, bounds: BoundsOf): boolean {
  if (condition.kind === "literal") return condition.value === true;
  if (condition.kind === "attribute")
    return mayCompare({ column: condition, operator: "=", literal: TRUE }, bounds);
  if (condition.kind !== "call") return true;
  switch (condition.name) {
    case "and":
      return flattenCalls("and", condition).every((c) => mayHold(c, bounds));
    case "or":
      return flattenCalls("or", condition).some((c) => mayHold(c, bounds));
    case "isnull":
      return nullTest(condition, bounds, (b) => b.nulls !== 0);
    case "isnotnull":
      return nullTest(condition, bounds, (b) => b.nulls !== b.rows);
    case "in":
      return inMayHold(condition, bounds);
    case "startswith":
      return prefixMayHold(condition, bounds);
    default: {
      const comparison = columnComparison(condition);
      return comparison === null || mayCompare(comparison, bounds);
    }
  }
}

function nullTest(
  call: Call,
  bounds: BoundsOf,
  possible: (bounds: ColumnBounds) => boolean,
): boolean {
  const [arg] = call.args;
  const known = arg?.kind === "attribute" ? bounds(arg) : null;
  return known === null || known.nulls === null || possible(known);
}

function inMayHold(call: Call, bounds: BoundsOf): boolean {
  const [column, ...list] = call.args;
  if (column?.kind !== "attribute") return true;
  return list.some(
    (item) =>
      item.kind !== "literal" || mayCompare({ column, operator: "=", literal: item }, bounds),
  );
}

/** Texts that start with `prefix` lie between it and the last text that does. */
function prefixMayHold(call: Call, bounds: BoundsOf): boolean {
  const [column, prefix] = call.args;
  if (column?.kind !== "attribute" || prefix?.kind !== "literal") return true;
  if (typeof prefix.value !== "string") return true;
  const known = bounds(column);
  if (known === null || typeof known.min !== "string" || typeof known.max !== "string") return true;
  const start = encodeText(prefix.value);
  const min = encodeText(known.min).subarray(0, start.length);
  const max = encodeText(known.max).subarray(0, start.length);
  return Buffer.compare(min, start) <= 0 && Buffer.compare(max, start) >= 0;
}

function mayCompare(comparison: ColumnComparison, bounds: BoundsOf): boolean {
  const { column, operator, literal } = comparison;
  const known = bounds(column);
  if (known === null) return true;
  if (literal.value === null) return operator === "<=>" && known.nulls !== 0;
  if (known.nulls !== null && known.nulls === known.rows) return false;
  if (known.min === "NaN" || known.max === "NaN") return true;
  const toMin = compareLiterals(column.type, known.min, literal.value);
  const toMax = compareLiterals(column.type, known.max, literal.value);
  // Statistics of floating-point columns leave NaN out, which is greater than any number.
  const nan = isFloating(column.type);
  switch (operator) {
    case "=":
    case "<=>":
      if (nan && literal.value === "NaN") return true;
      return (toMin === null || toMin <= 0) && (toMax === null || toMax >= 0);
    case "<":
      return toMin === null || toMin < 0 || (nan && literal.value === "NaN");
    case "<=":
      return toMin === null || toMin <= 0 || (nan && literal.value === "NaN");
    case ">":
      return nan || toMax === null || toMax > 0;
    case ">=":
      return nan || toMax === null || toMax >= 0;
  }
}
