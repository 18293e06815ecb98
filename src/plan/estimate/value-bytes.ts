import type { DataType } from "../../columnar/data-type.ts";

const TYPICAL_TEXT_BYTES = 20;
const TYPICAL_NESTED_BYTES = 64;
const REFERENCE_BYTES = 8;

/** Bytes that one value of a type takes in memory, its text or elements included where their length is known. */
export function valueBytes(type: DataType, payloadBytes?: number): number {
  switch (type.kind) {
    case "null":
    case "boolean":
    case "byte":
      return 1;
    case "short":
      return 2;
    case "int":
    case "date":
    case "float":
    case "year_month_interval":
      return 4;
    case "decimal":
      return type.precision <= 18 ? 8 : 16;
    case "string":
    case "binary":
      return REFERENCE_BYTES + (payloadBytes ?? TYPICAL_TEXT_BYTES);
    case "array":
    case "map":
    case "struct":
      return REFERENCE_BYTES + (payloadBytes ?? TYPICAL_NESTED_BYTES);
    default:
      return 8;
  }
}
