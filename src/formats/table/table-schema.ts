import {
  array,
  type DataType,
  type Field,
  field,
  map,
  sameType,
  simpleString,
  struct,
} from "../../columnar/data-type.ts";
import type { FileFacts } from "../../columnar/file-facts.ts";
import { AnalysisError } from "../../common/errors.ts";

/**
 * The columns of one file as a table's: those that Spark noted in the footer, else the file's own; all nullable, as
 * Spark reads files. Throws `COLUMN_ALREADY_EXISTS`.
 */
export function schemaOf(file: FileFacts): Field[] {
  const fields = file.noted ?? file.fields;
  checkUnambiguous(file.path, fields);
  return fields.map(({ name, type }) => field(name, asNullable(type)));
}

/**
 * One schema for all files, as Spark merges them on request: columns by name, case ignored, in the order and spelling of
 * their first file, and so the fields of structs; decimals of one scale take the larger precision. Other differences
 * throw `CANNOT_MERGE_SCHEMAS`, and fields of structs that differ in case only `COLUMN_ALREADY_EXISTS`.
 */
export function mergeSchemas(files: readonly FileFacts[]): Field[] {
  const columns: Column[] = [];
  for (const file of files) {
    const known = new Map(columns.map((column, i) => [column.field.name.toLowerCase(), i]));
    for (const { name, type } of file.noted ?? file.fields) {
      const next = { field: field(name, asNullable(type)), path: file.path };
      const at = known.get(name.toLowerCase());
      if (at === undefined) columns.push(next);
      else columns[at] = mergedColumn(columns[at] ?? next, next);
    }
  }
  const fields = columns.map((column) => column.field);
  checkUnambiguous(columns.at(-1)?.path ?? "", fields);
  return fields;
}

function mergedColumn(known: Column, next: Column): Column {
  const merged = mergedType(known.field.type, next.field.type);
  if (merged === null) throw cannotMerge(next.field.name, known, next);
  return { field: field(known.field.name, merged), path: known.path };
}

/** Null where Spark does not merge the two. */
function mergedType(a: DataType, b: DataType): DataType | null {
  if (a.kind === "struct" && b.kind === "struct") {
    const fields = mergedFields(a.fields, b.fields);
    return fields === null ? null : struct(fields);
  }
  if (a.kind === "array" && b.kind === "array") {
    const element = mergedType(a.element, b.element);
    return element === null ? null : array(element, true);
  }
  if (a.kind === "map" && b.kind === "map") {
    const key = mergedType(a.key, b.key);
    const value = mergedType(a.value, b.value);
    return key === null || value === null ? null : map(key, value, true);
  }
  if (a.kind === "decimal" && b.kind === "decimal" && a.scale === b.scale)
    return a.precision >= b.precision ? a : b;
  return sameType(a, b) ? a : null;
}

/** Unlike columns, by their exact names. */
function mergedFields(a: readonly Field[], b: readonly Field[]): Field[] | null {
  const merged = new Map(a.map((f) => [f.name, f]));
  for (const next of b) {
    const known = merged.get(next.name);
    const type = known === undefined ? next.type : mergedType(known.type, next.type);
    if (type === null) return null;
    merged.set(next.name, field(next.name, type));
  }
  return [...merged.values()];
}

function checkUnambiguous(path: string, fields: readonly Field[]): void {
  const names = fields.map(({ name }) => name.toLowerCase());
  const seen = new Set<string>();
  for (const name of names) {
    if (seen.has(name)) throw ambiguous(path, name);
    seen.add(name);
  }
  for (const { type } of fields) checkNested(path, type);
}

function checkNested(path: string, type: DataType): void {
  if (type.kind === "struct") checkUnambiguous(path, type.fields);
  if (type.kind === "array") checkNested(path, type.element);
  if (type.kind === "map") for (const inner of [type.key, type.value]) checkNested(path, inner);
}

function asNullable(type: DataType): DataType {
  switch (type.kind) {
    case "array":
      return array(asNullable(type.element), true);
    case "map":
      return map(asNullable(type.key), asNullable(type.value), true);
    case "struct":
      return struct(type.fields.map((f) => field(f.name, asNullable(f.type), true)));
    default:
      return type;
  }
}

const ambiguous = (path: string, name: string): AnalysisError =>
  new AnalysisError({
    condition: "COLUMN_ALREADY_EXISTS",
    message: `The column \`${name}\` already exists in \`${path}\`. Choose another name or rename the existing column.`,
    sqlState: "42711",
    details: { columnName: name, path },
  });

interface Column {
  readonly field: Field;
  readonly path: string;
}

function cannotMerge(column: string, first: Column, other: Column): AnalysisError {
  const [type, otherType] = [simpleString(first.field.type), simpleString(other.field.type)];
  return new AnalysisError({
    condition: "CANNOT_MERGE_SCHEMAS",
    message: `Failed merging schemas: the column \`${column}\` is ${type} in \`${first.path}\` and ${otherType} in \`${other.path}\`.`,
    sqlState: "42KD9",
    details: {
      column,
      firstPath: first.path,
      firstType: type,
      path: other.path,
      type: otherType,
    },
  });
}
