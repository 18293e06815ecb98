const FRACTION_BITS = 52n;
const FRACTION_DIGITS = 13;
const BIAS = 1023;
const scratch = new DataView(new ArrayBuffer(8));

/**
 * A finite double that is not negative as Java's `%a` writes it, `0x` apart. A precision from 1 on rounds half to even;
 * 0 is 1.
 */
export function hexadecimalText(
  value: number,
  precision: number | null,
): readonly [prefix: string, digits: string] {
  scratch.setFloat64(0, value);
  const bits = scratch.getBigUint64(0);
  const stored = Number(bits >> FRACTION_BITS);
  const digits = precision === null ? FRACTION_DIGITS : Math.max(precision, 1);
  const isRounded = precision !== null && digits < FRACTION_DIGITS && stored > 0;
  const significand =
    (bits & ((1n << FRACTION_BITS) - 1n)) | (stored > 0 ? 1n << FRACTION_BITS : 0n);
  const kept = isRounded ? rounded(significand, digits) : significand;
  const carried = kept >> FRACTION_BITS > 1n;
  const exponent = value === 0 ? 0 : Math.max(stored, 1) - BIAS + (carried ? 1 : 0);
  const whole = carried ? 1n : kept >> FRACTION_BITS;
  const fraction = (kept & ((1n << FRACTION_BITS) - 1n))
    .toString(16)
    .padStart(FRACTION_DIGITS, "0");
  const shown = isRounded ? fraction.slice(0, digits) : fraction.replace(/0+$/, "");
  return ["0x", `${whole}.${shown.replace(/0+$/, "") || "0"}p${exponent}`];
}

function rounded(significand: bigint, digits: number): bigint {
  const dropped = FRACTION_BITS - 4n * BigInt(digits);
  const half = 1n << (dropped - 1n);
  const kept = significand >> dropped;
  const rest = significand & ((1n << dropped) - 1n);
  const isUp = rest > half || (rest === half && kept % 2n === 1n);
  return (kept + (isUp ? 1n : 0n)) << dropped;
}
