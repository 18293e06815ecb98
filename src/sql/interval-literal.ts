import {
  type DataType,
  type DayTimeField,
  dayTimeInterval,
  yearMonthInterval,
} from "../columnar/data-type.ts";
import { MICROS_PER_DAY } from "../columnar/datetime/calendar.ts";
import type { Literal } from "../plan/expression.ts";
import { literal } from "../plan/literal.ts";
import { fromToInterval, isFromTo } from "./interval-range.ts";
import { type IntervalPart, parseIntervalText, UNITS } from "./interval-unit.ts";
import type { Parser } from "./parser.ts";
import { syntaxFault } from "./sql-error.ts";
import type { Token } from "./token.ts";
import { invalidTypedLiteral } from "./typed-literal.ts";

/** True if INTERVAL begins a literal here, and is not a name. */
export function startsInterval(p: Parser): boolean {
  if (!p.isWord("INTERVAL")) return false;
  const signed = p.isSymbol("-", 1) || p.isSymbol("+", 1);
  const value = p.peek(signed ? 2 : 1);
  if (value.kind === "string") return true;
  const unit = p.peek(signed ? 3 : 2);
  return value.kind === "number" && unit.kind === "word" && (!signed || isUnit(unit.value));
}

/** `INTERVAL 3 DAYS 2 HOURS`, `INTERVAL '1-2' YEAR TO MONTH` or `INTERVAL '3 days'`, as a literal of the fields named. */
export function parseInterval(p: Parser): Literal {
  const start = p.advance();
  const parts: IntervalPart[] = [];
  while (startsPart(p)) {
    const part = parsePart(p);
    if (p.isWord("TO") && RANGE_ENDS.has(p.peek(1).value)) {
      if (parts.length > 0) throw singleFromTo(p, start);
      return parseFromTo(p, start, part);
    }
    parts.push(part);
  }
  if (parts.length > 0) return combine(p, start, parts);
  return parseTextInterval(p, start);
}

const RANGE_ENDS = new Set(["YEAR", "MONTH", "DAY", "HOUR", "MINUTE", "SECOND"]);
/** Spark knows the word, but intervals count microseconds. */
const TOO_FINE = new Set(["NANOSECOND", "NANOSECONDS"]);

interface WrittenPart extends IntervalPart {
  readonly quoted: boolean;
}

function startsPart(p: Parser): boolean {
  const distance = p.isSymbol("-") || p.isSymbol("+") ? 1 : 0;
  const value = p.peek(distance);
  const unit = p.peek(distance + 1);
  return (
    (value.kind === "string" || value.kind === "number") &&
    unit.kind === "word" &&
    isUnit(unit.value)
  );
}

const isUnit = (word: string): boolean => UNITS.has(word) || TOO_FINE.has(word);

function parsePart(p: Parser): WrittenPart {
  const negative = p.isSymbol("-");
  if (negative || p.isSymbol("+")) p.advance();
  const value = p.advance();
  const unit = p.advance();
  const trimmed = value.value.trim();
  const written = p.isWord("TO") ? trimmed : trimmed.replace(/^([+-])\s+/, "$1");
  const text = negative ? negated(written) : written;
  return { text, unit: unit.value, quoted: value.kind === "string" };
}

function negated(text: string): string {
  if (text.startsWith("-")) return text.slice(1);
  return `-${text.replace(/^\+/, "")}`;
}

function parseTextInterval(p: Parser, start: Token): Literal {
  const negative = p.isSymbol("-");
  if (negative || p.isSymbol("+")) p.advance();
  const text = p.advance();
  if (text.kind !== "string") p.fail("a unit of time");
  const parts = parseIntervalText(text.value);
  if (parts === null) throw invalidTypedLiteral(p, start, text.value);
  const signed = negative ? parts.map((q) => ({ ...q, text: negated(q.text) })) : parts;
  const tooLarge = (): Error => invalidTypedLiteral(p, start, text.value);
  return combine(p, start, signed, tooLarge);
}

function parseFromTo(p: Parser, start: Token, part: WrittenPart): Literal {
  p.expect("TO");
  const end = p.advance().value;
  if (!part.quoted)
    throw intervalFault(
      p,
      start,
      "_LEGACY_ERROR_TEMP_0027",
      "The value of from-to unit must be a string.",
    );
  if (!isFromTo(part.unit, end))
    throw badFormat(
      p,
      start,
      "UNSUPPORTED_FROM_TO_EXPRESSION",
      part.text,
      `Cannot support (interval '${part.text}' ${part.unit.toLowerCase()} to ${end.toLowerCase()}) expression.`,
    );
  const interval = fromToInterval(part.text, part.unit, end);
  if (interval === null || (part.unit === "YEAR" && !fits(interval.value, 32)))
    throw badFormat(
      p,
      start,
      conditionOf(part),
      part.text,
      `It does not fit ${part.unit} TO ${end}.`,
    );
  if (startsPart(p)) throw singleFromTo(p, start);
  if (!fits(interval.value, 64))
    throw intervalFault(p, start, "_LEGACY_ERROR_TEMP_0063", "The interval is out of range.");
  return intervalOf(interval.type, interval.value);
}

