import type { DataType } from "../../columnar/data-type.ts";
import { DataError } from "../../common/errors.ts";
import { formatDouble, formatFloat } from "../cast/floating-text.ts";
import { formatDecimal } from "../decimal/decimal-text.ts";
import {
  type DecimalDigits,
  digitsOfDouble,
  digitsOfUnscaled,
  groupDigits,
  roundDigits,
} from "./decimal-digits.ts";

const SPECIFIER = /%(?:(\d+)\$|(<))?([-#+ 0,(]*)(\d+)?(?:\.(\d+))?([a-zA-Z%])/y;

const BITS: { readonly [kind: string]: number } = { byte: 8, short: 16, int: 32 };

interface Specifier {
  readonly text: string;
  readonly flags: string;
  readonly width: number;
  readonly precision: number | null;
  readonly conversion: string;
}

/**
 * A format of Java's `Formatter` filled with values of the given types. Conversions: b s c d x o e f g % n. Fails with
 * `INVALID_PARAMETER_VALUE.FORMAT_STRING`.
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
    SPECIFIER.lastIndex = next;
    const match = SPECIFIER.exec(format);
    if (match === null)
      throw invalidFormat(`UnknownFormatConversion '${format.slice(next, next + 2)}'`);
    const specifier = specifierOf(match);
    at = SPECIFIER.lastIndex;
    if (specifier.conversion === "%" || specifier.conversion === "n") {
      out += specifier.conversion === "%" ? justify("%", specifier) : "\n";
      continue;
    }
    if (match[1] !== undefined) last = Number(match[1]) - 1;
    else if (match[2] === undefined) last = ordinary++;
    if (last < 0 || last >= values.length)
      throw invalidFormat(`Format specifier '${specifier.text}'`);
    out += formatValue(specifier, values[last], types[last]);
  }
  return out;
}

function specifierOf(match: RegExpExecArray): Specifier {
  const [text, , , flags = "", width, precision, conversion = ""] = match;
  return {
    text,
    flags,
    width: Number(width ?? 0),
    precision: precision === undefined ? null : Number(precision),
    conversion,
  };
}

function formatValue(specifier: Specifier, value: unknown, type: DataType | undefined): string {
  const lower = specifier.conversion.toLowerCase();
  const text = convert(specifier, lower, value, type);
  return specifier.conversion === lower ? text : text.toUpperCase();
}

function convert(
  specifier: Specifier,
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
    case "c":
      if (isIntegral(type)) return general(specifier, String.fromCodePoint(Number(value)));
      break;
    case "d":
      if (isIntegral(type)) return integer(specifier, BigInt(value as number | bigint));
      break;
    case "x":
    case "o":
      if (isIntegral(type)) return radix(specifier, value as number | bigint, type, conversion);
      break;
    case "e":
    case "f":
    case "g":
      if (isReal(type)) return real(specifier, conversion, value as number | bigint, type);
      break;
    default:
      throw invalidFormat(`Conversion = '${specifier.conversion}'`);
  }
  throw invalidFormat(`${conversion} != ${type?.kind ?? "null"}`);
}

function plainText(value: unknown, type: DataType | undefined): string {
  if (type?.kind === "decimal") return formatDecimal(value as bigint, type.scale);
  if (type?.kind === "double") return formatDouble(value as number);
  return type?.kind === "float" ? formatFloat(value as number) : String(value);
}

function isIntegral(type: DataType | undefined): boolean {
  return type !== undefined && ["byte", "short", "int", "long"].includes(type.kind);
}

function isReal(type: DataType | undefined): boolean {
  return type !== undefined && ["float", "double", "decimal"].includes(type.kind);
}

function general(specifier: Specifier, text: string): string {
  return justify(
    specifier.precision === null ? text : text.slice(0, specifier.precision),
    specifier,
  );
}

function justify(text: string, { flags, width }: Specifier): string {
  return flags.includes("-") ? text.padEnd(width) : text.padStart(width);
}

function integer(specifier: Specifier, value: bigint): string {
  const digits = (value < 0n ? -value : value).toString();
  return signed(
    specifier,
    value < 0n,
    specifier.flags.includes(",") ? groupDigits(digits) : digits,
  );
}

function radix(
  specifier: Specifier,
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

function real(
  specifier: Specifier,
  conversion: "e" | "f" | "g",
  value: number | bigint,
  type: DataType | undefined,
): string {
  if (typeof value === "number" && !Number.isFinite(value)) {
    const special = Number.isNaN(value) ? "NaN" : "Infinity";
    return justify(value < 0 ? `-${special}` : special, specifier);
  }
  const digits =
    typeof value === "bigint"
      ? digitsOfUnscaled(value, type?.kind === "decimal" ? type.scale : 0)
      : digitsOfDouble(value);
  const precision = specifier.precision ?? 6;
  return signed(specifier, digits.isNegative, realText(specifier, conversion, digits, precision));
}

function realText(
  specifier: Specifier,
  conversion: "e" | "f" | "g",
  digits: DecimalDigits,
  precision: number,
): string {
  if (conversion === "e") return scientific(digits, precision);
  if (conversion === "f") return fixed(specifier, digits, precision);
  const significant = precision === 0 ? 1 : precision;
  const isZero = /^0*$/.test(digits.digits);
  const isFixed = isZero || (digits.exponent >= -3 && digits.exponent <= significant);
  if (!isFixed) return scientific(digits, significant - 1);
  return fixed(specifier, digits, significant - (isZero ? 1 : digits.exponent));
}

function fixed(specifier: Specifier, digits: DecimalDigits, precision: number): string {
  const { whole, fraction } = roundDigits(digits, precision, "halfUp");
  const grouped = specifier.flags.includes(",") ? groupDigits(whole) : whole;
  return fraction === "" ? grouped : `${grouped}.${fraction}`;
}

function scientific(digits: DecimalDigits, precision: number): string {
  const significant = digits.digits.replace(/^0+/, "");
  const shift = digits.digits.length - significant.length;
  const isZero = significant === "";
  const { whole, fraction } = roundDigits(
    { isNegative: false, digits: isZero ? "0" : significant, exponent: 1 },
    precision,
    "halfUp",
  );
  const carried = whole.length > 1;
  const exponent = isZero ? 0 : digits.exponent - shift - 1 + (carried ? 1 : 0);
  const mantissa = carried
    ? `1${fraction && `.${"0".repeat(precision)}`}`
    : `${whole}${fraction && `.${fraction}`}`;
  return `${mantissa}e${exponent < 0 ? "-" : "+"}${String(Math.abs(exponent)).padStart(2, "0")}`;
}

function signed(specifier: Specifier, isNegative: boolean, digits: string): string {
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
    ? digits.padStart(width - sign.length - end.length, "0")
    : digits;
  return justify(sign + body + end, specifier);
}

function invalidFormat(reason: string): DataError {
  return new DataError({
    condition: "INVALID_PARAMETER_VALUE.FORMAT_STRING",
    message: `The value of parameter(s) \`strfmt\` in \`format_string\` is invalid: ${reason}.`,
    sqlState: "22023",
  });
}
