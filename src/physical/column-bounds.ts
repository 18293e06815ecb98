import type { DataType } from "../columnar/data-type.ts";
import type { FileFacts, RowGroupFacts } from "../columnar/file-facts.ts";
import type { LiteralJson } from "../columnar/literal-json.ts";
import { partitionLiteral } from "../columnar/partition-value.ts";
import type { Attribute } from "../plan/expression.ts";

/** What is known of a column's values in one row group; null members are unknown. */
export interface ColumnBounds {
  readonly min: LiteralJson;
  readonly max: LiteralJson;
  readonly nulls: number | null;
  readonly rows: number;
}

/** The bounds of a column in a row group; null where the footer says nothing that can be trusted. */
export function columnBounds(
  file: FileFacts,
  group: RowGroupFacts,
  attribute: Attribute,
  timeZone: string,
): ColumnBounds | null {
  if (Object.hasOwn(file.partitionValues, attribute.name)) {
    const text = file.partitionValues[attribute.name] ?? null;
    return partitionBounds(text, attribute.type, group.rows, timeZone);
  }
  const facts = group.columns[attribute.name];
  if (!facts) return null;
  return { min: facts.min, max: facts.max, nulls: facts.nulls, rows: group.rows };
}

function partitionBounds(
  text: string | null,
  type: DataType,
  rows: number,
  timeZone: string,
): ColumnBounds {
  if (text === null) return { min: null, max: null, nulls: rows, rows };
  const value = partitionLiteral(text, type, timeZone);
  return { min: value, max: value, nulls: 0, rows };
}
