import { high, low, negate, pow10 } from "./shared/int128-halves";
import {
  divideLimbs,
  multiplyBy,
  r0,
  r1,
  remainderHigh,
  remainderLow,
  scaleUp,
  setLimbs,
} from "./shared/limbs";

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
  setLimbs(1, 0);
  scaleUp(scale);
  const divisorLow = r0;
  const divisorHigh = r1;
  const divisorBits = 128 - leadingZeros(divisorHigh, divisorLow);
  const bits = 128 - leadingZeros(highHalf, lowHalf);
  let shift = 66 + divisorBits - bits;
  if (shift < 0) shift = 0;
  setLimbs(lowHalf, highHalf);
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
