/** The quotient rounded towards negative infinity. */
export function floorDiv(value: bigint, by: bigint): bigint {
  const quotient = value / by;
  return value % by < 0n ? quotient - 1n : quotient;
}

/** The remainder that goes with `floorDiv`; never negative for a positive `by`. */
export function floorMod(value: bigint, by: bigint): bigint {
  const remainder = value % by;
  return remainder < 0n ? remainder + by : remainder;
}
