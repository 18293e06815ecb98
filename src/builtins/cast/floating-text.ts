/** A double as Java prints it: `1.0`, `1.0E10`, `1.0E-5`, `NaN`. */
export function formatDouble(value: number): string {
  return format(value, value.toExponential());
}

/** As `formatDouble`, with only the digits that a float needs. */
export function formatFloat(value: number): string {
  if (!Number.isFinite(value) || value === 0) return format(value, value.toExponential());
  for (let digits = 0; digits < 9; digits++) {
    const text = value.toExponential(digits);
    if (Math.fround(Number(text)) === value) return format(value, text);
  }
  return format(value, value.toExponential(9));
}

function format(value: number, shortest: string): string {
  if (!Number.isFinite(value)) return String(value);
  if (value === 0) return Object.is(value, -0) ? "-0.0" : "0.0";
  // Java prefers the nearest of two digits to the shortest of one: 4.9E-324, not 5.0E-324.
  const text = /^-?\de/.test(shortest) ? value.toExponential(1) : shortest;
  const [mantissa = "", power = "0"] = text.split("e");
  const exponent = Number(power);
  const sign = mantissa.startsWith("-") ? "-" : "";
  const digits = mantissa.replace(/[-.]/g, "").replace(/(?<=.)0+$/, "");
  if (exponent < -3 || exponent >= 7)
    return `${sign}${digits[0]}.${digits.slice(1) || "0"}E${exponent}`;
  if (exponent < 0) return `${sign}0.${"0".repeat(-exponent - 1)}${digits}`;
  const whole = digits.slice(0, exponent + 1).padEnd(exponent + 1, "0");
  return `${sign}${whole}.${digits.slice(exponent + 1) || "0"}`;
}
