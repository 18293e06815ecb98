import { DataError } from "../common/errors.ts";
import { type DataType, simpleString } from "./data-type.ts";
import { parseDate, parseTimestamp, parseTimestampNtz } from "./datetime/datetime-text.ts";
import type { LiteralJson } from "./literal-json.ts";
import { sqlType } from "./sql-type.ts";

/**
 * The text of a `key=value` folder as a constant of the partition column's type, as a `Literal` holds it. Local times
 * are of `timeZone`. Throws `CAST_INVALID_INPUT` where the text is no such value.
 */
export function partitionLiteral(
  text: string | null,
  type: DataType,
  timeZone: string,
): LiteralJson {
  if (text === null || type.kind === "null") return null;
  const value = parse(text, type, timeZone);
  if (value !== null) return value;
  throw new DataError({
    condition: "CAST_INVALID_INPUT",
    message: `The partition value '${text}' of the type "STRING" cannot be cast to "${sqlType(type)}" because it is malformed.`,
    sqlState: "22018",
    details: { expression: text, targetType: simpleString(type) },
  });
}

function parse(text: string, type: DataType, timeZone: string): LiteralJson {
  switch (type.kind) {
    case "string":
      return text;
    case "binary":
      return Buffer.from(text).toString("base64");
    case "boolean":
      return /^(?:true|false)$/i.test(text) ? text.toLowerCase() === "true" : null;
    case "byte":
    case "short":
    case "int":
      return /^[+-]?\d+$/.test(text) ? Number(text) : null;
    case "long":
      return /^[+-]?\d+$/.test(text) ? `${BigInt(text.replace("+", ""))}` : null;
    case "float":
    case "double":
      return parseDouble(text);
    case "decimal":
      return parseDecimal(text, type.scale);
    case "date":
      return parseDate(text);
    case "timestamp":
      return microsText(parseTimestamp(text, timeZone));
    case "timestamp_ntz":
      return microsText(parseTimestampNtz(text));
    default:
      return null;
  }
}

const microsText = (micros: bigint | null): string | null => (micros === null ? null : `${micros}`);

function parseDouble(text: string): LiteralJson {
  const trimmed = text.trim().replace(/(?<=[\d.])[dDfF]$/, "");
  if (/^[+-]?NaN$/.test(trimmed)) return "NaN";
  const value = Number(trimmed.replace(/^\+/, ""));
  if (trimmed === "" || Number.isNaN(value)) return null;
  return Number.isFinite(value) ? value : `${value}`;
}

function parseDecimal(text: string, scale: number): LiteralJson {
  const match = /^([+-]?)(\d*)\.?(\d*)(?:[eE]([+-]?\d{1,3}))?$/.exec(text);
  if (match === null) return null;
  const [, sign, whole = "", fraction = "", exponent = "0"] = match;
  const shift = Number(exponent) - fraction.length + scale;
  const digits = BigInt(whole + fraction || "0");
  const unscaled = shift >= 0 ? digits * 10n ** BigInt(shift) : digits / 10n ** BigInt(-shift);
  return `${sign === "-" ? -unscaled : unscaled}`;
}
