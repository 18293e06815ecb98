/** Where a number between two integers goes. */
export type RoundingMode = "halfUp" | "halfEven" | "ceiling" | "floor";

/** value / by for a positive divisor, rounded to an integer. */
export function roundedQuotient(value: bigint, by: bigint, mode: RoundingMode): bigint {
  const quotient = value / by;
  const rest = value - quotient * by;
  if (rest === 0n) return quotient;
  const away = value < 0n ? quotient - 1n : quotient + 1n;
  if (mode === "ceiling") return value > 0n ? away : quotient;
  if (mode === "floor") return value < 0n ? away : quotient;
  const twice = (rest < 0n ? -rest : rest) * 2n;
  if (twice !== by) return twice > by ? away : quotient;
  return mode === "halfUp" || quotient % 2n !== 0n ? away : quotient;
}
