import type {
  DataType,
  DayTimeField,
  DayTimeIntervalType,
  YearMonthIntervalType,
} from "../../columnar/data-type.ts";
import { DataError } from "../../common/errors.ts";
import { decimalOf } from "../decimal/decimal-call.ts";
import { divideHalfUp, powerOf10 } from "../decimal/decimal-rounding.ts";
import { type CastFacts, reject, type ValueCast } from "./cast-facts.ts";
import { checkedIntervalMicros, checkedIntervalMonths } from "./interval-range.ts";
import { DAY_TIME_FIELDS, FIELD_MICROS } from "./interval-text.ts";
import { trimAll } from "./text-number.ts";

/** Casts to year-month intervals: numbers count the interval's last unit. */
export function toYearMonth(facts: CastFacts, to: YearMonthIntervalType): ValueCast {
  const unit = to.end === "year" ? 12n : 1n;
  switch (facts.from.kind) {
    case "year_month_interval":
      return (months: number) => months - (months % Number(unit));
    case "string":
      return (text: string) => {
        const months = parseYearMonth(trimAll(text), to);
        return months === null
          ? reject(facts, () => malformedInterval(text, to))
          : checkedIntervalMonths(months);
      };
    default:
      return (value: bigint | number) =>
        checkedIntervalMonths(wholeUnits(facts.from, BigInt(value), unit));
  }
}

/** Casts to day-time intervals: numbers count the interval's last unit. */
export function toDayTime(facts: CastFacts, to: DayTimeIntervalType): ValueCast {
  const unit = FIELD_MICROS[to.end];
  switch (facts.from.kind) {
    case "day_time_interval":
      return to.end === "second"
        ? (micros: bigint) => micros
        : (micros: bigint) => micros - (micros % unit);
    case "string":
      return (text: string) => {
        const micros = parseDayTime(trimAll(text), to);
        return micros === null
          ? reject(facts, () => malformedInterval(text, to))
          : checkedIntervalMicros(micros);
      };
    default:
      return (value: bigint | number) =>
        checkedIntervalMicros(wholeUnits(facts.from, BigInt(value), unit));
  }
}

function wholeUnits(from: DataType, value: bigint, unit: bigint): bigint {
  return from.kind === "decimal"
    ? divideHalfUp(value * unit, powerOf10(decimalOf(from).scale))
    : value * unit;
}

/** What is between the quotes of `INTERVAL [+|-]'…' FIELDS`, or the text itself, with the sign in front. */
function body(text: string, fields: string): { readonly negative: boolean; readonly text: string } {
  const quoted = /^interval\s+([+-]?)\s*'([^']*)'\s+(.+)$/i.exec(text);
  const outer = quoted && quoted[3]?.toLowerCase().replace(/\s+/g, " ") === fields ? quoted : null;
  const inner = outer ? (outer[2] ?? "") : text;
  const sign = /^[+-]/.exec(inner)?.[0] ?? "";
  return {
    negative: (sign === "-") !== (outer?.[1] === "-"),
    text: inner.slice(sign.length),
  };
}

function fieldsOf(type: YearMonthIntervalType | DayTimeIntervalType): string {
  return type.start === type.end ? type.start : `${type.start} to ${type.end}`;
}

function parseYearMonth(text: string, type: YearMonthIntervalType): bigint | null {
  const { negative, text: rest } = body(text, fieldsOf(type));
  const pattern = type.start === type.end ? /^(\d{1,10})$/ : /^(\d{1,10})-(\d{1,2})$/;
  const match = pattern.exec(rest);
  if (!match) return null;
  const first = BigInt(match[1] ?? "0");
  const months = BigInt(match[2] ?? "0");
  if (months > 11n) return null;
  const total = type.start === "month" ? first : first * 12n + months;
  return negative ? -total : total;
}

const LIMITS: { readonly [field in DayTimeField]: bigint } = {
  day: 0n,
  hour: 23n,
  minute: 59n,
  second: 59n,
};

function parseDayTime(text: string, type: DayTimeIntervalType): bigint | null {
  const { negative, text: rest } = body(text, fieldsOf(type));
  const fields = DAY_TIME_FIELDS.slice(
    DAY_TIME_FIELDS.indexOf(type.start),
    DAY_TIME_FIELDS.indexOf(type.end) + 1,
  );
  const pattern = fields
    .map((field, i) => {
      const separator = i === 0 ? "" : fields[i - 1] === "day" ? "\\s+" : ":";
      const digits = i === 0 ? "(\\d{1,19})" : "(\\d{1,2})";
      return separator + digits + (field === "second" ? "(?:\\.(\\d{1,9}))?" : "");
    })
    .join("");
  const match = new RegExp(`^${pattern}$`).exec(rest);
  if (!match) return null;
  let total = 0n;
  for (const [i, field] of fields.entries()) {
    const amount = BigInt(match[i + 1] ?? "0");
    if (i > 0 && amount > LIMITS[field]) return null;
    total += amount * FIELD_MICROS[field];
  }
  if (type.end === "second")
    total += BigInt((match[fields.length + 1] ?? "").padEnd(6, "0").slice(0, 6));
  return negative ? -total : total;
}

function malformedInterval(text: string, to: DataType): DataError {
  const type = to.kind === "year_month_interval" ? "year-month" : "day-time";
  const fields = "start" in to ? fieldsOf(to) : "";
  return new DataError({
    condition: "INVALID_INTERVAL_FORMAT.UNMATCHED_FORMAT_STRING_WITH_NOTICE",
    message: `Error parsing '${text}' to interval. Please ensure that the value provided is in a valid format for defining an interval. You can reference the documentation for the correct format. Interval string does not match ${type} format when cast to interval ${fields}: ${text}.`,
    sqlState: "22006",
  });
}
