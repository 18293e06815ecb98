import type { DataType } from "../../columnar/data-type.ts";
import { floorDiv } from "../../common/floor-division.ts";
import { powerOf10 } from "../decimal/decimal-rounding.ts";
import { castInvalidInput, castOverflow } from "./cast-errors.ts";
import { type CastFacts, reject, type ValueCast } from "./cast-facts.ts";
import { FIELD_MICROS } from "./interval-text.ts";
import { parseInteger } from "./text-number.ts";

const BITS: { readonly [kind: string]: number } = { byte: 8, short: 16, int: 32, long: 64 };

/** Casts to byte, short, int and long. */
export function toInteger(facts: CastFacts): ValueCast {
  const bits = BITS[facts.to.kind] ?? 64;
  const box = (value: bigint): bigint | number => (bits === 64 ? value : Number(value));
  const wrap = (value: bigint): bigint | number => box(BigInt.asIntN(bits, value));
  const fitted = (value: bigint, original: unknown): unknown => {
    if (facts.mode === "legacy" || BigInt.asIntN(bits, value) === value) return wrap(value);
    return reject(facts, () => castOverflow(original, facts.from, facts.to));
  };
  const { from } = facts;
  switch (from.kind) {
    case "boolean":
      return (value: boolean) => box(value ? 1n : 0n);
    case "byte":
    case "short":
    case "int":
    case "long":
      return (value: bigint | number) => fitted(BigInt(value), value);
    case "float":
    case "double":
      return (value: number) => fromFloating(facts, bits, value, box);
    case "decimal":
      return (value: bigint) => fitted(value / powerOf10(from.scale), value);
    case "string":
      return (value: string) => fromText(facts, bits, value, box);
    case "timestamp":
      return (value: bigint) => fromTimestamp(facts, bits, value, box);
    case "year_month_interval":
    case "day_time_interval":
      return (value: bigint | number) => {
        const units = BigInt(value) / unitOf(from);
        if (BigInt.asIntN(bits, units) === units) return box(units);
        if (facts.mode === "try") return null;
        throw castOverflow(value, from, facts.to);
      };
    default:
      return () => null;
  }
}

/** Without ANSI, seconds that do not fit are null, not wrapped as other numbers are. */
function fromTimestamp(
  facts: CastFacts,
  bits: number,
  micros: bigint,
  box: (value: bigint) => bigint | number,
): unknown {
  const seconds = floorDiv(micros, 1_000_000n);
  if (BigInt.asIntN(bits, seconds) === seconds) return box(seconds);
  return reject(facts, () => castOverflow(micros, facts.from, facts.to));
}

function unitOf(type: DataType): bigint {
  if (type.kind === "day_time_interval") return FIELD_MICROS[type.end];
  return type.kind === "year_month_interval" && type.end === "year" ? 12n : 1n;
}

/** Without ANSI out of range becomes the nearest int or long, NaN 0, and byte and short keep the low bits of the int. */
function fromFloating(
  facts: CastFacts,
  bits: number,
  value: number,
  box: (value: bigint) => bigint | number,
): unknown {
  const limit = 2 ** (bits - 1);
  const max = bits === 64 ? limit : limit - 1;
  if (Math.floor(value) <= max && Math.ceil(value) >= -limit) return box(saturate(value, bits));
  if (facts.mode !== "legacy")
    return reject(facts, () => castOverflow(value, facts.from, facts.to));
  return box(BigInt.asIntN(bits, saturate(value, Math.max(bits, 32))));
}

function saturate(value: number, bits: number): bigint {
  if (Number.isNaN(value)) return 0n;
  const limit = 1n << BigInt(bits - 1);
  if (value >= Number(limit)) return limit - 1n;
  return value <= -Number(limit) ? -limit : BigInt(Math.trunc(value));
}

function fromText(
  facts: CastFacts,
  bits: number,
  text: string,
  box: (value: bigint) => bigint | number,
): unknown {
  const value = parseInteger(text, facts.mode === "legacy");
  if (value !== null && BigInt.asIntN(bits, value) === value) return box(value);
  return reject(facts, () => castInvalidInput(text, facts.to));
}
