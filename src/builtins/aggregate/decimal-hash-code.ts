import { formatDecimal } from "../decimal/decimal-text.ts";

const scratch = new DataView(new ArrayBuffer(8));

/** The hash code of Scala's `BigDecimal`: equal numbers, also of other scales and of type double, have the same. */
export function decimalHashCode(unscaled: bigint, scale: number): number {
  const [digits, places] = withoutTrailingZeros(unscaled, scale);
  if (places <= 0) return wholeHash(digits * 10n ** BigInt(-places));
  const nearest = Number(formatDecimal(unscaled, scale));
  if (isShortest(nearest, digits, places)) return doubleHash(nearest);
  return mixLast(bigIntegerHash(digits), places);
}

function withoutTrailingZeros(unscaled: bigint, scale: number): readonly [bigint, number] {
  if (unscaled === 0n) return [0n, 0];
  let [digits, places] = [unscaled, scale];
  for (; places > 0 && digits % 10n === 0n; places--) digits /= 10n;
  return [digits, places];
}

/** True if the shortest text of a double is this decimal, which has no zeros at its end. */
function isShortest(double: number, digits: bigint, places: number): boolean {
  const [mantissa = "", exponent = "0"] = String(double).split("e");
  const [whole = "", fraction = ""] = mantissa.split(".");
  return BigInt(whole + fraction) === digits && fraction.length - Number(exponent) === places;
}

function wholeHash(value: bigint): number {
  if (BigInt.asIntN(32, value) === value) return Number(value);
  if (BigInt.asIntN(64, value) === value) return Number(BigInt.asIntN(32, value ^ (value >> 32n)));
  return bigIntegerHash(value);
}

function doubleHash(value: number): number {
  if (Math.fround(value) === value) {
    scratch.setFloat32(0, value);
    return scratch.getInt32(0);
  }
  scratch.setFloat64(0, value);
  return scratch.getInt32(0) ^ scratch.getInt32(4);
}

/** Java's: over the words of the magnitude, from the highest. */
function bigIntegerHash(value: bigint): number {
  const words: number[] = [];
  for (let rest = value < 0n ? -value : value; rest > 0n; rest >>= 32n)
    words.unshift(Number(BigInt.asIntN(32, rest)));
  const hash = words.reduce((sum, word) => (Math.imul(31, sum) + word) | 0, 0);
  return value < 0n ? -hash | 0 : hash;
}

function mixLast(hash: number, data: number): number {
  const mixed = Math.imul(data, 0xcc9e2d51);
  return hash ^ Math.imul((mixed << 15) | (mixed >>> 17), 0x1b873593);
}
