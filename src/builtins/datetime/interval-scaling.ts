import {
  type DataType,
  DOUBLE,
  dayTimeInterval,
  LONG,
  yearMonthInterval,
} from "../../columnar/data-type.ts";
import { isInterval } from "../../columnar/type-class.ts";
import type { DataError } from "../../common/errors.ts";
import { arithmeticOverflow } from "../arithmetic-errors.ts";
import type { ScalarKernel } from "../builtin.ts";
import { divideHalfUp } from "../decimal/decimal-rounding.ts";
import { intervalDividedByZero, intervalOverflow } from "./interval-errors.ts";
import type { TemporalOperation } from "./temporal-arithmetic.ts";

/** A number as a fraction of whole numbers. */
type Ratio = readonly [numerator: bigint, denominator: bigint];

/** Interval × number, number × interval and interval ÷ number, rounded half away from zero. Null where it is neither. */
export function intervalScaling(
  op: "*" | "/",
  left: DataType,
  right: DataType,
): TemporalOperation | null {
  const isSwapped = op === "*" && isInterval(right);
  const interval = isSwapped ? right : left;
  const factor = factorType(isSwapped ? left : right);
  if (!isInterval(interval) || factor === null) return null;
  const type = interval.kind === "year_month_interval" ? yearMonthInterval() : dayTimeInterval();
  return {
    signature: { args: isSwapped ? [factor, interval] : [interval, factor], type },
    kernel: scalingKernel(op, isSwapped, type, factor),
  };
}

function factorType(type: DataType): DataType | null {
  switch (type.kind) {
    case "byte":
    case "short":
    case "int":
    case "long":
    case "null":
      return LONG;
    case "decimal":
      return type;
    case "float":
    case "double":
    case "string":
      return DOUBLE;
    default:
      return null;
  }
}

function scalingKernel(
  op: "*" | "/",
  isSwapped: boolean,
  type: DataType,
  factorOf: DataType,
): ScalarKernel {
  const bits = type.kind === "year_month_interval" ? 32 : 64;
  const scale = (interval: number | bigint, factor: bigint | number): number | bigint => {
    if (op === "/" && Number(factor) === 0) throw intervalDividedByZero();
    const result =
      typeof factor === "number"
        ? scaleByDouble(op, Number(interval), factor)
        : scaleExactly(op, BigInt(interval), ratioOf(factor, factorOf));
    if (BigInt.asIntN(bits, result) !== result) throw overflowOf(op, factorOf, bits);
    return bits === 32 ? Number(result) : result;
  };
  return {
    kind: "row",
    prepare: () =>
      isSwapped ? (factor: bigint, interval: bigint) => scale(interval, factor) : scale,
  };
}

/** Only the smallest interval divided by -1 is too large for what a whole number divides. */
function overflowOf(op: "*" | "/", factor: DataType, bits: number): DataError {
  if (op === "/" && factor.kind === "long") return intervalOverflow("try_divide");
  return arithmeticOverflow(bits === 32 ? "integer overflow" : "long overflow");
}

function scaleExactly(op: "*" | "/", value: bigint, [numerator, denominator]: Ratio): bigint {
  return op === "*"
    ? divideHalfUp(value * numerator, denominator)
    : divideHalfUp(value * denominator, numerator);
}

function scaleByDouble(op: "*" | "/", value: number, factor: number): bigint {
  const exact = op === "*" ? value * factor : value / factor;
  if (!Number.isFinite(exact)) throw arithmeticOverflow("input is infinite or NaN");
  const whole = Math.trunc(exact);
  const isUp = Math.abs(exact - whole) >= 0.5;
  return BigInt(whole) + (isUp ? BigInt(Math.sign(exact)) : 0n);
}

function ratioOf(factor: bigint, type: DataType): Ratio {
  return [factor, type.kind === "decimal" ? 10n ** BigInt(type.scale) : 1n];
}
