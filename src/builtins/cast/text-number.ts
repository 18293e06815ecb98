/** Without the white space and control characters around it, as Spark's casts read numbers. */
export function trimAll(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && isBlank(text.charCodeAt(start))) start++;
  while (end > start && isBlank(text.charCodeAt(end - 1))) end--;
  return text.slice(start, end);
}

function isBlank(code: number): boolean {
  return code <= 32 || code === 127;
}

/** The integer a text stands for, null where it is none. With `allowFraction`, digits behind a point are cut off. */
export function parseInteger(text: string, allowFraction: boolean): bigint | null {
  const trimmed = trimAll(text);
  const pattern = allowFraction ? /^([+-]?)(\d*)(?:\.\d*)?$/ : /^([+-]?)(\d+)$/;
  const match = pattern.exec(trimmed);
  if (!match || trimmed.length === (match[1]?.length ?? 0)) return null;
  const magnitude = BigInt(match[2] || "0");
  return match[1] === "-" ? -magnitude : magnitude;
}

const SPECIAL: { readonly [text: string]: number } = {
  inf: Number.POSITIVE_INFINITY,
  "+inf": Number.POSITIVE_INFINITY,
  infinity: Number.POSITIVE_INFINITY,
  "+infinity": Number.POSITIVE_INFINITY,
  "-inf": Number.NEGATIVE_INFINITY,
  "-infinity": Number.NEGATIVE_INFINITY,
  nan: Number.NaN,
};

/** The double a text stands for, null where it is none. */
export function parseFloating(text: string): number | null {
  const trimmed = trimAll(text);
  if (/^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?[dDfF]?$/.test(trimmed))
    return Number(trimmed.replace(/[dDfF]$/, ""));
  return SPECIAL[trimmed.toLowerCase()] ?? null;
}

/** unscaled · 10^-scale; the scale may be negative. */
export interface PlainDecimal {
  readonly unscaled: bigint;
  readonly scale: number;
}

/** The exact decimal a text stands for, null where it is none. */
export function parseDecimal(text: string): PlainDecimal | null {
  const match = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,9}))?$/.exec(trimAll(text));
  if (!match) return null;
  const [, sign, whole = "", fraction = "", exponent = "0"] = match;
  if (whole === "" && fraction === "") return null;
  const magnitude = BigInt(whole + fraction);
  return {
    unscaled: sign === "-" ? -magnitude : magnitude,
    scale: fraction.length - Number(exponent),
  };
}
