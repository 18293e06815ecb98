import {
  array,
  type DataType,
  type DayTimeField,
  DOUBLE,
  dayTimeInterval,
  type decimal,
  field,
  isNested,
  LONG,
  map,
  STRING,
  sameType,
  struct,
  TIMESTAMP,
  TIMESTAMP_NTZ,
  type YearMonthField,
  yearMonthInterval,
} from "../columnar/data-type.ts";
import {
  isDatetime,
  isFractional,
  isIntegral,
  isInterval,
  isNumeric,
} from "../columnar/type-class.ts";
import { decimalForIntegral, widerDecimal } from "./decimal/decimal-types.ts";

const NUMERIC_ORDER = ["byte", "short", "int", "long", "float", "double"];
const DAY_TIME_ORDER: readonly DayTimeField[] = ["day", "hour", "minute", "second"];
const YEAR_MONTH_ORDER: readonly YearMonthField[] = ["year", "month"];

/**
 * The type to which values of all `types` are brought where they meet: in CASE, UNION, IN, comparisons, coalesce.
 * Null where there is none. Source: Spark's `AnsiTypeCoercion` and, without `ansi`, `TypeCoercion`.
 */
export function commonType(types: readonly DataType[], ansi: boolean): DataType | null {
  const [first, ...others] = stringsFirst(types, ansi);
  return others.reduce<DataType | null>(
    (common, type) => common && commonOfTwo(common, type, ansi),
    first ?? null,
  );
}

/** Without ANSI the pairwise rule is not associative where strings take part: Spark starts with them. */
function stringsFirst(types: readonly DataType[], ansi: boolean): readonly DataType[] {
  if (ansi) return types;
  const isString = (type: DataType): boolean => type.kind === "string";
  return [...types.filter(isString), ...types.filter((type) => !isString(type))];
}

function commonOfTwo(a: DataType, b: DataType, ansi: boolean): DataType | null {
  return (
    tightestCommonType(a, b, ansi) ??
    widerWithDecimal(a, b) ??
    widerWithString(a, b, ansi) ??
    widerNested(a, b, ansi)
  );
}

/** The type that holds all values of both without loss. Null where there is none. */
export function tightestCommonType(a: DataType, b: DataType, ansi: boolean): DataType | null {
  if (sameType(a, b) && !isNested(a)) return a;
  if (a.kind === "null") return b;
  if (b.kind === "null") return a;
  return widerNumber(a, b, ansi) ?? widerDatetime(a, b) ?? widerInterval(a, b);
}

function widerNumber(a: DataType, b: DataType, ansi: boolean): DataType | null {
  const rankA = NUMERIC_ORDER.indexOf(a.kind);
  const rankB = NUMERIC_ORDER.indexOf(b.kind);
  if (rankA < 0 || rankB < 0) return null;
  const wider = rankA >= rankB ? a : b;
  return ansi && wider.kind === "float" && rankA !== rankB ? DOUBLE : wider;
}

function widerDatetime(a: DataType, b: DataType): DataType | null {
  if (!isDatetime(a) || !isDatetime(b)) return null;
  return a.kind === "timestamp" || b.kind === "timestamp" ? TIMESTAMP : TIMESTAMP_NTZ;
}

function widerInterval(a: DataType, b: DataType): DataType | null {
  if (a.kind === "day_time_interval" && b.kind === "day_time_interval") {
    const at = (f: DayTimeField): number => DAY_TIME_ORDER.indexOf(f);
    return dayTimeInterval(
      at(a.start) <= at(b.start) ? a.start : b.start,
      at(a.end) >= at(b.end) ? a.end : b.end,
    );
  }
  if (a.kind === "year_month_interval" && b.kind === "year_month_interval") {
    const at = (f: YearMonthField): number => YEAR_MONTH_ORDER.indexOf(f);
    return yearMonthInterval(
      at(a.start) <= at(b.start) ? a.start : b.start,
      at(a.end) >= at(b.end) ? a.end : b.end,
    );
  }
  return null;
}

function widerWithDecimal(a: DataType, b: DataType): DataType | null {
  if (a.kind !== "decimal" && b.kind !== "decimal") return null;
  if (!isNumeric(a) || !isNumeric(b)) return null;
  const left = asDecimal(a);
  const right = asDecimal(b);
  return left && right ? widerDecimal(left, right) : DOUBLE;
}

function asDecimal(type: DataType): ReturnType<typeof decimal> | null {
  return type.kind === "decimal" ? type : decimalForIntegral(type);
}

function widerWithString(a: DataType, b: DataType, ansi: boolean): DataType | null {
  if (a.kind !== "string" && b.kind !== "string") return null;
  const other = a.kind === "string" ? b : a;
  if (isNested(other)) return null;
  if (!ansi) return other.kind === "boolean" || other.kind === "binary" ? null : STRING;
  if (isIntegral(other)) return LONG;
  if (isFractional(other)) return DOUBLE;
  return isInterval(other) ? null : other;
}

function widerNested(a: DataType, b: DataType, ansi: boolean): DataType | null {
  if (a.kind === "array" && b.kind === "array") {
    const element = commonOfTwo(a.element, b.element, ansi);
    return element && array(element, a.containsNull || b.containsNull);
  }
  if (a.kind === "map" && b.kind === "map") {
    const key = commonOfTwo(a.key, b.key, ansi);
    const value = commonOfTwo(a.value, b.value, ansi);
    return key && value && map(key, value, a.valueContainsNull || b.valueContainsNull);
  }
  if (a.kind !== "struct" || b.kind !== "struct" || a.fields.length !== b.fields.length)
    return null;
  const fields = a.fields.map((left, i) => {
    const right = b.fields[i];
    if (!right || left.name.toLowerCase() !== right.name.toLowerCase()) return null;
    const type = commonOfTwo(left.type, right.type, ansi);
    return type && field(left.name, type, left.nullable || right.nullable);
  });
  const known = fields.filter((f) => f !== null);
  return known.length === fields.length ? struct(known) : null;
}
