import {
  DATE,
  type DataType,
  type DayTimeIntervalType,
  dayTimeInterval,
  INT,
  TIMESTAMP,
} from "../../columnar/data-type.ts";
import type { Argument, CallFacts, ResolveContext, ScalarKernel, Signature } from "../builtin.ts";
import { isDatetime, isInterval, isNumeric, tightestCommonType } from "../coercion.ts";
import { unexpectedArgument } from "../type-mismatch.ts";
import {
  dateDifference,
  datePlusDayInterval,
  datePlusDays,
  datePlusMonths,
  intervalSum,
  timestampDifference,
  timestampPlusMicros,
  timestampPlusMonths,
} from "./temporal-kernels.ts";

type SumOperator = "+" | "-";

/** How dates, timestamps and intervals are added and subtracted; null where neither side is one. */
export function temporalSum(
  operator: SumOperator,
  args: readonly Argument[],
  context: ResolveContext,
  print: (args: readonly string[]) => string,
): Signature | null {
  const [left, right] = args.map((argument) => argument.type) as [DataType, DataType];
  if (![left, right].some((type) => isDatetime(type) || isInterval(type))) return null;
  const signature =
    intervals(left, right, context) ??
    datetimeAndOther(left, right) ??
    (operator === "+" ? swapped(datetimeAndOther(right, left)) : difference(left, right));
  if (signature) return signature;
  if (left.kind === "date" && isNumeric(right))
    throw unexpectedArgument(args, print, 1, '("INT" or "SMALLINT" or "TINYINT")');
  return null;
}

function swapped(signature: Signature | null): Signature | null {
  return signature && { ...signature, args: [...signature.args].reverse() };
}

function intervals(left: DataType, right: DataType, context: ResolveContext): Signature | null {
  if (!isInterval(left) && !isInterval(right)) return null;
  const type = tightestCommonType(left, right, context.ansi);
  return type && { args: [type, type], type };
}

function datetimeAndOther(left: DataType, right: DataType): Signature | null {
  if (!isDatetime(left)) return null;
  if (right.kind === "year_month_interval") return { args: [left, right], type: left };
  if (right.kind === "day_time_interval") return datetimeAndDayTime(left, right);
  if (left.kind === "date" && ["byte", "short", "int", "null"].includes(right.kind))
    return { args: [DATE, INT], type: DATE };
  return null;
}

function datetimeAndDayTime(left: DataType, right: DayTimeIntervalType): Signature {
  if (left.kind !== "date") return { args: [left, right], type: left };
  return right.end === "day"
    ? { args: [left, right], type: DATE }
    : { args: [TIMESTAMP, right], type: TIMESTAMP };
}

function difference(left: DataType, right: DataType): Signature | null {
  const kinds = [left, right].map((type) => type.kind);
  if (
    !kinds.every((kind) => ["date", "timestamp", "timestamp_ntz", "string", "null"].includes(kind))
  )
    return null;
  if (kinds.includes("timestamp_ntz") || kinds.includes("timestamp")) {
    const type = [left, right].find((t) => t.kind === "timestamp_ntz") ?? TIMESTAMP;
    return { args: [type, type], type: dayTimeInterval() };
  }
  return { args: [DATE, DATE], type: dayTimeInterval("day", "day") };
}

/** The kernel of a call that `temporalSum` typed; null for one of numbers. */
export function temporalSumKernel(operator: SumOperator, call: CallFacts): ScalarKernel | null {
  const types = call.args.map((argument) => argument.type);
  if (!types.some((type) => isDatetime(type) || isInterval(type))) return null;
  const sign = operator === "+" ? 1 : -1;
  if (types.every(isInterval)) return intervalSum(operator, call.type);
  if (types.every(isDatetime))
    return types[0]?.kind === "date" ? dateDifference : timestampDifference(call);
  const datetimeFirst = types[0] !== undefined && isDatetime(types[0]);
  const other = datetimeFirst ? types[1] : types[0];
  const order: readonly [number, number] = datetimeFirst ? [0, 1] : [1, 0];
  if (call.type.kind !== "date")
    return other?.kind === "year_month_interval"
      ? timestampPlusMonths(call, order, sign)
      : timestampPlusMicros(call, order, sign);
  if (other?.kind === "int") return datePlusDays(order, sign);
  return other?.kind === "year_month_interval"
    ? datePlusMonths(order, sign)
    : datePlusDayInterval(order, sign);
}
