import { high, low, mulHigh, negate, pair, pow10 } from "./shared/int128-halves";
import {
  addMagnitude,
  divideLimbs,
  increment,
  r0,
  r1,
  r2,
  r3,
  r4,
  remainderHigh,
  remainderLow,
  scaleDown,
  scaleUp,
  setMagnitude,
  setProduct,
  subtractFrom,
} from "./shared/limbs";

// Decimals of 128 bits. A result that has more digits than allowed is `OVERFLOW`, which is no decimal.

/** The high half of the value that tells an overflow; the low half is 0. */
const OVERFLOW_HIGH: i64 = i64.MIN_VALUE;

/** The product, wrapping at 128 bits. */
export function mul128(a: v128, b: v128): v128 {
  const aLow = low(a);
  const bLow = low(b);
  return pair(
    aLow * bLow,
    <i64>mulHigh(aLow, bLow) + <i64>aLow * high(b) + high(a) * <i64>bLow,
  );
}

/** The limbs with a sign, or OVERFLOW where they have more than `digits` digits. */
function finish(negative: bool, digits: i32): v128 {
  if (r4 | r3 | r2 || !fits(digits)) return pair(0, OVERFLOW_HIGH);
  const magnitude = pair(r0, <i64>r1);
  return negative ? negate(magnitude) : magnitude;
}

function fits(digits: i32): bool {
  if (digits <= 19) return r1 == 0 && r0 < pow10(digits);
  const first = pow10(19);
  const second = pow10(digits - 19);
  const limitHigh = mulHigh(first, second);
  return r1 < limitHigh || (r1 == limitHigh && r0 < first * second);
}

/** a · b, its last `drop` digits rounded half up, or OVERFLOW beyond `digits` digits. */
export function decimalMultiply(a: v128, b: v128, drop: i32, digits: i32): v128 {
  setProduct(a, b);
  scaleDown(drop);
  return finish((high(a) ^ high(b)) < 0, digits);
}

/** a · 10^up with the last `drop` digits rounded half up, or OVERFLOW beyond `digits` digits. */
export function decimalRescale(a: v128, up: i32, drop: i32, digits: i32): v128 {
  setMagnitude(a);
  scaleUp(up);
  scaleDown(drop);
  return finish(high(a) < 0, digits);
}

/** a · 10^upA + b · 10^upB with the last `drop` digits rounded half up, or OVERFLOW beyond `digits` digits. */
export function decimalAdd(a: v128, upA: i32, b: v128, upB: i32, drop: i32, digits: i32): v128 {
  setMagnitude(a);
  scaleUp(upA);
  const a0 = r0;
  const a1 = r1;
  const a2 = r2;
  const a3 = r3;
  setMagnitude(b);
  scaleUp(upB);
  let negative = high(a) < 0;
  if (negative == high(b) < 0) {
    addMagnitude(a0, a1, a2, a3);
  } else if (subtractFrom(a0, a1, a2, a3)) {
    negative = !negative;
  }
  scaleDown(drop);
  return finish(negative, digits);
}

/** a · 10^up / b rounded half up, or OVERFLOW beyond `digits` digits. The divisor is not 0. */
export function decimalDivide(a: v128, b: v128, up: i32, digits: i32): v128 {
  setMagnitude(a);
  scaleUp(up);
  const divisor = high(b) < 0 ? negate(b) : b;
  const divisorLow = low(divisor);
  const divisorHigh = <u64>high(divisor);
  divideLimbs(divisorLow, divisorHigh);
  if (atLeastHalf(divisorLow, divisorHigh)) increment();
  return finish((high(a) ^ high(b)) < 0, digits);
}

/** True if twice the remainder reaches the divisor. */
function atLeastHalf(divisorLow: u64, divisorHigh: u64): bool {
  if (remainderHigh >> 63) return true;
  const doubleHigh = (remainderHigh << 1) | (remainderLow >> 63);
  const doubleLow = remainderLow << 1;
  return doubleHigh > divisorHigh || (doubleHigh == divisorHigh && doubleLow >= divisorLow);
}
