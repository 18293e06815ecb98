import type { DataType } from "../../columnar/data-type.ts";
import { MURMUR3 } from "../math/murmur3.ts";
import { decimalHashCode } from "./decimal-hash-code.ts";

const FIRST_PLACES = 64;
const MAX_FILL = 0.7;
const TEXT_SEED = 42;

const scratch = new DataView(new ArrayBuffer(8));
const utf8 = new TextEncoder();

/**
 * Values that differ, in the order in which Spark meets them when it goes through the hash table that it keeps them in;
 * those of types whose hash in Java is not known here stay in their order.
 *
 * Open addressing with a step that grows by 1, twice the places where more than seven tenths are taken.
 */
export function inSparkHashOrder(type: DataType, values: readonly unknown[]): readonly unknown[] {
  const hash = hashOf(type);
  if (hash === null) return values;
  let places = new Map<number, unknown>();
  let size = FIRST_PLACES;
  for (const value of values) {
    place(places, size, hash(value), value);
    if (places.size <= size * MAX_FILL) continue;
    const all = inOrder(places);
    size *= 2;
    places = new Map();
    for (const moved of all) place(places, size, hash(moved), moved);
  }
  return inOrder(places);
}

function place(places: Map<number, unknown>, size: number, hash: number, value: unknown): void {
  let at = MURMUR3.int(hash, 0) & (size - 1);
  for (let step = 1; places.has(at); step++) at = (at + step) & (size - 1);
  places.set(at, value);
}

function inOrder(places: ReadonlyMap<number, unknown>): readonly unknown[] {
  return [...places].sort(([a], [b]) => a - b).map(([, value]) => value);
}

/** Java's `hashCode` of a value as Spark holds it. */
function hashOf(type: DataType): ((value: unknown) => number) | null {
  switch (type.kind) {
    case "boolean":
      return (value) => (value === true ? 1231 : 1237);
    case "byte":
    case "short":
    case "int":
    case "date":
    case "year_month_interval":
      return (value) => value as number;
    case "long":
    case "timestamp":
    case "timestamp_ntz":
    case "day_time_interval":
      return (value) => foldLong(value as bigint);
    case "float":
      return (value) => {
        scratch.setFloat32(0, value as number);
        return scratch.getInt32(0);
      };
    case "double":
      return (value) => {
        scratch.setFloat64(0, value as number);
        return scratch.getInt32(0) ^ scratch.getInt32(4);
      };
    case "decimal":
      return (value) => decimalHashCode(value as bigint, type.scale);
    case "string":
      return (value) => MURMUR3.bytes(utf8.encode(value as string), TEXT_SEED);
    default:
      return null;
  }
}

const foldLong = (value: bigint): number => Number(BigInt.asIntN(32, value ^ (value >> 32n)));
