/**
 * Decimals of 128 bits. Wide intermediates live in the limbs r0 … r4 (320 bits, little-endian, a magnitude without sign).
 * A result that has more digits than allowed is `OVERFLOW`, which is no decimal.
 */
let r0: u64 = 0;
let r1: u64 = 0;
let r2: u64 = 0;
let r3: u64 = 0;
let r4: u64 = 0;
let remainderLow: u64 = 0;
let remainderHigh: u64 = 0;

/** The high half of the value that tells an overflow; the low half is 0. */
const OVERFLOW_HIGH: i64 = i64.MIN_VALUE;

// @ts-ignore: decorator
@inline
function low(a: v128): u64 {
  return <u64>i64x2.extract_lane(a, 0);
}

// @ts-ignore: decorator
@inline
function high(a: v128): i64 {
  return i64x2.extract_lane(a, 1);
}

// @ts-ignore: decorator
@inline
function pair(lowHalf: u64, highHalf: i64): v128 {
  return i64x2.replace_lane(i64x2.splat(<i64>lowHalf), 1, highHalf);
}

// @ts-ignore: decorator
@inline
function negate(a: v128): v128 {
  const lowHalf = ~low(a) + 1;
  return pair(lowHalf, ~high(a) + (lowHalf == 0 ? 1 : 0));
}

/** The high 64 bits of the unsigned product. */
function mulHigh(a: u64, b: u64): u64 {
  const aLow = a & 0xffffffff;
  const aHigh = a >> 32;
  const bLow = b & 0xffffffff;
  const bHigh = b >> 32;
  const t = aHigh * bLow + ((aLow * bLow) >> 32);
  const u = aLow * bHigh + (t & 0xffffffff);
  return aHigh * bHigh + (t >> 32) + (u >> 32);
}

/** The product, wrapping at 128 bits. */
export function mul128(a: v128, b: v128): v128 {
  const aLow = low(a);
  const bLow = low(b);
  return pair(
    aLow * bLow,
    <i64>mulHigh(aLow, bLow) + <i64>aLow * high(b) + high(a) * <i64>bLow,
  );
}

function pow10(exponent: i32): u64 {
  let power: u64 = exponent & 1 ? 10 : 1;
  if (exponent & 2) power *= 100;
  if (exponent & 4) power *= 10000;
  if (exponent & 8) power *= 100000000;
  if (exponent & 16) power *= 10000000000000000;
  return power;
}

/** Sets the limbs to the magnitude of a value. */
function setMagnitude(a: v128): void {
  const magnitude = high(a) < 0 ? negate(a) : a;
  r0 = low(magnitude);
  r1 = <u64>high(magnitude);
  r2 = 0;
  r3 = 0;
  r4 = 0;
}

/** Sets the limbs to the product of two magnitudes. */
function setProduct(a: v128, b: v128): void {
  const x = high(a) < 0 ? negate(a) : a;
  const y = high(b) < 0 ? negate(b) : b;
  r0 = low(x);
  r1 = <u64>high(x);
  r2 = 0;
  r3 = 0;
  r4 = 0;
  const x0 = r0;
  const x1 = r1;
  const yHigh = <u64>high(y);
  multiplyBy(low(y));
  if (yHigh == 0) return;
  // Adds (x1, x0) · yHigh one limb up.
  const p0 = x0 * yHigh;
  const m0 = mulHigh(x0, yHigh);
  const p1 = x1 * yHigh;
  const m1 = mulHigh(x1, yHigh);
  let middle = m0 + p1;
  const top = m1 + <u64>(middle < m0);
  r1 += p0;
  const carry1 = <u64>(r1 < p0);
  middle += carry1;
  const top1 = top + <u64>(middle < carry1);
  r2 += middle;
  r3 += top1 + <u64>(r2 < middle);
}

/** Multiplies the limbs. */
function multiplyBy(factor: u64): void {
  const h0 = mulHigh(r0, factor);
  const h1 = mulHigh(r1, factor);
  const h2 = mulHigh(r2, factor);
  const h3 = mulHigh(r3, factor);
  r0 = r0 * factor;
  r1 = r1 * factor + h0;
  const c1 = <u64>(r1 < h0);
  r2 = r2 * factor + h1;
  let carry = <u64>(r2 < h1);
  r2 += c1;
  const c2 = carry + <u64>(r2 < c1);
  r3 = r3 * factor + h2;
  carry = <u64>(r3 < h2);
  r3 += c2;
  const c3 = carry + <u64>(r3 < c2);
  r4 = r4 * factor + h3 + c3;
}

function scaleUp(digits: i32): void {
  let rest = digits;
  while (rest > 0) {
    const step = rest > 19 ? 19 : rest;
    multiplyBy(pow10(step));
    rest -= step;
  }
}

/** Sets the limbs to their quotient by 10^digits, rounded half up. */
function scaleDown(digits: i32): void {
  if (digits <= 0) return;
  addHalfOfPower(digits);
  let rest = digits;
  while (rest > 0) {
    const step = rest > 9 ? 9 : rest;
    divideBySmall(pow10(step));
    rest -= step;
  }
}

