import {
  type DataType,
  DOUBLE,
  dayTimeInterval,
  LONG,
  yearMonthInterval,
} from "../../columnar/data-type.ts";
import type { Argument, CallFacts, ResolveContext, ScalarKernel, Signature } from "../builtin.ts";
import { isFractional, isIntegral, isInterval } from "../coercion.ts";
import { divideHalfUp, powerOf10 } from "../decimal/decimal-rounding.ts";
import {
  checkedMicros,
  checkedMonths,
  intervalDividedByZero,
  intervalOverflow,
} from "./interval-errors.ts";

/** `interval * number` and `number * interval`; null where neither side is an interval. */
export function intervalProduct(
  args: readonly Argument[],
  _context: ResolveContext,
): Signature | null {
  const [left, right] = args.map((argument) => argument.type) as [DataType, DataType];
  const factor = isInterval(left) ? right : left;
  const interval = isInterval(left) ? left : right;
  const number = factorType(factor);
  if (!isInterval(interval) || !number) return null;
  const type = widest(interval);
  return { args: isInterval(left) ? [left, number] : [number, right], type };
}

export function intervalQuotient(
  args: readonly Argument[],
  _context: ResolveContext,
): Signature | null {
  const [left, right] = args.map((argument) => argument.type) as [DataType, DataType];
  const number = factorType(right);
  return isInterval(left) && number ? { args: [left, number], type: widest(left) } : null;
}

function widest(interval: DataType): DataType {
  return interval.kind === "year_month_interval" ? yearMonthInterval() : dayTimeInterval();
}

function factorType(type: DataType): DataType | null {
  if (type.kind === "decimal") return type;
  if (isIntegral(type) || type.kind === "null") return LONG;
  return type.kind === "string" || isFractional(type) ? DOUBLE : null;
}

/** The kernel of a call that `intervalProduct` or `intervalQuotient` typed; null for one of numbers. */
export function intervalScalingKernel(operator: "*" | "/", call: CallFacts): ScalarKernel | null {
  if (!isInterval(call.type)) return null;
  const types = call.args.map((argument) => argument.type);
  const at = types[0] && isInterval(types[0]) ? 0 : 1;
  const factor = types[1 - at];
  if (!factor) return null;
  const apply = operator === "*" ? multiplier(factor) : divider(factor);
  const months = call.type.kind === "year_month_interval";
  return {
    kind: "row",
    prepare:
      () =>
      (...args: (bigint | number)[]) => {
        const interval = BigInt(args[at] ?? 0);
        const scaled = apply(interval, args[1 - at] ?? 0);
        return months ? checkedMonths(scaled) : checkedMicros(scaled);
      },
  };
}

type Scaling = (interval: bigint, factor: bigint | number) => bigint;

function multiplier(factor: DataType): Scaling {
  if (factor.kind === "double") return (interval, by) => roundHalfUp(Number(interval) * Number(by));
  const scale = factor.kind === "decimal" ? factor.scale : 0;
  return (interval, by) => divideHalfUp(interval * BigInt(by), powerOf10(scale));
}

function divider(factor: DataType): Scaling {
  if (factor.kind === "double")
    return (interval, by) => {
      if (by === 0) throw intervalDividedByZero();
      return roundHalfUp(Number(interval) / Number(by));
    };
  const scale = factor.kind === "decimal" ? factor.scale : 0;
  return (interval, by) => {
    const divisor = BigInt(by);
    if (divisor === 0n) throw intervalDividedByZero();
    return divideHalfUp(interval * powerOf10(scale), divisor);
  };
}

function roundHalfUp(value: number): bigint {
  if (!Number.isFinite(value)) throw intervalOverflow();
  const whole = Math.trunc(value);
  const away = Math.abs(value - whole) >= 0.5 ? Math.sign(value) : 0;
  return BigInt(whole + away);
}
