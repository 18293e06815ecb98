import { DataError } from "../common/errors.ts";
import { type DataType, simpleString } from "./data-type.ts";
import type { LiteralJson } from "./literal-json.ts";

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
    message: `The partition value '${text}' of the type "STRING" cannot be cast to "${simpleString(type).toUpperCase()}" because it is malformed.`,
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
      return parseDateText(text);
    case "timestamp":
      return microsText(parseTimestampText(text, timeZone));
    case "timestamp_ntz":
      return microsText(parseTimestampText(text, "UTC"));
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

const DAY_MS = 86_400_000;

/** Days since 1970-01-01 of `yyyy-MM-dd`, or null where the text is no such date. */
export function parseDateText(text: string): number | null {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (match === null) return null;
  const date = new Date(0);
  date.setUTCFullYear(Number(match[1]), Number(match[2]) - 1, Number(match[3]));
  const same =
    date.getUTCMonth() === Number(match[2]) - 1 && date.getUTCDate() === Number(match[3]);
  return same ? Math.floor(date.getTime() / DAY_MS) : null;
}

/** Microseconds since the epoch of `yyyy-MM-dd[ HH:mm:ss[.SSSSSS]]` in a time zone, or null. */
export function parseTimestampText(text: string, timeZone: string): bigint | null {
  const match = /^(\d{4}-\d{2}-\d{2})(?: (\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,6}))?)?$/.exec(text);
  const days = parseDateText(match?.[1] ?? "");
  if (match === null || days === null) return null;
  const [hour, minute, second] = [match[2], match[3], match[4]].map((part) => Number(part ?? 0));
  if (hour === undefined || minute === undefined || second === undefined) return null;
  if (hour > 23 || minute > 59 || second > 59) return null;
  const localMs = days * DAY_MS + ((hour * 60 + minute) * 60 + second) * 1000;
  const micros = Number((match[5] ?? "").padEnd(6, "0"));
  return BigInt(instantOf(localMs, timeZone)) * 1000n + BigInt(micros);
}

/** The instant at which clocks in a zone show a local time given as if it were UTC. */
function instantOf(localMs: number, timeZone: string): number {
  if (timeZone === "UTC" || timeZone === "Z") return localMs;
  const guess = localMs - offsetMs(localMs, timeZone);
  return localMs - offsetMs(guess, timeZone);
}

function offsetMs(instantMs: number, timeZone: string): number {
  const format = new Intl.DateTimeFormat("en-US", { timeZone, timeZoneName: "longOffset" });
  const name = format.formatToParts(instantMs).find((part) => part.type === "timeZoneName")?.value;
  const match = /GMT([+-])(\d{2}):(\d{2})(?::(\d{2}))?/.exec(name ?? "");
  if (match === null) return 0;
  const seconds = (Number(match[2]) * 60 + Number(match[3])) * 60 + Number(match[4] ?? 0);
  return (match[1] === "-" ? -seconds : seconds) * 1000;
}
