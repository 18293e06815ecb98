import { array, type DataType, type Field, field, map, struct } from "../../columnar/data-type.ts";
import type { NotedField } from "../../columnar/file-facts.ts";
import type { FileColumn } from "./file-schema.ts";

/** A file's column with the types that only Spark's note tells apart. */
export interface NotedColumn extends FileColumn {
  /** By leaf, where one is CHAR: its length. */
  readonly charLengths: readonly (number | null)[];
}

/** The file's columns, intervals where Spark noted them, and the lengths of CHAR. */
export function notedColumns(
  columns: readonly FileColumn[],
  noted: readonly NotedField[],
): NotedColumn[] {
  return columns.map((column) => {
    const own = column.field;
    const note = named(noted, own.name);
    if (note === undefined) return { ...column, charLengths: [] };
    const type = withIntervals(own.type, note.type);
    const lengths = note.charType === undefined ? [] : charLengths(note.charType);
    return {
      ...column,
      field: type === own.type ? own : field(own.name, type, own.nullable),
      charLengths: lengths.length === column.leaves.length ? lengths : [],
    };
  });
}

function named<F extends Field>(fields: readonly F[], name: string): F | undefined {
  return fields.find((f) => f.name.toLowerCase() === name.toLowerCase());
}

/** The file's own type, with intervals in place of the plain integers that store them. */
function withIntervals(own: DataType, noted: DataType): DataType {
  if (own.kind === "int" && noted.kind === "year_month_interval") return noted;
  if (own.kind === "long" && noted.kind === "day_time_interval") return noted;
  if (own.kind === "array" && noted.kind === "array")
    return array(withIntervals(own.element, noted.element), own.containsNull);
  if (own.kind === "map" && noted.kind === "map")
    return map(
      withIntervals(own.key, noted.key),
      withIntervals(own.value, noted.value),
      own.valueContainsNull,
    );
  if (own.kind !== "struct" || noted.kind !== "struct") return own;
  return struct(
    own.fields.map((f) => {
      const note = named(noted.fields, f.name);
      return note === undefined ? f : field(f.name, withIntervals(f.type, note.type), f.nullable);
    }),
  );
}

/** The types of a type's leaves, in order: what stands behind `<`, `,` or `:` and before `,`, `>` or the end. */
const LEAF = /(?<=^|[<,:])\s*(\w+(?:\([\d,\s]+\))?(?: \w+)*)(?=\s*(?:[>,]|$))/g;

function charLengths(type: string): (number | null)[] {
  return [...type.matchAll(LEAF)].map(([, leaf = ""]) => {
    const length = /^char\(\s*(\d+)\s*\)$/i.exec(leaf)?.[1];
    return length === undefined ? null : Number(length);
  });
}
