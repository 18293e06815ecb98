import type { DataType } from "../columnar/data-type.ts";
import { sameType } from "../columnar/data-type.ts";
import type { FileFacts, RowGroupFacts } from "../columnar/file-facts.ts";
import type { LiteralJson } from "../columnar/literal-json.ts";
import type { Attribute } from "../plan/expression.ts";

/** What is known of a column's values in one row group; null members are unknown. */
export interface ColumnBounds {
  readonly min: LiteralJson;
  readonly max: LiteralJson;
  readonly nulls: number | null;
  readonly rows: number;
}

const NAMED_NULL = "__HIVE_DEFAULT_PARTITION__";

/** The bounds of a column in a row group; null where the footer says nothing that can be trusted. */
export function columnBounds(
  file: FileFacts,
  group: RowGroupFacts,
  attribute: Attribute,
): ColumnBounds | null {
  if (Object.hasOwn(file.partitionValues, attribute.name))
    return partitionBounds(
      file.partitionValues[attribute.name] ?? null,
      attribute.type,
      group.rows,
    );
  const facts = group.columns[attribute.name];
  const field = file.fields.find((f) => f.name === attribute.name);
  if (!facts || !field || !sameType(field.type, attribute.type)) return null;
  return { min: facts.min, max: facts.max, nulls: facts.nulls, rows: group.rows };
}

function partitionBounds(text: string | null, type: DataType, rows: number): ColumnBounds | null {
  if (text === null || text === NAMED_NULL) return { min: null, max: null, nulls: rows, rows };
  const value = partitionValue(text, type);
  return value === null ? null : { min: value, max: value, nulls: 0, rows };
}

function partitionValue(text: string, type: DataType): LiteralJson {
  switch (type.kind) {
    case "string":
      return text;
    case "byte":
    case "short":
    case "int":
      return /^[+-]?\d+$/.test(text) ? Number(text) : null;
    case "long":
      return /^-?\d+$/.test(text) ? text : null;
    case "date": {
      const days = /^\d{4}-\d\d-\d\d$/.test(text)
        ? Date.parse(`${text}T00:00:00Z`) / 86_400_000
        : Number.NaN;
      return Number.isInteger(days) ? days : null;
    }
    default:
      return null;
  }
}
