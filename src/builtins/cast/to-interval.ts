import type {
  DataType,
  DayTimeField,
  DayTimeIntervalType,
  YearMonthIntervalType,
} from "../../columnar/data-type.ts";
import { DataError } from "../../common/errors.ts";
import { divideHalfUp, powerOf10 } from "../decimal/decimal-rounding.ts";
import { castOverflow } from "./cast-errors.ts";
import type { CastFacts, ValueCast } from "./cast-facts.ts";
import { DAY_TIME_FIELDS, FIELD_MICROS } from "./interval-text.ts";
import { trimAll } from "./text-number.ts";

/** Casts to year-month intervals: numbers count the interval's last unit. */
export function toYearMonth(facts: CastFacts, to: YearMonthIntervalType): ValueCast {
  const unit = to.end === "year" ? 12n : 1n;
  switch (facts.from.kind) {
    case "year_month_interval":
      return (months: number) => months - (months % Number(unit));
    case "string":
      return fromText(facts, (text) => parseYearMonth(text, to), 32, Number);
    default:
      return fromNumber(facts, unit, unit, 32, Number);
  }
}

/** Casts to day-time intervals: numbers count the interval's last unit. */
export function toDayTime(facts: CastFacts, to: DayTimeIntervalType): ValueCast {
  const unit = FIELD_MICROS[to.end];
  const kept = to.end === "second" ? 1n : unit;
  switch (facts.from.kind) {
    case "day_time_interval":
      return (micros: bigint) => micros - (micros % kept);
    case "string":
      return fromText(
        facts,
        (text) => parseDayTime(text, to),
        64,
        (micros) => micros,
      );
    default:
      return fromNumber(facts, unit, kept, 64, (micros) => micros);
  }
}

/** Bad text is an error even without ANSI; only `try` gives null. */
function fromText(
  facts: CastFacts,
  parse: (text: string) => bigint | null,
  bits: number,
  box: (value: bigint) => bigint | number,
): ValueCast {
  return (text: string) => {
    const value = parse(trimAll(text));
    if (value !== null && BigInt.asIntN(bits, value) === value) return box(value);
    if (facts.mode === "try") return null;
    throw malformedInterval(text, facts.to);
  };
}

/** A decimal is rounded to months or microseconds, then cut to what the interval's last unit shows. */
function fromNumber(
  facts: CastFacts,
  unit: bigint,
  kept: bigint,
  bits: number,
  box: (value: bigint) => bigint | number,
): ValueCast {
  const divisor = facts.from.kind === "decimal" ? powerOf10(facts.from.scale) : 1n;
  return (value: bigint | number) => {
    const amount = divideHalfUp(BigInt(value) * unit, divisor);
    const cut = amount - (amount % kept);
    if (BigInt.asIntN(bits, cut) === cut) return box(cut);
    if (facts.mode === "try") return null;
    throw castOverflow(value, facts.from, facts.to);
  };
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

const BODIES: { readonly [fields: string]: string } = {
  year: "y",
  month: "m",
  "year to month": "y-m",
  day: "d",
  hour: "h",
  minute: "m",
  second: "s.n",
  "day to hour": "d h",
  "day to minute": "d h:m",
  "day to second": "d h:m:s.n",
  "hour to minute": "h:m",
  "hour to second": "h:m:s.n",
  "minute to second": "m:s.n",
};

function malformedInterval(text: string, to: DataType): DataError {
  const isMonths = to.kind === "year_month_interval";
  const fields = "start" in to ? fieldsOf(to) : "";
  const body = `[+|-]${BODIES[fields]}`;
  const notice =
    ' Set "spark.sql.legacy.fromDayTimeString.enabled" to "true" to restore the behavior before Spark 3.0.';
  return new DataError({
    condition: `INVALID_INTERVAL_FORMAT.UNMATCHED_FORMAT_STRING${isMonths ? "" : "_WITH_NOTICE"}`,
    message: `Error parsing '${text}' to interval. Please ensure that the value provided is in a valid format for defining an interval. You can reference the documentation for the correct format. Interval string does not match ${isMonths ? "year-month" : "day-time"} format of \`${body}\`, \`INTERVAL [+|-]'${body}' ${fields.toUpperCase()}\` when cast to interval ${fields}: ${text}.${isMonths ? "" : notice}`,
    sqlState: "22006",
  });
}
