import type { DataType } from "../../columnar/data-type.ts";
import type { ColumnFacts, FileFacts } from "../../columnar/file-facts.ts";
import { compareLiterals } from "../compare-literals.ts";
import type { Attribute } from "../expression.ts";
import type { Relation } from "../logical-plan.ts";
import type { ColumnEstimate } from "./column-estimate.ts";
import { distinctByDictionary } from "./distinct-by-dictionary.ts";
import { literalNumber } from "./literal-number.ts";
import { valueBytes } from "./value-bytes.ts";

const SORTED = 0.8;
const DISCRETE = new Set(["boolean", "byte", "short", "int", "long", "date"]);

/** What the footers of a relation's files say of one of its columns. */
export function relationColumn(relation: Relation, attribute: Attribute): ColumnEstimate {
  if (relation.partitionColumns.includes(attribute.name))
    return partitionColumn(relation.files, attribute);
  const facts = factsOf(relation.files, attribute.name);
  const rows = relation.files.reduce((sum, file) => sum + file.rows, 0);
  const min = bound(facts, attribute.type, "min");
  const max = bound(facts, attribute.type, "max");
  const nulls = facts.reduce((sum, column) => sum + (column.nulls ?? 0), 0);
  const distinct = Math.min(
    Math.max(1, rows - nulls),
    distinctInRange(attribute.type, min, max),
    distinctByDictionary(facts, boundBytes(facts), isSorted(facts, attribute.type)),
  );
  return {
    distinct: Math.max(1, distinct),
    domain: Math.max(1, domainOf(distinct, distinctInRange(attribute.type, min, max))),
    kept: 1,
    nullFraction: rows === 0 ? 0 : nulls / rows,
    min,
    max,
    bytes: valueBytes(attribute.type, payloadBytes(facts)),
  };
}

function factsOf(files: readonly FileFacts[], column: string): readonly ColumnFacts[] {
  return files.flatMap((file) =>
    file.rowGroups.flatMap((group) => {
      const facts = group.columns[column];
      return facts ? [facts] : [];
    }),
  );
}

function bound(facts: readonly ColumnFacts[], type: DataType, end: "min" | "max"): number | null {
  const numbers = facts.flatMap((column) => literalNumber(type, column[end]) ?? []);
  if (numbers.length === 0) return null;
  return numbers.reduce((a, b) => (end === "min" ? Math.min(a, b) : Math.max(a, b)));
}

function distinctInRange(type: DataType, min: number | null, max: number | null): number {
  if (min === null || max === null) return Number.POSITIVE_INFINITY;
  if (DISCRETE.has(type.kind)) return max - min + 1;
  if (type.kind === "decimal") return (max - min) * 10 ** type.scale + 1;
  return min === max ? 1 : Number.POSITIVE_INFINITY;
}

/** Keys may be sparse, but a column that has few of the values between its bounds has a choice of a larger domain. */
const SPARSE = 8;

function domainOf(distinct: number, inRange: number): number {
  return Number.isFinite(inRange) && distinct * SPARSE < inRange ? inRange : distinct;
}

/** True if the chunks hold hardly any values in common, one range of values after the other. */
function isSorted(facts: readonly ColumnFacts[], type: DataType): boolean {
  const apart = facts.filter((column, i) => {
    const before = facts[i - 1];
    if (!before) return false;
    const order = compareLiterals(type, before.max, column.min);
    return order !== null && order <= 0;
  });
  return facts.length > 1 && apart.length >= SORTED * (facts.length - 1);
}

/** Bytes of text a value: what plain chunks take, or else the lengths of the smallest and largest values. */
function payloadBytes(facts: readonly ColumnFacts[]): number | undefined {
  let bytes = 0;
  let values = 0;
  for (const { chunks } of facts)
    for (const chunk of chunks) {
      bytes += chunk.uncompressedBytes;
      values += chunk.values;
    }
  return values === 0 ? undefined : Math.max(bytes / values, boundBytes(facts));
}

/** Average length of the smallest and largest values as text. */
function boundBytes(facts: readonly ColumnFacts[]): number {
  const texts = facts.flatMap(({ min, max }) =>
    [min, max].filter((value) => typeof value === "string"),
  );
  return texts.reduce((sum, text) => sum + text.length, 0) / Math.max(1, texts.length);
}

function partitionColumn(files: readonly FileFacts[], attribute: Attribute): ColumnEstimate {
  const values = new Set<string>();
  let rows = 0;
  let nulls = 0;
  for (const file of files) {
    const value = file.partitionValues[attribute.name] ?? null;
    rows += file.rows;
    if (value === null) nulls += file.rows;
    else values.add(value);
  }
  const numbers = [...values].map(Number).filter(Number.isFinite);
  const numeric = numbers.length > 0 && literalNumber(attribute.type, "0") !== null;
  const ranged = numeric && attribute.type.kind !== "date";
  return {
    distinct: Math.max(1, values.size),
    domain: Math.max(1, values.size),
    kept: 1,
    nullFraction: rows === 0 ? 0 : nulls / rows,
    min: ranged ? Math.min(...numbers) : null,
    max: ranged ? Math.max(...numbers) : null,
    bytes: valueBytes(attribute.type),
  };
}
