const PLAIN_FROM = 1e-3;
const PLAIN_UNTIL = 1e7;

/** A double as Java and Spark print it: `1.0`, `1.0E10`, `NaN`. */
export function formatDouble(value: number): string {
  return javaText(value, value.toExponential());
}

/** A float as Java and Spark print it: as few digits as tell it from its neighbours. */
export function formatFloat(value: number): string {
  for (let digits = 0; digits < 9; digits++) {
    const text = value.toExponential(digits);
    if (Math.fround(Number(text)) === value) return javaText(value, text);
  }
  return javaText(value, value.toExponential());
}

function javaText(value: number, exponential: string): string {
  if (!Number.isFinite(value)) return String(value);
  if (value === 0) return Object.is(value, -0) ? "-0.0" : "0.0";
  const [mantissa = "", exponent = ""] = exponential.split("e");
  const size = Math.abs(value);
  if (size >= PLAIN_FROM && size < PLAIN_UNTIL) return plainText(mantissa, Number(exponent));
  return `${withPoint(mantissa)}E${Number(exponent)}`;
}

function plainText(mantissa: string, exponent: number): string {
  const sign = mantissa.startsWith("-") ? "-" : "";
  const digits = mantissa.replace(/[-.]/g, "");
  if (exponent < 0) return `${sign}0.${"0".repeat(-exponent - 1)}${digits}`;
  const whole = digits.slice(0, exponent + 1).padEnd(exponent + 1, "0");
  return `${sign}${whole}.${digits.slice(exponent + 1) || "0"}`;
}

const withPoint = (mantissa: string): string =>
  mantissa.includes(".") ? mantissa : `${mantissa}.0`;
