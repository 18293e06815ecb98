import { type DecimalDigits, roundDigits } from "./decimal-digits.ts";

/** A pattern of Java's `DecimalFormat` without exponent. */
export interface NumberPattern {
  readonly positive: Affixes;
  readonly negative: Affixes;
  readonly minWhole: number;
  readonly minFraction: number;
  readonly maxFraction: number;
  /** 0: no grouping. */
  readonly groupSize: number;
  /** Powers of ten that the number is multiplied with: 2 for per cent, 3 for per mille. */
  readonly shift: number;
}

interface Affixes {
  readonly prefix: string;
  readonly suffix: string;
}

const SUBPATTERN = /^((?:'[^']*'|[^#0,.;'])*)([#0,.]+)((?:'[^']*'|[^#0,.;'])*)$/;
const DIGITS = /^(#*)(0*)(?:\.(0*)(#*))?$/;

/** Reads a pattern; `"invalid"` where it is none. */
export function parseNumberPattern(pattern: string): NumberPattern | "invalid" {
  const [first = "", second, ...more] = splitAtSemicolon(pattern);
  const match = SUBPATTERN.exec(first);
  if (match === null || more.length > 0) return "invalid";
  const [, prefix = "", body = "", suffix = ""] = match;
  const digits = digitsOfPattern(body, suffix);
  if (digits === null) return "invalid";
  const [, hashes = "", zeros = "", fractionZeros = "", fractionHashes = ""] = digits;
  const positive = { prefix: unquote(prefix), suffix: unquote(suffix) };
  const affixes = second === undefined ? null : SUBPATTERN.exec(second);
  if (second !== undefined && affixes === null) return "invalid";
  const hasOnlyHashes = body.includes(".") && zeros === "" && fractionZeros === "";
  const whole = body.split(".")[0] ?? "";
  return {
    positive,
    negative: affixes
      ? { prefix: unquote(affixes[1] ?? ""), suffix: unquote(affixes[3] ?? "") }
      : { prefix: `-${positive.prefix}`, suffix: positive.suffix },
    minWhole: hasOnlyHashes && hashes !== "" ? 1 : zeros.length,
    minFraction: hasOnlyHashes && hashes === "" ? 1 : fractionZeros.length,
    maxFraction: fractionZeros.length + fractionHashes.length,
    groupSize: whole.includes(",") ? whole.length - whole.lastIndexOf(",") - 1 : 0,
    shift: /%/.test(prefix + suffix) ? 2 : /‰/.test(prefix + suffix) ? 3 : 0,
  };
}

/** Null where the digits are none, end with a comma or go on with an exponent, which is not supported. */
function digitsOfPattern(body: string, suffix: string): RegExpExecArray | null {
  if (/,(?:\.|$)/.test(body) || suffix.startsWith("E")) return null;
  return DIGITS.exec(body.replaceAll(",", ""));
}

/** A number by a pattern, rounded half to even. */
export function formatByPattern(number: DecimalDigits, pattern: NumberPattern): string {
  const shifted = { ...number, exponent: number.exponent + pattern.shift };
  const rounded = roundDigits(shifted, pattern.maxFraction, "halfEven");
  const whole = rounded.whole.replace(/^0+/, "").padStart(pattern.minWhole, "0");
  const fraction = trimZeros(rounded.fraction, pattern.minFraction);
  const { prefix, suffix } = number.isNegative ? pattern.negative : pattern.positive;
  const body = whole === "" && fraction === "" ? "0" : group(whole, pattern.groupSize);
  return `${prefix}${body}${fraction && `.${fraction}`}${suffix}`;
}

function group(whole: string, size: number): string {
  if (size === 0) return whole;
  const groups: string[] = [];
  for (let end = whole.length; end > 0; end -= size)
    groups.unshift(whole.slice(Math.max(end - size, 0), end));
  return groups.join(",");
}

function trimZeros(fraction: string, least: number): string {
  let length = fraction.length;
  while (length > least && fraction.charAt(length - 1) === "0") length--;
  return fraction.slice(0, length);
}

function splitAtSemicolon(pattern: string): readonly string[] {
  return (pattern.match(/(?:'[^']*'|[^';])+|;/g) ?? []).filter((part) => part !== ";");
}

function unquote(affix: string): string {
  return affix.replace(/'([^']*)'|¤/g, (found, text: string) =>
    found === "¤" ? "$" : text === "" ? "'" : text,
  );
}
