import { type DataType, sameType } from "../../columnar/data-type.ts";
import { isDatetime, isIntegral, isInterval, isNumeric } from "../../columnar/type-class.ts";
import type { CallFacts, ScalarKernel } from "../builtin.ts";
import type { CastMode } from "./cast-facts.ts";
import { emittedCast } from "./emitted-cast.ts";
import { valueCast } from "./value-cast.ts";

/** How a cast is computed. */
export interface CastKernel {
  readonly kernel: ScalarKernel;
  /** True if the result can be null although the value is not. */
  readonly nullable: boolean;
}

/** How a cast that `canCast` allows is computed; `facts` holds the session's time zone. */
export function castKernel(
  from: DataType,
  to: DataType,
  mode: CastMode,
  facts: CallFacts,
): CastKernel {
  const cast = { from, to, mode, timeZone: facts.timeZone };
  const emitted = emittedCast(cast);
  if (emitted) return { kernel: { kind: "emit", emit: emitted.emit }, nullable: emitted.nullable };
  return { kernel: { kind: "row", prepare: () => valueCast(cast) }, nullable: mode !== "ansi" };
}

/** True if Spark lets a type be cast to another at all; what values then fit is another matter. */
export function canCast(from: DataType, to: DataType, ansi: boolean): boolean {
  if (sameType(from, to) || from.kind === "null" || to.kind === "string") return true;
  switch (to.kind) {
    case "boolean":
      return isNumeric(from) || from.kind === "string" || (!ansi && isDay(from));
    case "byte":
    case "short":
    case "int":
    case "long":
    case "float":
    case "double":
    case "decimal":
      return toNumber(from, to, ansi);
    case "binary":
      return from.kind === "string" || (!ansi && isIntegral(from));
    case "date":
      return from.kind === "string" || isDatetime(from);
    case "timestamp":
      return toTimestamp(from, ansi);
    case "timestamp_ntz":
      return from.kind === "string" || isDatetime(from);
    case "year_month_interval":
    case "day_time_interval":
      return toInterval(from, to);
    default:
      return nested(from, to, ansi);
  }
}

function isDay(type: DataType): boolean {
  return type.kind === "date" || type.kind === "timestamp";
}

function toNumber(from: DataType, to: DataType, ansi: boolean): boolean {
  if (isNumeric(from) || ["boolean", "string", "timestamp"].includes(from.kind)) return true;
  if (isInterval(from)) return isIntegral(to) || to.kind === "decimal";
  return !ansi && from.kind === "date";
}

function toTimestamp(from: DataType, ansi: boolean): boolean {
  if (from.kind === "string" || isDatetime(from) || isNumeric(from)) return true;
  return !ansi && from.kind === "boolean";
}

function toInterval(from: DataType, to: DataType): boolean {
  if (from.kind === "string" || from.kind === to.kind) return true;
  return isIntegral(from) || from.kind === "decimal";
}

function nested(from: DataType, to: DataType, ansi: boolean): boolean {
  if (from.kind === "array" && to.kind === "array") return canCast(from.element, to.element, ansi);
  if (from.kind === "map" && to.kind === "map")
    return canCast(from.key, to.key, ansi) && canCast(from.value, to.value, ansi);
  if (from.kind !== "struct" || to.kind !== "struct") return false;
  return (
    from.fields.length === to.fields.length &&
    from.fields.every((f, i) => {
      const target = to.fields[i];
      return target !== undefined && canCast(f.type, target.type, ansi);
    })
  );
}
