import { type DataType, isNested, sameType } from "../../columnar/data-type.ts";
import { unreachable } from "../../common/assert.ts";
import { unsupportedCast } from "./cast-errors.ts";
import type { CastFacts, ValueCast } from "./cast-facts.ts";
import { toBinary } from "./to-binary.ts";
import { toBoolean } from "./to-boolean.ts";
import { toDate, toTimestamp, toTimestampNtz } from "./to-datetime.ts";
import { toDecimal } from "./to-decimal.ts";
import { toFloating } from "./to-floating.ts";
import { toInteger } from "./to-integer.ts";
import { toDayTime, toYearMonth } from "./to-interval.ts";
import { toText } from "./to-text.ts";

/** The cast of JavaScript values between two types that `canCast` allows. */
export function valueCast(facts: CastFacts): ValueCast {
  const { from, to } = facts;
  if (sameType(from, to)) return (value: unknown) => value;
  if (from.kind === "null") return () => null;
  if (isNested(to)) return nestedCast(facts, to);
  switch (to.kind) {
    case "null":
      return () => null;
    case "boolean":
      return toBoolean(facts);
    case "byte":
    case "short":
    case "int":
    case "long":
      return toInteger(facts);
    case "float":
    case "double":
      return toFloating(facts);
    case "decimal":
      return toDecimal(facts);
    case "string":
      return toText(facts);
    case "binary":
      return toBinary(facts);
    case "date":
      return toDate(facts);
    case "timestamp":
      return toTimestamp(facts);
    case "timestamp_ntz":
      return toTimestampNtz(facts);
    case "year_month_interval":
      return toYearMonth(facts, to);
    case "day_time_interval":
      return toDayTime(facts, to);
    default:
      return unreachable(to);
  }
}

function nestedCast(facts: CastFacts, to: DataType): ValueCast {
  const { from } = facts;
  const part = (fromPart: DataType, toPart: DataType): ((value: unknown) => unknown) => {
    const cast = valueCast({ ...facts, from: fromPart, to: toPart }) as (v: unknown) => unknown;
    return (value) => (value === null ? null : cast(value));
  };
  if (from.kind === "array" && to.kind === "array") {
    const element = part(from.element, to.element);
    return (values: unknown[]) => values.map(element);
  }
  if (from.kind === "map" && to.kind === "map") {
    const key = part(from.key, to.key);
    const value = part(from.value, to.value);
    return (entries: [unknown, unknown][]) => entries.map(([k, v]) => [key(k), value(v)]);
  }
  if (from.kind === "struct" && to.kind === "struct") {
    const fields = from.fields.map((f, i) => part(f.type, to.fields[i]?.type ?? f.type));
    return (values: unknown[]) => fields.map((cast, i) => cast(values[i] ?? null));
  }
  throw unsupportedCast(from, to);
}
