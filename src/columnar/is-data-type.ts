import { type DataType, type Field, type SimpleKind, simpleString } from "./data-type.ts";

/** True if a value of unknown origin is a data type, with all that it is made of. */
export function isDataType(value: unknown): value is DataType {
  if (typeof value !== "object" || value === null) return false;
  const type = value as DataType;
  switch (type.kind) {
    case "array":
      return isDataType(type.element);
    case "map":
      return isDataType(type.key) && isDataType(type.value);
    case "struct":
      return Array.isArray(type.fields) && type.fields.every(isField);
    case "decimal":
      return Number.isInteger(type.precision) && Number.isInteger(type.scale);
    case "year_month_interval":
    case "day_time_interval":
      return typeof type.start === "string" && typeof type.end === "string";
    default:
      return isSimpleKind(type.kind);
  }
}

/** True if a value of unknown origin is a field of a schema. */
export function isField(value: unknown): value is Field {
  if (typeof value !== "object" || value === null) return false;
  const { name, type, nullable } = value as Field;
  return typeof name === "string" && isDataType(type) && typeof nullable === "boolean";
}

const isSimpleKind = (kind: SimpleKind): boolean =>
  typeof kind === "string" && typeof simpleString({ kind }) === "string";
