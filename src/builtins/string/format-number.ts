import { type DataType, DOUBLE, INT, STRING } from "../../columnar/data-type.ts";
import { isNumeric } from "../../columnar/type-class.ts";
import { DataError } from "../../common/errors.ts";
import type { Argument, CallFacts, ResolveContext, ScalarBuiltin, Signature } from "../builtin.ts";
import { requireArguments, unexpectedArgument } from "../type-mismatch.ts";
import {
  type DecimalDigits,
  digitsOfDouble,
  digitsOfUnscaled,
  exactDigitsOfDouble,
  groupDigits,
  roundDigits,
} from "./decimal-digits.ts";
import { formatByPattern, type NumberPattern, parseNumberPattern } from "./number-pattern.ts";

const DEFAULT_PATTERN = "#,###,###,###,###,###,##0";

/**
 * A number with grouping and as many digits behind the point as the second argument says, or by a pattern of Java's
 * `DecimalFormat`; rounded half to even. Null for a negative number of digits.
 */
export const FORMAT_NUMBER: ScalarBuiltin = {
  kind: "scalar",
  name: "format_number",
  resolve: resolveFormatNumber,
  kernel: { kind: "row", prepare: prepareFormatNumber },
  examples: [
    { sql: "SELECT format_number(12332.123456, 4)", rows: ["12,332.1235"] },
    { sql: "SELECT format_number(12332.123456, '##################.###')", rows: ["12332.123"] },
    { sql: "SELECT format_number(0.125D, 2), format_number(0.135, 2)", rows: ["0.12\t0.14"] },
    { sql: "SELECT format_number(-0.5, 0), format_number(12345, -1)", rows: ["-0\tNULL"] },
  ],
};

function resolveFormatNumber(args: readonly Argument[], context: ResolveContext): Signature {
  requireArguments(args, context, 2);
  const number = numberType(args[0]?.type ?? DOUBLE);
  const format = formatType(args[1]?.type ?? INT, args[0]?.type ?? DOUBLE);
  if (number !== null && format !== null)
    return { args: [number, format], type: STRING, nullable: true };
  const print = (texts: readonly string[]): string => `format_number(${texts.join(", ")})`;
  throw number === null
    ? unexpectedArgument(args, print, 0, '"NUMERIC"')
    : unexpectedArgument(args, print, 1, '("INT" or "STRING")');
}

function numberType(type: DataType): DataType | null {
  if (type.kind === "null") return DOUBLE;
  return isNumeric(type) ? type : null;
}

/** Beside a bare NULL a smaller integer is not widened. */
function formatType(type: DataType, number: DataType): DataType | null {
  if (type.kind === "string") return STRING;
  if (number.kind === "null" && (type.kind === "byte" || type.kind === "short")) return null;
  return ["byte", "short", "int", "null"].includes(type.kind) ? INT : null;
}

function prepareFormatNumber(call: CallFacts): (value: never, format: never) => string | null {
  const type = call.args[0]?.type ?? DOUBLE;
  const format = (value: number | bigint, by: number | string): string | null => {
    const pattern =
      typeof by === "string" ? parseNumberPattern(by === "" ? DEFAULT_PATTERN : by) : null;
    if (pattern === "invalid") throw invalidPattern(String(by));
    const shift = pattern?.shift ?? 0;
    if (typeof value === "number" && !Number.isFinite(value * 10 ** shift))
      return specialText(value, pattern);
    if (pattern === null && Number(by) < 0) return null;
    if (pattern !== null) return byPattern(value, type, pattern);
    const number = digitsOf(value, type, Number(by));
    const { whole, fraction } = roundDigits(number, Number(by), "halfEven");
    return `${number.isNegative ? "-" : ""}${groupDigits(whole)}${fraction && `.${fraction}`}`;
  };
  return format;
}

/** A double is multiplied as a double for per cent, which may round. */
function byPattern(value: number | bigint, type: DataType, pattern: NumberPattern): string {
  const isDouble = typeof value === "number";
  const number = isDouble ? value * 10 ** pattern.shift : value;
  const digits = digitsOf(number, type, pattern.maxFraction);
  return formatByPattern(digits, isDouble ? { ...pattern, shift: 0 } : pattern);
}

/** Where the shortest digits of a double are a tie, all its digits decide. */
function digitsOf(value: number | bigint, type: DataType, scale: number): DecimalDigits {
  if (typeof value === "bigint")
    return digitsOfUnscaled(value, type.kind === "decimal" ? type.scale : 0);
  const shortest = digitsOfDouble(value);
  return shortest.digits.length === shortest.exponent + scale + 1 && shortest.digits.endsWith("5")
    ? exactDigitsOfDouble(value)
    : shortest;
}

function specialText(value: number, pattern: NumberPattern | null): string {
  if (Number.isNaN(value)) return "NaN";
  if (pattern === null) return value < 0 ? "-∞" : "∞";
  const { prefix, suffix } = value < 0 ? pattern.negative : pattern.positive;
  return `${prefix}∞${suffix}`;
}

function invalidPattern(pattern: string): DataError {
  return new DataError({
    condition: "INVALID_PARAMETER_VALUE.PATTERN",
    message: `The value of parameter(s) \`format\` in \`format_number\` is invalid: '${pattern}'.`,
    sqlState: "22023",
  });
}
