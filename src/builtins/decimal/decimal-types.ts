import { type DataType, type DecimalType, decimal } from "../../columnar/data-type.ts";
import type { LiteralJson } from "../../columnar/literal-json.ts";

const MAX_PRECISION = 38;
/** Digits behind the point that are kept although digits before it are lost. */
const MINIMUM_ADJUSTED_SCALE = 6;

/** The type an operation of unlimited precision gets: beyond 38 digits, digits behind the point are given up first. */
export function adjustPrecisionScale(precision: number, scale: number): DecimalType {
  if (precision <= MAX_PRECISION) return decimal(precision, scale);
  const kept = Math.min(scale, MINIMUM_ADJUSTED_SCALE);
  return decimal(MAX_PRECISION, Math.max(MAX_PRECISION - (precision - scale), kept));
}

/** Cuts at 38 digits without moving the point. */
export function boundedDecimal(precision: number, scale: number): DecimalType {
  return decimal(Math.min(precision, MAX_PRECISION), Math.min(scale, MAX_PRECISION));
}

/** The smallest type that holds all values of both; beyond 38 digits, digits behind the point are given up. */
export function widerDecimal(a: DecimalType, b: DecimalType): DecimalType {
  const scale = Math.max(a.scale, b.scale);
  const whole = Math.max(a.precision - a.scale, b.precision - b.scale);
  const excess = Math.max(whole + scale - MAX_PRECISION, 0);
  return boundedDecimal(whole + scale, Math.max(scale - excess, 0));
}

/** The decimal type that holds every value of an integral type; null for other types. */
export function decimalForIntegral(type: DataType): DecimalType | null {
  switch (type.kind) {
    case "byte":
      return decimal(3, 0);
    case "short":
      return decimal(5, 0);
    case "int":
      return decimal(10, 0);
    case "long":
      return decimal(20, 0);
    default:
      return null;
  }
}

/** The decimal type that just holds a constant of type short, int or long; null for other types. */
export function decimalForLiteral(type: DataType, value: LiteralJson): DecimalType | null {
  if (!["short", "int", "long"].includes(type.kind) || value === null) return null;
  const digits = String(value).replace(/^-/, "").length;
  return decimal(Math.max(digits, 1), 0);
}

/** The type of `a + b` and `a - b`. Source of all rules: Spark's `DecimalPrecision`. */
export function sumType(a: DecimalType, b: DecimalType): DecimalType {
  const { precision, scale } = exactSum(a, b);
  return adjustPrecisionScale(precision, scale);
}

/** Precision and scale that `a + b` needs, not limited. */
export function exactSum(
  a: DecimalType,
  b: DecimalType,
): { readonly precision: number; readonly scale: number } {
  const scale = Math.max(a.scale, b.scale);
  const whole = Math.max(a.precision - a.scale, b.precision - b.scale);
  return { precision: whole + scale + 1, scale };
}

/** The type of `a * b`. */
export function productType(a: DecimalType, b: DecimalType): DecimalType {
  return adjustPrecisionScale(a.precision + b.precision + 1, a.scale + b.scale);
}

/** The type of `a / b`. */
export function quotientType(a: DecimalType, b: DecimalType): DecimalType {
  const scale = Math.max(MINIMUM_ADJUSTED_SCALE, a.scale + b.precision + 1);
  return adjustPrecisionScale(a.precision - a.scale + b.scale + scale, scale);
}

/** The type of `a % b`. */
export function remainderType(a: DecimalType, b: DecimalType): DecimalType {
  const scale = Math.max(a.scale, b.scale);
  const whole = Math.min(a.precision - a.scale, b.precision - b.scale);
  return adjustPrecisionScale(whole + scale, scale);
}
