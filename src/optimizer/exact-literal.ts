import type { DataType } from "../columnar/data-type.ts";
import { isFloating } from "../columnar/type-class.ts";
import type { Literal } from "../plan/expression.ts";

const INTEGER_BITS: { readonly [kind: string]: bigint } = {
  byte: 8n,
  short: 16n,
  int: 32n,
  long: 64n,
};

/** The same number as a constant of another numeric type; null where that type does not have it exactly. */
export function exactLiteral(literal: Literal, type: DataType): Literal | null {
  const number = exactNumber(literal);
  if (number === null) return null;
  const bits = INTEGER_BITS[type.kind];
  if (bits !== undefined) {
    const whole = rescale(number, 0);
    if (whole === null || whole < -(1n << (bits - 1n)) || whole >= 1n << (bits - 1n)) return null;
    return freeze(type, type.kind === "long" ? String(whole) : Number(whole));
  }
  if (type.kind !== "decimal") return null;
  const unscaled = rescale(number, type.scale);
  if (unscaled === null || String(unscaled).replace("-", "").length > type.precision) return null;
  return freeze(type, String(unscaled));
}

interface ExactNumber {
  readonly unscaled: bigint;
  readonly scale: number;
}

function exactNumber({ type, value }: Literal): ExactNumber | null {
  if (value === null) return null;
  if (type.kind in INTEGER_BITS) return { unscaled: BigInt(String(value)), scale: 0 };
  if (type.kind === "decimal") return { unscaled: BigInt(String(value)), scale: type.scale };
  if (isFloating(type)) {
    const number = Number(value);
    return Number.isSafeInteger(number) ? { unscaled: BigInt(number), scale: 0 } : null;
  }
  return null;
}

function rescale({ unscaled, scale }: ExactNumber, to: number): bigint | null {
  if (to >= scale) return unscaled * 10n ** BigInt(to - scale);
  const divisor = 10n ** BigInt(scale - to);
  return unscaled % divisor === 0n ? unscaled / divisor : null;
}

const freeze = (type: DataType, value: string | number): Literal =>
  Object.freeze({ kind: "literal", type, value });
