import { high, low, mulHigh, negate, pow10 } from "./int128-halves";

/** Limb 0, the lowest: r0 … r4 are a magnitude of 320 bits without sign. Only functions of this file write them. */
export let r0: u64 = 0;
/** Limb 1. */
export let r1: u64 = 0;
/** Limb 2. */
export let r2: u64 = 0;
/** Limb 3. */
export let r3: u64 = 0;
/** Limb 4, the highest. */
export let r4: u64 = 0;
/** The low half of what `divideLimbs` left over. */
export let remainderLow: u64 = 0;
/** The high half of what `divideLimbs` left over. */
export let remainderHigh: u64 = 0;

/** Sets the limbs to a magnitude of 128 bits. */
export function setLimbs(lowHalf: u64, highHalf: u64): void {
  r0 = lowHalf;
  r1 = highHalf;
  r2 = 0;
  r3 = 0;
  r4 = 0;
}

/** Adds one. The two highest limbs are 0. */
export function increment(): void {
  r0++;
  let carry = <u64>(r0 == 0);
  r1 += carry;
  carry &= <u64>(r1 == 0);
  r2 += carry;
}

/** Sets the limbs to the magnitude of a value. */
export function setMagnitude(a: v128): void {
  const magnitude = high(a) < 0 ? negate(a) : a;
  setLimbs(low(magnitude), <u64>high(magnitude));
}

/** Sets the limbs to the product of two magnitudes. */
export function setProduct(a: v128, b: v128): void {
  const x = high(a) < 0 ? negate(a) : a;
  const y = high(b) < 0 ? negate(b) : b;
  setLimbs(low(x), <u64>high(x));
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

/** Multiplies the limbs by a factor; what is beyond 320 bits is lost. */
export function multiplyBy(factor: u64): void {
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

/** Multiplies the limbs by 10^digits. */
export function scaleUp(digits: i32): void {
  let rest = digits;
  while (rest > 0) {
    const step = rest > 19 ? 19 : rest;
    multiplyBy(pow10(step));
    rest -= step;
  }
}

/** Sets the limbs to their quotient by 10^digits, rounded half up. */
export function scaleDown(digits: i32): void {
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
export function divideLimbs(divisorLow: u64, divisorHigh: u64): void {
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

/** Adds a magnitude of four limbs. */
export function addMagnitude(a0: u64, a1: u64, a2: u64, a3: u64): void {
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
export function subtractFrom(a0: u64, a1: u64, a2: u64, a3: u64): bool {
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
