/** Ten to an exponent that is not negative. */
export function powerOf10(exponent: number): bigint {
  return 10n ** BigInt(exponent);
}

/** The quotient rounded to the nearest integer, halves away from zero. */
export function divideHalfUp(value: bigint, by: bigint): bigint {
  const quotient = value / by;
  const rest = value - quotient * by;
  const twice = (rest < 0n ? -rest : rest) * 2n;
  if (twice < (by < 0n ? -by : by)) return quotient;
  return value < 0n === by < 0n ? quotient + 1n : quotient - 1n;
}

/** An unscaled value at another scale, halves rounded away from zero. */
export function rescale(unscaled: bigint, fromScale: number, toScale: number): bigint {
  return toScale >= fromScale
    ? unscaled * powerOf10(toScale - fromScale)
    : divideHalfUp(unscaled, powerOf10(fromScale - toScale));
}

/** True if an unscaled value has no more digits than `precision`. */
export function hasDigits(unscaled: bigint, precision: number): boolean {
  const limit = powerOf10(precision);
  return unscaled < limit && unscaled > -limit;
}
