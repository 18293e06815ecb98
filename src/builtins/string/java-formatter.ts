import type { DataType } from "../../columnar/data-type.ts";
import { formatDouble, formatFloat } from "../cast/floating-text.ts";
import { scientificDecimal } from "../decimal/decimal-text.ts";
import { type DecimalDigits, digitsOfDouble, groupDigits, roundDigits } from "./decimal-digits.ts";
import { type FormatSpecifier, invalidFormat, readSpecifier } from "./format-specifier.ts";
import { hexadecimalText } from "./hexadecimal-text.ts";
import { javaHash } from "./java-hash.ts";

const BITS: { readonly [kind: string]: number } = {
  byte: 8,
  short: 16,
  int: 32,
  date: 32,
  year_month_interval: 32,
};
const INTEGRAL_KINDS = new Set<string>([
  ...Object.keys(BITS),
  "long",
  "timestamp",
  "timestamp_ntz",
  "day_time_interval",
]);

/**
 * A format of Java's `Formatter` filled with values of the given types. Conversions: b h s c d x o e f g a % n. Fails
 * with `INVALID_PARAMETER_VALUE.FORMAT_STRING`.
 */
export function formatPrintf(
  format: string,
  values: readonly unknown[],
  types: readonly DataType[],
): string {
  let out = "";
  let at = 0;
  let ordinary = 0;
  let last = -1;
  while (at < format.length) {
    const next = format.indexOf("%", at);
    if (next < 0) return out + format.slice(at);
    out += format.slice(at, next);
    const specifier = readSpecifier(format, next);
    at = next + specifier.text.length;
    if (specifier.conversion === "%" || specifier.conversion === "n") {
      out += specifier.conversion === "%" ? justify("%", specifier) : "\n";
      continue;
    }
    if (specifier.index !== null) last = specifier.index - 1;
    else if (!specifier.flags.includes("<")) last = ordinary++;
    if (last < 0 || last >= values.length)
      throw invalidFormat(`Format specifier '${specifier.text}'`);
    out += formatValue(specifier, values[last], types[last]);
  }
  return out;
}

function formatValue(
  specifier: FormatSpecifier,
  value: unknown,
  type: DataType | undefined,
): string {
  const lower = specifier.conversion.toLowerCase();
  const text = convert(specifier, lower, value, type);
  return specifier.conversion === lower ? text : text.toUpperCase();
}

function convert(
  specifier: FormatSpecifier,
  conversion: string,
  value: unknown,
  type: DataType | undefined,
): string {
  if (conversion === "b")
    return general(specifier, String(typeof value === "boolean" ? value : value !== null));
  if (value === null || value === undefined) return general(specifier, "null");
  switch (conversion) {
    case "s":
      return general(specifier, plainText(value, type));
    case "h":
      return general(specifier, hashText(value, type));
    case "c":
      if (BITS[type?.kind ?? ""]) return general(specifier, characterOf(Number(value)));
      break;
    case "d":
      if (isIntegral(type)) return integer(specifier, BigInt(value as number | bigint));
      break;
    case "x":
    case "o":
      if (isIntegral(type)) return radix(specifier, value as number | bigint, type, conversion);
      break;
    default:
      if (type?.kind === "float" || type?.kind === "double")
        return real(specifier, conversion, value as number);
  }
  throw invalidFormat(`${conversion} != ${type?.kind ?? "null"}`);
}

function characterOf(code: number): string {
  if (code < 0 || code > 0x10ffff) throw invalidFormat(`Code point = ${code}`);
  return String.fromCodePoint(code);
}

function hashText(value: unknown, type: DataType | undefined): string {
  const hash = type === undefined ? null : javaHash(value, type);
  if (hash === null) throw invalidFormat(`h of ${type?.kind ?? "null"} is not supported`);
  return (hash >>> 0).toString(16);
}

function plainText(value: unknown, type: DataType | undefined): string {
  if (type?.kind === "decimal") return scientificDecimal(value as bigint, type.scale);
  if (type?.kind === "double") return formatDouble(value as number);
  return type?.kind === "float" ? formatFloat(value as number) : String(value);
}

function isIntegral(type: DataType | undefined): boolean {
  return type !== undefined && INTEGRAL_KINDS.has(type.kind);
}

function general(specifier: FormatSpecifier, text: string): string {
  return justify(
    specifier.precision === null ? text : text.slice(0, specifier.precision),
    specifier,
  );
}

function justify(text: string, { flags, width }: FormatSpecifier): string {
  return flags.includes("-") ? text.padEnd(width) : text.padStart(width);
}