function addHalfOfPower(digits: i32): void {
  const s0 = r0;
  const s1 = r1;
  const s2 = r2;
  const s3 = r3;
  const s4 = r4;
  r0 = 5;
  r1 = 0;
  r2 = 0;
  r3 = 0;
  r4 = 0;
  scaleUp(digits - 1);
  r0 += s0;
  let carry = <u64>(r0 < s0);
  r1 += carry;
  carry = <u64>(r1 < carry);
  r1 += s1;
  carry += <u64>(r1 < s1);
  r2 += carry;
  carry = <u64>(r2 < carry);
  r2 += s2;
  carry += <u64>(r2 < s2);
  r3 += carry;
  carry = <u64>(r3 < carry);
  r3 += s3;
  carry += <u64>(r3 < s3);
  r4 += s4 + carry;
}

/** Divides the limbs by a divisor below 2^32, keeping the remainder in `remainderLow`. */
function divideBySmall(divisor: u64): void {
  let rest: u64 = 0;
  if (r4) {
    rest = r4 % divisor;
    r4 /= divisor;
  }
  if (r3 | rest) {
    r3 = halves(rest, r3, divisor);
    rest = remainderLow;
  }
  if (r2 | rest) {
    r2 = halves(rest, r2, divisor);
    rest = remainderLow;
  }
  if (r1 | rest) {
    r1 = halves(rest, r1, divisor);
    rest = remainderLow;
  }
  r0 = halves(rest, r0, divisor);
}

// @ts-ignore: decorator
@inline
function halves(rest: u64, limb: u64, divisor: u64): u64 {
  const upper = (rest << 32) | (limb >> 32);
  const quotient = upper / divisor;
  const lower = ((upper - quotient * divisor) << 32) | (limb & 0xffffffff);
  const last = lower / divisor;
  remainderLow = lower - last * divisor;
  return (quotient << 32) | last;
}

/** The quotient of (above, limb) by a divisor, above < divisor; the remainder goes to `remainderLow`. Knuth's algorithm D on two digits. */
function divideTwoLimbs(above: u64, limb: u64, divisor: u64): u64 {
  if (above == 0) {
    const simple = limb / divisor;
    remainderLow = limb - simple * divisor;
    return simple;
  }
  const shift = clz<u64>(divisor);
  const d = divisor << shift;
  const dHigh = d >> 32;
  const dLow = d & 0xffffffff;
  const top = shift ? (above << shift) | (limb >> (64 - shift)) : above;
  const rest = limb << shift;
  const digit1 = rest >> 32;
  const digit0 = rest & 0xffffffff;
  let q1 = top / dHigh;
  let remainder = top - q1 * dHigh;
  while (q1 >> 32 || q1 * dLow > ((remainder << 32) | digit1)) {
    q1--;
    remainder += dHigh;
    if (remainder >> 32) break;
  }
  const middle = ((top << 32) | digit1) - q1 * d;
  let q0 = middle / dHigh;
  remainder = middle - q0 * dHigh;
  while (q0 >> 32 || q0 * dLow > ((remainder << 32) | digit0)) {
    q0--;
    remainder += dHigh;
    if (remainder >> 32) break;
  }
  remainderLow = (((middle << 32) | digit0) - q0 * d) >> shift;
  return (q1 << 32) + q0;
}

