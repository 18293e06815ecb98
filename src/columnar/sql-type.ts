import { type DataType, simpleString } from "./data-type.ts";

/** `DECIMAL(10,2)`, `STRUCT<a: INT NOT NULL>`: a type as Spark's messages write it. */
export function sqlType(type: DataType): string {
  switch (type.kind) {
    case "array":
      return `ARRAY<${sqlType(type.element)}>`;
    case "map":
      return `MAP<${sqlType(type.key)}, ${sqlType(type.value)}>`;
    case "struct":
      return `STRUCT<${type.fields
        .map((f) => `${f.name}: ${sqlType(f.type)}${f.nullable ? "" : " NOT NULL"}`)
        .join(", ")}>`;
    default:
      return simpleString(type).toUpperCase();
  }
}