function integer(specifier: FormatSpecifier, value: bigint): string {
  const digits = (value < 0n ? -value : value).toString();
  return signed(
    specifier,
    value < 0n,
    specifier.flags.includes(",") ? groupDigits(digits) : digits,
  );
}

function radix(
  specifier: FormatSpecifier,
  value: number | bigint,
  type: DataType | undefined,
  conversion: "x" | "o",
): string {
  const bits = BITS[type?.kind ?? ""] ?? 64;
  const digits = BigInt.asUintN(bits, BigInt(value)).toString(conversion === "x" ? 16 : 8);
  const marked = specifier.flags.includes("#")
    ? (conversion === "x" ? "0x" : "0") + digits
    : digits;
  return specifier.flags.includes("0")
    ? marked.padStart(specifier.width, "0")
    : justify(marked, specifier);
}

function real(specifier: FormatSpecifier, conversion: string, value: number): string {
  if (Number.isNaN(value)) return justify("NaN", specifier);
  const isNegative = value < 0 || Object.is(value, -0);
  if (!Number.isFinite(value))
    return signed(
      { ...specifier, flags: specifier.flags.replace("0", "") },
      isNegative,
      "Infinity",
    );
  if (conversion === "a") {
    const [prefix, digits] = hexadecimalText(Math.abs(value), specifier.precision);
    return signed(specifier, isNegative, digits, prefix);
  }
  const digits = digitsOfDouble(value);
  return signed(specifier, isNegative, realText(specifier, conversion, digits));
}

function realText(specifier: FormatSpecifier, conversion: string, digits: DecimalDigits): string {
  const precision = specifier.precision ?? 6;
  if (conversion === "e") return scientific(specifier, digits, precision);
  if (conversion === "f") return fixed(specifier, digits, precision);
  const significant = precision === 0 ? 1 : precision;
  if (/^0*$/.test(digits.digits)) return fixed(specifier, digits, significant - 1);
  const { exponent } = roundedTo(digits, significant);
  const isFixed = exponent >= -3 && exponent <= significant;
  return isFixed
    ? fixed(specifier, digits, significant - exponent)
    : scientific(specifier, digits, significant - 1);
}

/** A number that is not 0, rounded to so many digits; `exponent` as in `DecimalDigits`. */
function roundedTo(
  { digits, exponent }: DecimalDigits,
  count: number,
): { readonly whole: string; readonly fraction: string; readonly exponent: number } {
  const significant = digits.replace(/^0+/, "");
  const shift = digits.length - significant.length;
  const { whole, fraction } = roundDigits(
    { isNegative: false, digits: significant, exponent: 1 },
    count - 1,
    "halfUp",
  );
  return whole.length > 1
    ? { whole: "1", fraction: "0".repeat(count - 1), exponent: exponent - shift + 1 }
    : { whole, fraction, exponent: exponent - shift };
}

function fixed(specifier: FormatSpecifier, digits: DecimalDigits, precision: number): string {
  const { whole, fraction } = roundDigits(digits, precision, "halfUp");
  return withPoint(specifier, specifier.flags.includes(",") ? groupDigits(whole) : whole, fraction);
}

function scientific(specifier: FormatSpecifier, digits: DecimalDigits, precision: number): string {
  const isZero = /^0*$/.test(digits.digits);
  const { whole, fraction, exponent } = isZero
    ? { whole: "0", fraction: "0".repeat(precision), exponent: 1 }
    : roundedTo(digits, precision + 1);
  const power = exponent - 1;
  const written = String(Math.abs(power)).padStart(2, "0");
  return `${withPoint(specifier, whole, fraction)}e${power < 0 ? "-" : "+"}${written}`;
}

function withPoint({ flags }: FormatSpecifier, whole: string, fraction: string): string {
  return fraction === "" && !flags.includes("#") ? whole : `${whole}.${fraction}`;
}

/** `prefix` stands behind the sign, zeros behind it. */
function signed(
  specifier: FormatSpecifier,
  isNegative: boolean,
  digits: string,
  prefix = "",
): string {
  const { flags, width } = specifier;
  const hasParentheses = isNegative && flags.includes("(");
  const sign = hasParentheses
    ? "("
    : isNegative
      ? "-"
      : flags.includes("+")
        ? "+"
        : flags.includes(" ")
          ? " "
          : "";
  const end = hasParentheses ? ")" : "";
  const body = flags.includes("0")
    ? digits.padStart(width - sign.length - end.length - prefix.length, "0")
    : digits;
  return justify(sign + prefix + body + end, specifier);
}
