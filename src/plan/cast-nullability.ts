import { type DataType, type DecimalType, sameType } from "../columnar/data-type.ts";
import { isFloating, isFractional, isIntegral } from "../columnar/type-class.ts";

const DIGITS: ReadonlyMap<DataType["kind"], number> = new Map([
  ["boolean", 1],
  ["byte", 3],
  ["short", 5],
  ["int", 10],
  ["long", 20],
]);
const INTEGRAL_ORDER: readonly DataType["kind"][] = ["byte", "short", "int", "long"];

/**
 * True if Spark's schema says that a cast of a value that is not null can be null, as it does of all casts that may
 * not fit, under ANSI too where they fail instead. Source: `Cast.forceNullable`.
 */
export function castMakesNullable(from: DataType, to: DataType, isTry: boolean): boolean {
  if (sameType(from, to) || from.kind === "null") return false;
  if (isTry) return !isUpcast(from, to);
  if (from.kind === "string") return to.kind !== "binary";
  if (to.kind === "string") return false;
  if (to.kind === "decimal") return !alwaysFits(from, to);
  if (to.kind === "date") return from.kind !== "timestamp";
  if (from.kind === "date") return to.kind !== "timestamp";
  if (isIntegral(to))
    return isFractional(from) || (from.kind === "timestamp" && to.kind !== "long");
  return to.kind === "timestamp" && isFloating(from);
}

function isUpcast(from: DataType, to: DataType): boolean {
  if (from.kind === "string") return to.kind === "binary";
  if (to.kind === "string") return true;
  if (to.kind === "decimal") return alwaysFits(from, to);
  if (isFloating(to)) return isIntegral(from) || from.kind === "float" || from.kind === "decimal";
  if (isIntegral(from) && isIntegral(to))
    return INTEGRAL_ORDER.indexOf(from.kind) <= INTEGRAL_ORDER.indexOf(to.kind);
  return false;
}

function alwaysFits(from: DataType, to: DecimalType): boolean {
  const whole = to.precision - to.scale;
  if (from.kind === "decimal") {
    const needed = from.precision - from.scale;
    return whole > needed || (whole === needed && to.scale >= from.scale);
  }
  return whole >= (DIGITS.get(from.kind) ?? Number.POSITIVE_INFINITY);
}
