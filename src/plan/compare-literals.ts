import type { DataType } from "../columnar/data-type.ts";
import type { LiteralJson } from "../columnar/literal-json.ts";
import { encodeText } from "../columnar/text-bytes.ts";

/**
 * Orders two constants of one type as Spark does (NaN last, text by its bytes): negative, 0 or positive;
 * null where either is null or the type has no order here.
 */
export function compareLiterals(type: DataType, a: LiteralJson, b: LiteralJson): number | null {
  if (a === null || b === null) return null;
  switch (type.kind) {
    case "boolean":
    case "byte":
    case "short":
    case "int":
    case "date":
    case "year_month_interval":
      return Number(a) - Number(b);
    case "long":
    case "timestamp":
    case "timestamp_ntz":
    case "day_time_interval":
    case "decimal":
      return order(BigInt(String(a)), BigInt(String(b)));
    case "float":
    case "double":
      return compareDoubles(Number(a), Number(b));
    case "string":
      return Buffer.compare(encodeText(String(a)), encodeText(String(b)));
    default:
      return null;
  }
}

function compareDoubles(a: number, b: number): number {
  if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(a)) - Number(Number.isNaN(b));
  return order(a, b);
}

function order<T extends bigint | number>(a: T, b: T): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