/** Divides the limbs by a 128-bit divisor, keeping the remainder. */
function divideLimbs(divisorLow: u64, divisorHigh: u64): void {
  if (divisorHigh == 0) {
    remainderLow = 0;
    r4 = divideTwoLimbs(0, r4, divisorLow);
    r3 = divideTwoLimbs(remainderLow, r3, divisorLow);
    r2 = divideTwoLimbs(remainderLow, r2, divisorLow);
    r1 = divideTwoLimbs(remainderLow, r1, divisorLow);
    r0 = divideTwoLimbs(remainderLow, r0, divisorLow);
    remainderHigh = 0;
    return;
  }
  let restLow: u64 = 0;
  let restHigh: u64 = 0;
  for (let bit = 0; bit < 320; bit++) {
    restHigh = (restHigh << 1) | (restLow >> 63);
    restLow = (restLow << 1) | (r4 >> 63);
    r4 = (r4 << 1) | (r3 >> 63);
    r3 = (r3 << 1) | (r2 >> 63);
    r2 = (r2 << 1) | (r1 >> 63);
    r1 = (r1 << 1) | (r0 >> 63);
    r0 <<= 1;
    if (restHigh > divisorHigh || (restHigh == divisorHigh && restLow >= divisorLow)) {
      restHigh -= divisorHigh + <u64>(restLow < divisorLow);
      restLow -= divisorLow;
      r0 |= 1;
    }
  }
  remainderLow = restLow;
  remainderHigh = restHigh;
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

function addMagnitude(a0: u64, a1: u64, a2: u64, a3: u64): void {
  r0 += a0;
  let carry = <u64>(r0 < a0);
  r1 += carry;
  carry = <u64>(r1 < carry);
  r1 += a1;
  carry += <u64>(r1 < a1);
  r2 += carry;
  carry = <u64>(r2 < carry);
  r2 += a2;
  carry += <u64>(r2 < a2);
  r3 += a3 + carry;
}

/** Sets the limbs to |a − limbs|; 1 where the limbs were greater. */
function subtractFrom(a0: u64, a1: u64, a2: u64, a3: u64): bool {
  let borrow = <u64>(a0 < r0);
  r0 = a0 - r0;
  let next = <u64>(a1 < r1) | <u64>(a1 == r1 && borrow != 0);
  r1 = a1 - r1 - borrow;
  borrow = next;
  next = <u64>(a2 < r2) | <u64>(a2 == r2 && borrow != 0);
  r2 = a2 - r2 - borrow;
  borrow = next;
  next = <u64>(a3 < r3) | <u64>(a3 == r3 && borrow != 0);
  r3 = a3 - r3 - borrow;
  if (!next) return false;
  r0 = ~r0 + 1;
  let carry = <u64>(r0 == 0);
  r1 = ~r1 + carry;
  carry &= <u64>(r1 == 0);
  r2 = ~r2 + carry;
  carry &= <u64>(r2 == 0);
  r3 = ~r3 + carry;
  return true;
}

/** a · 10^up / b rounded half up, or OVERFLOW beyond `digits` digits. The divisor is not 0. */
export function decimalDivide(a: v128, b: v128, up: i32, digits: i32): v128 {
  setMagnitude(a);
  scaleUp(up);
  const divisor = high(b) < 0 ? negate(b) : b;
  const divisorLow = low(divisor);
  const divisorHigh = <u64>high(divisor);
  divideLimbs(divisorLow, divisorHigh);
  if (atLeastHalf(divisorLow, divisorHigh)) {
    r0++;
    let carry = <u64>(r0 == 0);
    r1 += carry;
    carry &= <u64>(r1 == 0);
    r2 += carry;
  }
  return finish((high(a) ^ high(b)) < 0, digits);
}

/** Whether twice the remainder reaches the divisor. */
function atLeastHalf(divisorLow: u64, divisorHigh: u64): bool {
  if (remainderHigh >> 63) return true;
  const doubleHigh = (remainderHigh << 1) | (remainderLow >> 63);
  const doubleLow = remainderLow << 1;
  return doubleHigh > divisorHigh || (doubleHigh == divisorHigh && doubleLow >= divisorLow);
}

/** a / 10^scale as the nearest double, ties to even. */
export function decimalToDouble(a: v128, scale: i32): f64 {
  const negative = high(a) < 0;
  const magnitude = negative ? negate(a) : a;
  const lowHalf = low(magnitude);
  const highHalf = <u64>high(magnitude);
  let result: f64;
  if (highHalf == 0 && lowHalf >> 53 == 0 && scale <= 22) {
    result = <f64>lowHalf / exactPower(scale);
  } else {
    result = nearestDouble(lowHalf, highHalf, scale);
  }
  return negative ? -result : result;
}

function exactPower(exponent: i32): f64 {
  return exponent <= 19 ? <f64>pow10(exponent) : <f64>pow10(19) * <f64>pow10(exponent - 19);
}

/** A quotient of at least 66 bits, whose rest only matters as "not zero". */
function nearestDouble(lowHalf: u64, highHalf: u64, scale: i32): f64 {
  r0 = 1;
  r1 = 0;
  r2 = 0;
  r3 = 0;
  r4 = 0;
  scaleUp(scale);
  const divisorLow = r0;
  const divisorHigh = r1;
  const divisorBits = 128 - leadingZeros(divisorHigh, divisorLow);
  const bits = 128 - leadingZeros(highHalf, lowHalf);
  let shift = 66 + divisorBits - bits;
  if (shift < 0) shift = 0;
  r0 = lowHalf;
  r1 = highHalf;
  r2 = 0;
  for (let rest = shift; rest > 0; ) {
    const step = rest > 63 ? 63 : rest;
    multiplyBy(<u64>1 << step);
    rest -= step;
  }
  divideLimbs(divisorLow, divisorHigh);
  const sticky = remainderLow | remainderHigh;
  // Brings the quotient into 64 bits; what falls off is kept as one bit.
  const zeros = leadingZeros(r1, r0);
  const drop = 64 - zeros;
  let mantissa = r0;
  let lost: u64 = sticky;
  if (drop > 0) {
    lost |= drop == 64 ? r0 : r0 & ((<u64>1 << drop) - 1);
    mantissa = drop == 64 ? r1 : (r1 << (64 - drop)) | (r0 >> drop);
  }
  if (lost) mantissa |= 1;
  return <f64>mantissa * powerOf2((drop > 0 ? drop : 0) - shift);
}

function leadingZeros(highHalf: u64, lowHalf: u64): i32 {
  return <i32>(highHalf ? clz<u64>(highHalf) : 64 + clz<u64>(lowHalf));
}

function powerOf2(exponent: i32): f64 {
  return reinterpret<f64>(<u64>(exponent + 1023) << 52);
}
