import type { DataType } from "../../columnar/data-type.ts";
import type { LiteralJson } from "../../columnar/literal-json.ts";

/** Where a constant lies on its type's number line, rounded to a double; null for null and for types without one. */
export function literalNumber(type: DataType, value: LiteralJson): number | null {
  if (value === null) return null;
  switch (type.kind) {
    case "boolean":
      return value === true ? 1 : 0;
    case "byte":
    case "short":
    case "int":
    case "long":
    case "float":
    case "double":
    case "date":
    case "timestamp":
    case "timestamp_ntz":
    case "year_month_interval":
    case "day_time_interval": {
      const number = Number(value);
      return Number.isFinite(number) ? number : null;
    }
    case "decimal":
      return Number(value) / 10 ** type.scale;
    default:
      return null;
  }
}
