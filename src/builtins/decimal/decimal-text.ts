/** A decimal in plain digits: `-0.05`, `1200`. */
export function formatDecimal(unscaled: bigint, scale: number): string {
  const digits = (unscaled < 0n ? -unscaled : unscaled).toString().padStart(scale + 1, "0");
  const sign = unscaled < 0n ? "-" : "";
  if (scale === 0) return sign + digits;
  return `${sign}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}

/** As Java's `BigDecimal` prints it: with an exponent where six zeros or more follow the point, `1.2E-8`. */
export function formatBigDecimal(unscaled: bigint, scale: number): string {
  const digits = (unscaled < 0n ? -unscaled : unscaled).toString();
  const exponent = digits.length - 1 - scale;
  if (exponent >= -6) return formatDecimal(unscaled, scale);
  const point = digits.length > 1 ? "." : "";
  return `${unscaled < 0n ? "-" : ""}${digits[0]}${point}${digits.slice(1)}E${exponent}`;
}

/** Java's `BigDecimal.toString`: an exponent where the value is below 10^-6. */
export function scientificDecimal(unscaled: bigint, scale: number): string {
  const digits = `${unscaled < 0n ? -unscaled : unscaled}`;
  const exponent = digits.length - 1 - scale;
  if (exponent >= -6) return formatDecimal(unscaled, scale);
  const fraction = digits.length > 1 ? `.${digits.slice(1)}` : "";
  return `${unscaled < 0n ? "-" : ""}${digits[0]}${fraction}E${exponent}`;
}
