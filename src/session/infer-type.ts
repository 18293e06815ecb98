import { Decimal } from "../answer/decimal.ts";
import { Timestamp } from "../answer/timestamp.ts";
import {
  array,
  BINARY,
  BOOLEAN,
  type DataType,
  DOUBLE,
  decimal,
  type Field,
  field,
  INT,
  LONG,
  map,
  NULL,
  STRING,
  sameType,
  simpleString,
  struct,
  TIMESTAMP,
} from "../columnar/data-type.ts";
import { AnalysisError } from "../common/errors.ts";

const INT_LIMIT = 2 ** 31;
const MAX_PRECISION = 38;

/**
 * The columns of rows that are objects, in the order in which their names are first met; of arrays `_1`, `_2` …
 * A column's type is the narrowest that holds all its values: whole numbers are int where all fit, else double;
 * bigints are bigint. Throws an `AnalysisError` where two values have nothing in common or all are null.
 */
export function inferFields(
  rows: readonly unknown[],
  names: readonly string[] | null,
): readonly Field[] {
  const types = new Map<string, DataType>(names?.map((name) => [name, NULL] as const));
  for (const row of rows) {
    for (const [name, value] of entriesOf(row, names)) {
      const known = types.get(name) ?? NULL;
      types.set(name, widest(known, typeOfValue(value, name), name));
    }
  }
  return [...types].map(([name, type]) => {
    if (type.kind === "null") throw cannotDetermine(name);
    return field(name, type, true);
  });
}

function entriesOf(
  row: unknown,
  names: readonly string[] | null,
): readonly (readonly [string, unknown])[] {
  if (Array.isArray(row)) return row.map((value, i) => [names?.[i] ?? `_${i + 1}`, value] as const);
  if (typeof row === "object" && row !== null) return Object.entries(row);
  throw new AnalysisError({
    condition: "CANNOT_INFER_SCHEMA_FOR_TYPE",
    message: `A row must be an object or an array, but was ${String(row)}`,
    sqlState: "42K09",
  });
}

function typeOfValue(value: unknown, path: string): DataType {
  switch (typeof value) {
    case "undefined":
      return NULL;
    case "boolean":
      return BOOLEAN;
    case "bigint":
      return LONG;
    case "string":
      return STRING;
    case "number":
      return Number.isInteger(value) && value >= -INT_LIMIT && value < INT_LIMIT ? INT : DOUBLE;
    default:
      return value === null ? NULL : typeOfObject(value as object, path);
  }
}

function typeOfObject(value: object, path: string): DataType {
  if (value instanceof Decimal) return decimal(value.precision, value.scale);
  if (value instanceof Timestamp || value instanceof Date) return TIMESTAMP;
  if (value instanceof Uint8Array) return BINARY;
  if (Array.isArray(value)) return array(commonType(value, `${path}[]`));
  if (value instanceof Map)
    return map(
      commonType([...value.keys()], `${path}.key`),
      commonType([...value.values()], `${path}.value`),
    );
  if (typeof value === "function") throw cannotDetermine(path);
  return struct(
    Object.entries(value).map(([name, inner]) =>
      field(name, typeOfValue(inner, `${path}.${name}`)),
    ),
  );
}

function commonType(values: readonly unknown[], path: string): DataType {
  return values.reduce<DataType>(
    (type, value) => widest(type, typeOfValue(value, path), path),
    NULL,
  );
}

function widest(a: DataType, b: DataType, path: string): DataType {
  if (a.kind === "null" || sameType(a, b)) return b.kind === "null" ? a : b;
  if (b.kind === "null") return a;
  const merged = mergeNumbers(a, b) ?? mergeNested(a, b, path);
  if (merged !== null) return merged;
  throw new AnalysisError({
    condition: "CANNOT_MERGE_TYPE",
    message: `Column \`${path}\` has values of type ${simpleString(a)} and of type ${simpleString(b)}; give a schema or make them the same`,
    sqlState: "42825",
    details: { column: path, types: [simpleString(a), simpleString(b)] },
  });
}

function mergeNumbers(a: DataType, b: DataType): DataType | null {
  if (a.kind === "decimal" && b.kind === "decimal") {
    const scale = Math.max(a.scale, b.scale);
    const whole = Math.max(a.precision - a.scale, b.precision - b.scale);
    return whole + scale > MAX_PRECISION ? null : decimal(whole + scale, scale);
  }
  const kinds = new Set([a.kind, b.kind]);
  if (kinds.has("int") && kinds.has("double")) return DOUBLE;
  return kinds.has("int") && kinds.has("long") ? LONG : null;
}

function mergeNested(a: DataType, b: DataType, path: string): DataType | null {
  if (a.kind === "array" && b.kind === "array")
    return array(widest(a.element, b.element, `${path}[]`));
  if (a.kind === "map" && b.kind === "map")
    return map(widest(a.key, b.key, `${path}.key`), widest(a.value, b.value, `${path}.value`));
  if (a.kind !== "struct" || b.kind !== "struct") return null;
  const types = new Map(a.fields.map((f) => [f.name, f.type]));
  for (const { name, type } of b.fields)
    types.set(name, widest(types.get(name) ?? NULL, type, `${path}.${name}`));
  return struct([...types].map(([name, type]) => field(name, type)));
}

function cannotDetermine(name: string): AnalysisError {
  return new AnalysisError({
    condition: "CANNOT_DETERMINE_TYPE",
    message: `The type of column \`${name}\` cannot be told from its values; give a schema`,
    sqlState: "42K09",
    details: { column: name },
  });
}
