import type { DecimalType } from "../../columnar/data-type.ts";
import { isInterval } from "../../columnar/type-class.ts";
import { DataError } from "../../common/errors.ts";
import { decimalOutOfRange } from "../arithmetic-errors.ts";
import { decimalOf } from "../decimal/decimal-call.ts";
import { divideHalfUp, hasDigits, powerOf10 } from "../decimal/decimal-rounding.ts";
import { castInvalidInput } from "./cast-errors.ts";
import { type CastFacts, reject, type ValueCast } from "./cast-facts.ts";
import { FIELD_MICROS } from "./interval-text.ts";
import { type PlainDecimal, parseDecimal } from "./text-number.ts";

/** Casts to decimals: rounded half up, rejected where the whole part does not fitted. */
export function toDecimal(facts: CastFacts): ValueCast {
  const to = decimalOf(facts.to);
  const fitted = (value: PlainDecimal): unknown => {
    const unscaled = atScale(value, to);
    if (unscaled !== null) return unscaled;
    if (facts.mode === "legacy" && isInterval(facts.from)) throw outOfRange(value, to);
    return reject(facts, () => outOfRange(value, to));
  };
  const { from } = facts;
  switch (from.kind) {
    case "boolean":
    case "byte":
    case "short":
    case "int":
    case "long":
      return (value: boolean | number | bigint) => fitted({ unscaled: BigInt(value), scale: 0 });
    case "decimal":
      return (unscaled: bigint) => fitted({ unscaled, scale: from.scale });
    case "float":
    case "double":
      return (value: number) => {
        const exact = Number.isFinite(value) ? parseDecimal(String(value)) : null;
        return exact && fitted(exact);
      };
    case "timestamp":
      return (micros: bigint) =>
        fitted(parseDecimal(String(Number(micros) / 1e6)) ?? { unscaled: 0n, scale: 0 });
    case "string":
      return (text: string) => {
        const value = parseDecimal(text);
        if (!value) return reject(facts, () => castInvalidInput(text, to));
        return wholeDigits(value) > 38 ? reject(facts, () => tooManyDigits(text)) : fitted(value);
      };
    case "day_time_interval":
      return (micros: bigint) => fitted(intervalAmount(micros, FIELD_MICROS[from.end]));
    case "year_month_interval":
      return (months: number) =>
        fitted({ unscaled: BigInt(months) / (from.end === "year" ? 12n : 1n), scale: 0 });
    default:
      return () => null;
  }
}

function intervalAmount(micros: bigint, unit: bigint): PlainDecimal {
  return { unscaled: divideHalfUp(micros * 1_000_000n, unit), scale: 6 };
}

/** The unscaled value in a type; null where it has too many digits. */
function atScale({ unscaled, scale }: PlainDecimal, to: DecimalType): bigint | null {
  const digits = wholeDigits({ unscaled, scale });
  if (unscaled === 0n || digits < -to.scale) return 0n;
  if (digits > 40) return null;
  const value =
    scale <= to.scale
      ? unscaled * powerOf10(to.scale - scale)
      : divideHalfUp(unscaled, powerOf10(scale - to.scale));
  return hasDigits(value, to.precision) ? value : null;
}

function wholeDigits({ unscaled, scale }: PlainDecimal): number {
  return unscaled === 0n ? 0 : `${unscaled < 0n ? -unscaled : unscaled}`.length - scale;
}

/** Doubles reach 309 digits before the point, so the power stays small. */
function outOfRange({ unscaled, scale }: PlainDecimal, to: DecimalType): DataError {
  return decimalOutOfRange(unscaled * powerOf10(Math.max(-scale, 0)), Math.max(scale, 0), to);
}

function tooManyDigits(text: string): DataError {
  return new DataError({
    condition: "NUMERIC_OUT_OF_SUPPORTED_RANGE",
    message: `The value ${text} cannot be interpreted as a numeric since it has more than 38 digits.`,
    sqlState: "22003",
  });
}
