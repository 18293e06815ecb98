import type { DataType } from "../../columnar/data-type.ts";
import { valueKey } from "../value-order.ts";

const MASK = (1n << 64n) - 1n;

/** 64 well mixed bits of a value that is not null; equal values have equal hashes in every task. */
export function valueHash(type: DataType, value: unknown): bigint {
  const key = valueKey(type, value);
  return typeof key === "string"
    ? textHash(key)
    : mix(numberBits(key as number | bigint | boolean));
}

function numberBits(value: number | bigint | boolean): bigint {
  if (typeof value === "bigint") return (value ^ (value >> 64n)) & MASK;
  if (typeof value === "boolean") return value ? 1n : 0n;
  return new BigUint64Array(new Float64Array([value]).buffer)[0] ?? 0n;
}

/** Two 32-bit multiplicative hashes, so that no bigint is needed per character. */
function textHash(text: string): bigint {
  let low = 0x811c9dc5;
  let high = 0x9747b28c;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    low = Math.imul(low ^ code, 0x01000193);
    high = Math.imul(high ^ code, 0x5bd1e995) ^ (high >>> 15);
  }
  return mix((BigInt(high >>> 0) << 32n) | BigInt(low >>> 0));
}

/** SplitMix64's finalizer. */
function mix(bits: bigint): bigint {
  let hash = (bits + 0x9e3779b97f4a7c15n) & MASK;
  hash = ((hash ^ (hash >> 30n)) * 0xbf58476d1ce4e5b9n) & MASK;
  hash = ((hash ^ (hash >> 27n)) * 0x94d049bb133111ebn) & MASK;
  return hash ^ (hash >> 31n);
}
