import {
  DATE,
  type DataType,
  DOUBLE,
  decimal,
  INT,
  LONG,
  NULL,
  STRING,
  TIMESTAMP,
} from "../../columnar/data-type.ts";
import { parseDate, parseTimestampNtz } from "../../columnar/datetime/datetime-text.ts";
import { unescapePath } from "./partition-folders.ts";

const INT_LIMIT = 2n ** 31n;
const LONG_LIMIT = 2n ** 63n;

/** The type that Spark gives a partition column whose folders have these texts, escapes and all; all null is `void`. */
export function inferPartitionType(texts: Iterable<string | null>): DataType {
  let type = NULL;
  for (const text of new Set(texts)) if (text !== null) type = widerOf(type, typeOfText(text));
  return type;
}

function typeOfText(text: string): DataType {
  return wholeNumberType(text) ?? fractionType(text) ?? timeType(text) ?? STRING;
}

function wholeNumberType(text: string): DataType | null {
  if (/^[+-]?\d+$/.test(text)) {
    const value = BigInt(text.replace(/^\+/, ""));
    if (within(value, INT_LIMIT)) return INT;
    if (within(value, LONG_LIMIT)) return LONG;
  }
  return wholeDecimalType(text);
}

/** Of what Java's `BigDecimal` takes, the numbers with no digit behind the point that the exponent does not move. */
function wholeDecimalType(text: string): DataType | null {
  const match = /^[+-]?(\d*)\.?(\d*)(?:[eE]([+-]?\d{1,2}))?$/.exec(text);
  const [, whole = "", fraction = "", exponent = "0"] = match ?? [];
  const zeros = Number(exponent) - fraction.length;
  if (whole + fraction === "" || zeros < 0) return null;
  const digits = `${BigInt(whole + fraction) * 10n ** BigInt(zeros)}`.length;
  return digits <= 38 ? decimal(digits, 0) : null;
}

const within = (value: bigint, limit: bigint): boolean => -limit <= value && value < limit;

/** What Java's `Double.parseDouble` takes, but for hexadecimal. */
function fractionType(text: string): DataType | null {
  const isDouble = /^\s*[+-]?(?:NaN|Infinity|(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?[dDfF]?)\s*$/;
  return isDouble.test(text) ? DOUBLE : null;
}

/** Only the forms that Spark infers, fewer than a cast reads: one digit of a second at the most. */
function timeType(text: string): DataType | null {
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return parseDate(text) === null ? null : DATE;
  const time = unescapePath(text);
  const isTimestamp = /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}(?:\.\d)?$/;
  return isTimestamp.test(time) && parseTimestampNtz(time) !== null ? TIMESTAMP : null;
}

const RANK: { readonly [kind: string]: number } = { int: 1, long: 2, decimal: 3, double: 4 };

function widerOf(a: DataType, b: DataType): DataType {
  if (a.kind === "null") return b;
  if (a.kind === b.kind) return widerDecimal(a, b);
  const kinds = [a.kind, b.kind].sort().join("+");
  if (kinds === "date+timestamp") return TIMESTAMP;
  const rankA = RANK[a.kind];
  const rankB = RANK[b.kind];
  if (rankA === undefined || rankB === undefined) return STRING;
  if (kinds === "double+long" || kinds === "decimal+double") return STRING;
  const [narrow, wide] = rankA < rankB ? [a, b] : [b, a];
  if (wide.kind !== "decimal") return wide;
  return widerDecimal(wide, decimal(narrow.kind === "int" ? 10 : 20, 0));
}

function widerDecimal(a: DataType, b: DataType): DataType {
  if (a.kind !== "decimal" || b.kind !== "decimal") return a;
  return decimal(Math.max(a.precision, b.precision), 0);
}
