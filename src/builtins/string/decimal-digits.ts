/** A number as sign, digits and the place of the point: the value is 0.DIGITS × 10^exponent. */
export interface DecimalDigits {
  readonly isNegative: boolean;
  readonly digits: string;
  readonly exponent: number;
}

/** The shortest digits that name a finite double. */
export function digitsOfDouble(value: number): DecimalDigits {
  const size = Math.abs(value);
  // Java writes the least double as 4.9E-324.
  const written = size === Number.MIN_VALUE ? "4.9e-324" : size.toExponential();
  const [mantissa = "0", exponent = "0"] = written.split("e");
  return {
    isNegative: value < 0 || Object.is(value, -0),
    digits: mantissa.replace(".", ""),
    exponent: Number(exponent) + 1,
  };
}

/** The digits of an unscaled value with `scale` of them behind the point. */
export function digitsOfUnscaled(unscaled: bigint, scale: number): DecimalDigits {
  const digits = (unscaled < 0n ? -unscaled : unscaled).toString();
  return { isNegative: unscaled < 0n, digits, exponent: digits.length - scale };
}

/** All digits of a finite double. */
export function exactDigitsOfDouble(value: number): DecimalDigits {
  let scaled = Math.abs(value);
  let twos = 0n;
  while (!Number.isInteger(scaled)) {
    scaled *= 2;
    twos++;
  }
  const found = digitsOfUnscaled(BigInt(scaled) * 5n ** twos, Number(twos));
  return { ...found, isNegative: value < 0 || Object.is(value, -0) };
}

/** Where a half goes. */
export type Rounding = "halfEven" | "halfUp";

/** The integer and the fraction digits of a number rounded to `scale` digits behind the point. */
export function roundDigits(
  number: DecimalDigits,
  scale: number,
  rounding: Rounding,
): { readonly whole: string; readonly fraction: string } {
  const kept = number.exponent + scale;
  const unscaled =
    kept < 0
      ? 0n
      : BigInt(number.digits.slice(0, kept).padEnd(kept, "0") || "0") +
        (roundsUp(number.digits, kept, rounding) ? 1n : 0n);
  const text = unscaled.toString().padStart(scale + 1, "0");
  return { whole: text.slice(0, text.length - scale), fraction: text.slice(text.length - scale) };
}

function roundsUp(digits: string, kept: number, rounding: Rounding): boolean {
  const rest = digits.slice(kept);
  const first = rest.charAt(0);
  if (first < "5") return false;
  if (first > "5" || rounding === "halfUp" || /[1-9]/.test(rest.slice(1))) return true;
  return Number(digits.charAt(kept - 1) || "0") % 2 === 1;
}

/** With a comma between groups of three digits. */
export function groupDigits(whole: string): string {
  return whole.replace(/\B(?=(\d{3})+$)/g, ",");
}
