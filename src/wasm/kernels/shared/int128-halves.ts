/** The low 64 bits. */
// @ts-ignore: decorator
@inline
export function low(a: v128): u64 {
  return <u64>i64x2.extract_lane(a, 0);
}

/** The high 64 bits, with the sign. */
// @ts-ignore: decorator
@inline
export function high(a: v128): i64 {
  return i64x2.extract_lane(a, 1);
}

/** A value of its two halves. */
// @ts-ignore: decorator
@inline
export function pair(lowHalf: u64, highHalf: i64): v128 {
  return i64x2.replace_lane(i64x2.splat(<i64>lowHalf), 1, highHalf);
}

/** The value with the other sign, wrapping. */
// @ts-ignore: decorator
@inline
export function negate(a: v128): v128 {
  const lowHalf = ~low(a) + 1;
  return pair(lowHalf, ~high(a) + (lowHalf == 0 ? 1 : 0));
}

/** The high 64 bits of the unsigned product. */
export function mulHigh(a: u64, b: u64): u64 {
  const aLow = a & 0xffffffff;
  const aHigh = a >> 32;
  const bLow = b & 0xffffffff;
  const bHigh = b >> 32;
  const t = aHigh * bLow + ((aLow * bLow) >> 32);
  const u = aLow * bHigh + (t & 0xffffffff);
  return aHigh * bHigh + (t >> 32) + (u >> 32);
}

/** Ten to an exponent up to 19. */
export function pow10(exponent: i32): u64 {
  let power: u64 = exponent & 1 ? 10 : 1;
  if (exponent & 2) power *= 100;
  if (exponent & 4) power *= 10000;
  if (exponent & 8) power *= 100000000;
  if (exponent & 16) power *= 10000000000000000;
  return power;
}
