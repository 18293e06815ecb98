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

interface Merged {
  field: Field;
  /** The file whose type the field has. */
  path: string;
}

/**
 * One schema for all files: columns by name, case ignored, in the order and spelling of their first file; all
 * nullable, as Spark reads files. Whole numbers and decimals of one scale widen; other differences throw
 * `CANNOT_MERGE_SCHEMAS`.
 */
export function mergeSchemas(files: readonly FileFacts[]): Field[] {
  const byName = new Map<string, Merged>();
  for (const file of files) {
    checkUnambiguous(file);
    for (const { name, type } of file.fields) {
      const known = byName.get(name.toLowerCase());
      if (known === undefined)
        byName.set(name.toLowerCase(), { field: field(name, asNullable(type)), path: file.path });
      else mergeInto(known, type, file.path);
    }
  }
  return [...byName.values()].map((merged) => merged.field);
}

function mergeInto(known: Merged, type: DataType, path: string): void {
  const { name, type: before } = known.field;
  const wide = widerType(before, type);
  if (wide === null) throw cannotMerge(name, known.path, before, path, type);
  if (wide === before) return;
  known.field = field(name, asNullable(wide));
  known.path = path;
}

const WHOLE = ["byte", "short", "int", "long"];

/** The wider of two types when every value of the other is a value of it, else null. */
export function widerType(a: DataType, b: DataType): DataType | null {
  if (sameType(a, b)) return a;
  if (a.kind === "decimal" && b.kind === "decimal" && a.scale === b.scale)
    return a.precision >= b.precision ? a : b;
  const rankA = WHOLE.indexOf(a.kind);
  const rankB = WHOLE.indexOf(b.kind);
  if (rankA < 0 || rankB < 0) return null;
  return rankA >= rankB ? a : b;
}

function checkUnambiguous(file: FileFacts): void {
  const names = file.fields.map(({ name }) => name.toLowerCase());
  const twice = names.find((name, i) => names.indexOf(name) < i);
  if (twice !== undefined)
    throw new AnalysisError({
      condition: "COLUMN_ALREADY_EXISTS",
      message: `The column \`${twice}\` already exists in \`${file.path}\`. Choose another name or rename the existing column.`,
      sqlState: "42711",
      details: { columnName: twice, path: file.path },
    });
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

function cannotMerge(
  column: string,
  firstPath: string,
  firstType: DataType,
  path: string,
  type: DataType,
): AnalysisError {
  const [first, other] = [simpleString(firstType), simpleString(type)];
  return new AnalysisError({
    condition: "CANNOT_MERGE_SCHEMAS",
    message: `Failed merging schemas: the column \`${column}\` is ${first} in \`${firstPath}\` and ${other} in \`${path}\`.`,
    sqlState: "42KD9",
    details: { column, firstPath, firstType: first, path, type: other },
  });
}
