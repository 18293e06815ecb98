import type { DataType, Field } from "../columnar/data-type.ts";
import { simpleString } from "../columnar/data-type.ts";

const TYPE_NAMES: { readonly [kind in DataType["kind"]]?: string } = {
  byte: "byte",
  short: "short",
  int: "integer",
  long: "long",
  array: "array",
  map: "map",
  struct: "struct",
};

/** A schema as Spark's `printSchema` prints it, with a newline at the end of each line. */
export function treeString(fields: readonly Field[]): string {
  return ["root\n", ...fields.map((field) => fieldLines(field, " |"))].join("");
}

function fieldLines(field: Field, prefix: string): string {
  const { name, type, nullable } = field;
  return `${prefix}-- ${name}: ${typeName(type)} (nullable = ${nullable})\n${childLines(type, prefix)}`;
}

function childLines(type: DataType, prefix: string): string {
  const inner = `${prefix}    |`;
  switch (type.kind) {
    case "struct":
      return type.fields.map((field) => fieldLines(field, inner)).join("");
    case "array":
      return (
        `${inner}-- element: ${typeName(type.element)} (containsNull = ${type.containsNull})\n` +
        childLines(type.element, inner)
      );
    case "map":
      return (
        `${inner}-- key: ${typeName(type.key)}\n${childLines(type.key, inner)}` +
        `${inner}-- value: ${typeName(type.value)} (valueContainsNull = ${type.valueContainsNull})\n` +
        childLines(type.value, inner)
      );
    default:
      return "";
  }
}

const typeName = (type: DataType): string => TYPE_NAMES[type.kind] ?? simpleString(type);
