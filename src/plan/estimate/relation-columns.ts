import type { DataType } from "../../columnar/data-type.ts";
import type { ColumnFacts, FileFacts } from "../../columnar/file-facts.ts";
import type { LiteralJson } from "../../columnar/literal-json.ts";
import type { Attribute } from "../expression.ts";
import type { Relation } from "../logical-plan.ts";
import type { ColumnEstimate } from "./column-estimate.ts";
import { literalNumber } from "./literal-number.ts";
import { valueBytes } from "./value-bytes.ts";

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
    distinctByCodes(facts),
  );
  return {
    distinct: Math.max(1, distinct),
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

/**
 * A chunk that is dictionary-coded throughout spends about log2(distinct) bits a value, run-lengths aside: so many
 * bits serve three quarters of their codes on average. Chunks that fell back to plain values say nothing.
 */
function distinctByCodes(facts: readonly ColumnFacts[]): number {
  let largest = 0;
  for (const column of facts) {
    const chunk = column.chunks[0];
    if (!chunk || column.chunks.length > 1) return Number.POSITIVE_INFINITY;
    if (chunk.values === 0) continue;
    if (!chunk.encodings.some((e) => e.endsWith("_DICTIONARY"))) return Number.POSITIVE_INFINITY;
    const bits = Math.max(1, Math.round((chunk.uncompressedBytes * 8) / chunk.values));
    if (bits > 16) return Number.POSITIVE_INFINITY;
    largest = Math.max(largest, Math.ceil(0.75 * 2 ** bits));
  }
  return largest === 0 ? Number.POSITIVE_INFINITY : largest;
}

/** Bytes of text a value, by the lengths of the smallest and largest values and by what plain chunks take. */
function payloadBytes(facts: readonly ColumnFacts[]): number | undefined {
  let bytes = 0;
  let values = 0;
  let lengths = 0;
  let bounds = 0;
  for (const column of facts) {
    for (const chunk of column.chunks) {
      bytes += chunk.uncompressedBytes;
      values += chunk.values;
    }
    for (const value of [column.min, column.max]) {
      if (typeof value !== "string") continue;
      lengths += textLength(value);
      bounds++;
    }
  }
  if (values === 0) return undefined;
  const typical = bounds === 0 ? 0 : lengths / bounds;
  return Math.max(bytes / values, typical);
}

const textLength = (value: LiteralJson): number => (typeof value === "string" ? value.length : 0);

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
    nullFraction: rows === 0 ? 0 : nulls / rows,
    min: ranged ? Math.min(...numbers) : null,
    max: ranged ? Math.max(...numbers) : null,
    bytes: valueBytes(attribute.type),
  };
}
