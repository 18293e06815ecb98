import { inspect } from "node:util";
import { formatDecimal } from "../builtins/decimal/decimal-text.ts";
import { AnalysisError } from "../common/errors.ts";
import { expectArgument, expectString } from "../common/expect-argument.ts";

const TEXT = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/;
const MAX_PRECISION = 38;

/** An exact decimal number, `unscaled / 10^scale`; immutable. */
export class Decimal {
  readonly unscaled: bigint;
  readonly scale: number;

  /** `scale` is 0 to 38. */
  constructor(unscaled: bigint, scale: number) {
    expectArgument(typeof unscaled === "bigint", "unscaled", "a bigint", unscaled);
    if (!Number.isInteger(scale) || scale < 0 || scale > MAX_PRECISION)
      throw notDecimal(`${unscaled}E-${String(scale)}`);
    this.unscaled = unscaled;
    this.scale = scale;
    Object.freeze(this);
  }

  /** Reads `-12.50` or `1.5e-3`. Throws an `AnalysisError` for text that is no decimal of at most 38 digits. */
  static parse(text: string): Decimal {
    expectString(text, "text");
    const match = TEXT.exec(text.trim());
    const [, sign = "", whole = "", fraction = "", exponent = "0"] = match ?? [];
    if (match === null || whole + fraction === "") throw notDecimal(text);
    const scale = fraction.length - Number(exponent);
    if (Math.abs(scale) > 2 * MAX_PRECISION) throw notDecimal(text);
    const digits = BigInt(whole + fraction) * 10n ** BigInt(Math.max(-scale, 0));
    const decimal = new Decimal(sign === "-" ? -digits : digits, Math.max(scale, 0));
    if (decimal.precision > MAX_PRECISION) throw notDecimal(text);
    return decimal;
  }

  /** How many digits it has, at least `scale`. */
  get precision(): number {
    const digits = this.unscaled.toString().replace("-", "").length;
    return Math.max(digits, this.scale, 1);
  }

  /** All digits, without an exponent: `-0.50`. */
  toString(): string {
    return formatDecimal(this.unscaled, this.scale);
  }

  /** The text of `toString`: a JSON number would lose digits in most readers. */
  toJSON(): string {
    return this.toString();
  }

  [inspect.custom](): string {
    return `Decimal(${this})`;
  }

  /** The nearest double: digits beyond 15 may be lost. */
  toNumber(): number {
    return Number(this.toString());
  }
}

function notDecimal(text: string): AnalysisError {
  return new AnalysisError({
    condition: "INVALID_DECIMAL",
    message: `\`${text}\` is not a decimal number of at most ${MAX_PRECISION} digits`,
    sqlState: "22023",
    details: { value: text },
  });
}
