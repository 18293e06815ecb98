import type { DataType } from "../../columnar/data-type.ts";
import { MICROS_PER_DAY } from "../../columnar/datetime/calendar.ts";
import type { LiteralJson } from "../../columnar/literal-json.ts";

const WHOLE: readonly DataType["kind"][] = ["byte", "short", "int", "long"];

/** A bound of a file's column as one of the type that it is read as; null where that is not known to hold. */
export function widenedBound(bound: LiteralJson, from: DataType, to: DataType): LiteralJson {
  if (bound === null) return null;
  switch (to.kind) {
    case "short":
    case "int":
      return isWhole(from) && WHOLE.indexOf(from.kind) < WHOLE.indexOf(to.kind) ? bound : null;
    case "long":
      return isWhole(from) ? String(bound) : null;
    case "double":
      return from.kind === "float" || (isWhole(from) && from.kind !== "long") ? bound : null;
    case "decimal":
      return decimalBound(bound, from, to.scale);
    case "timestamp":
      return from.kind === "timestamp_ntz" ? bound : null;
    case "timestamp_ntz":
      if (from.kind === "timestamp") return bound;
      return from.kind === "date" ? String(BigInt(Number(bound)) * MICROS_PER_DAY) : null;
    case "binary":
      return from.kind === "string" ? Buffer.from(String(bound)).toString("base64") : null;
    default:
      return null;
  }
}

const isWhole = (type: DataType): boolean => WHOLE.includes(type.kind);

function decimalBound(bound: LiteralJson, from: DataType, scale: number): LiteralJson {
  if (!isWhole(from) && from.kind !== "decimal") return null;
  const zeros = scale - (from.kind === "decimal" ? from.scale : 0);
  return zeros < 0 ? null : String(BigInt(String(bound)) * 10n ** BigInt(zeros));
}
