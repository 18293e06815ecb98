import { type DataType, type DecimalType, decimal, INT } from "../../columnar/data-type.ts";
import type { Argument } from "../builtin.ts";
import { castInvalidInput } from "../cast/cast-errors.ts";
import { constantArgument } from "../constant-argument.ts";
import { powerOf10 } from "../decimal/decimal-rounding.ts";
import { type RoundingMode, roundedQuotient } from "./rounded-quotient.ts";

/** No number of any type has a digit further from its point. */
const MAX_DIGITS = 400;

/** The digits to round to, 0 unless given, which must be constant. Null for a null constant. */
export function roundingDigits(args: readonly Argument[]): number | null {
  const given = constantArgument(args[1]);
  if (args.length < 2) return 0;
  if (given?.value == null) return null;
  const type = args[1]?.type ?? INT;
  const unit = type.kind === "decimal" ? 10 ** type.scale : 1;
  const scale = Math.trunc(Number(given.value) / unit);
  if (!Number.isInteger(scale)) throw castInvalidInput(String(given.value), INT);
  return Math.min(Math.max(scale, -MAX_DIGITS), MAX_DIGITS);
}

/** The type of the digits argument: they are read from the constant itself, which is not cast. */
export function digitsType(args: readonly Argument[]): DataType {
  return args[1]?.type ?? INT;
}

/** A decimal rounded to some digits: a digit more in front, as rounding may carry. */
export function roundedType({ precision, scale }: DecimalType, digits: number): DecimalType {
  const whole = precision - scale + 1;
  if (digits < 0) return decimal(Math.min(Math.max(whole, 1 - digits), 38), 0);
  const kept = Math.min(scale, digits);
  return decimal(Math.min(whole + kept, 38), kept);
}

/** An unscaled decimal at the scale of `to`, rounded to `digits` behind (or, negative, before) the point. */
export function roundDecimal(
  value: bigint,
  fromScale: number,
  digits: number,
  to: DecimalType,
  mode: RoundingMode,
): bigint {
  const drop = fromScale - Math.min(digits, fromScale);
  const rounded = roundedQuotient(value, powerOf10(drop), mode);
  const scale = fromScale - drop;
  return to.scale >= scale ? rounded * powerOf10(to.scale - scale) : rounded;
}