function conditionOf({ unit, text }: WrittenPart): string {
  if (unit !== "YEAR") return "UNMATCHED_FORMAT_STRING_WITH_NOTICE";
  return /^[+-]{0,2}\d+-\d+$/.test(text) ? "INTERVAL_PARSING" : "UNMATCHED_FORMAT_STRING";
}

const fits = (value: bigint, bits: number): boolean => BigInt.asIntN(bits, value) === value;

const DAY_TIME_FIELDS: readonly DayTimeField[] = ["day", "hour", "minute", "second"];

function combine(
  p: Parser,
  start: Token,
  parts: readonly IntervalPart[],
  tooLarge = () => outOfRange(p, start, parts),
): Literal {
  let total = 0n;
  let days = 0n;
  const fields = new Set<string>();
  for (const part of parts) {
    const unit = UNITS.get(part.unit);
    const amount = unit?.parse(part.text) ?? null;
    if (unit === undefined || amount === null) throw invalidValue(p, start, part);
    total += amount;
    if (unit.field === "day") days += amount;
    fields.add(unit.field);
  }
  const yearMonth = fields.has("year") || fields.has("month");
  const dayTime = DAY_TIME_FIELDS.filter((name) => fields.has(name));
  if (yearMonth && dayTime.length > 0) throw mixed(p, start, parts);
  if (!yearMonth) {
    const [first = "day"] = dayTime;
    if (!fits(days / MICROS_PER_DAY, 32) || !fits(total - days, 64)) throw tooLarge();
    if (!fits(total, 64)) throw overflow(p, start);
    return intervalOf(dayTimeInterval(first, dayTime.at(-1) ?? first), total);
  }
  const type = yearMonthInterval(
    fields.has("year") ? "year" : "month",
    fields.has("month") ? "month" : "year",
  );
  if (!fits(total, 32)) throw tooLarge();
  return intervalOf(type, total);
}

const intervalOf = (type: DataType, value: bigint): Literal =>
  literal(type, type.kind === "year_month_interval" ? Number(value) : value.toString());

function overflow(p: Parser, start: Token): Error {
  const message =
    "Integer overflow while operating with intervals. Try devising appropriate values for the interval parameters.";
  const condition = "INTERVAL_ARITHMETIC_OVERFLOW.WITHOUT_SUGGESTION";
  return intervalFault(p, start, condition, message, "22015");
}

function outOfRange(p: Parser, start: Token, parts: readonly IntervalPart[]): Error {
  const text = parts.map((part) => `${part.text} ${part.unit.toLowerCase()}`).join(" ");
  return badFormat(p, start, "ARITHMETIC_EXCEPTION", text, "The interval is out of range.");
}

function invalidValue(p: Parser, start: Token, part: IntervalPart): Error {
  const written = `${part.text} ${part.unit}`;
  const unit = part.unit.toLowerCase();
  if (!UNITS.has(part.unit))
    return badFormat(p, start, "INVALID_UNIT", written, `Invalid unit ${unit}.`);
  if (/[a-z]/i.test(part.text)) return notANumber(p, start, part.text);
  const second = /^[+-]?\d+\s+(\S+)/.exec(part.text)?.[1];
  if (second !== undefined)
    return badFormat(p, start, "INVALID_UNIT", written, `Invalid unit ${second}.`);
  if (!/^[+-]?\d*\.\d*$/.test(part.text))
    return badFormat(p, start, "INVALID_VALUE", written, `Invalid value '${part.text}'.`);
  return unit.startsWith("second")
    ? badFormat(
        p,
        start,
        "INVALID_PRECISION",
        written,
        `Interval can only support nanosecond precision, ${part.text} is out of range.`,
      )
    : badFormat(p, start, "INVALID_FRACTION", written, `${unit} cannot have fractional part.`);
}

function badFormat(
  p: Parser,
  start: Token,
  condition: string,
  text: string,
  reason: string,
): Error {
  const message =
    `Error parsing '${text}' to interval. Please ensure that the value provided is in a valid format for defining ` +
    `an interval. You can reference the documentation for the correct format. ${reason}`;
  return intervalFault(p, start, `INVALID_INTERVAL_FORMAT.${condition}`, message, "22006");
}

function mixed(p: Parser, start: Token, parts: readonly IntervalPart[]): Error {
  const text = parts.map((part) => `${part.text} ${part.unit}`).join(" ");
  const message = `Cannot mix year-month and day-time fields: INTERVAL ${text}.`;
  return intervalFault(p, start, "_LEGACY_ERROR_TEMP_0029", message);
}

function singleFromTo(p: Parser, start: Token): Error {
  const message = "Can only have a single from-to unit in the interval literal syntax.";
  return intervalFault(p, start, "_LEGACY_ERROR_TEMP_0024", message);
}

function notANumber(p: Parser, start: Token, text: string): Error {
  const message =
    "Can only use numbers in the interval value part for multiple unit value pairs interval form, but got invalid " +
    `value: ${text}.`;
  return intervalFault(p, start, "_LEGACY_ERROR_TEMP_0026", message);
}

function intervalFault(
  p: Parser,
  start: Token,
  condition: string,
  message: string,
  sqlState = "42601",
): Error {
  return syntaxFault(p.source, start.position, { condition, sqlState, message });
}
