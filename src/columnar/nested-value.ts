import { assert } from "../common/assert.ts";
import type { DataType } from "./data-type.ts";
import { NestedReader } from "./nested-reader.ts";
import { NestedWriter } from "./nested-writer.ts";

/**
 * The bytes of one array, map or struct that is not null; JavaScript values as in `RowFunction`. Equal values have
 * equal bytes but for the sign of zeros, which keys lose; every NaN is the same one. Maps keep the order of their entries.
 *
 * Little-endian, packed. Array and map: `u32` count, then the elements (for a map key, value, key, value …); struct:
 * its fields in order. Each of these is a byte 0 for null, or 1 and the value: numbers in their own width, decimals in
 * 16 bytes, strings and binary as `u32` length and bytes.
 */
export function encodeNested(type: DataType, value: unknown): Uint8Array {
  const writer = new NestedWriter();
  writer.value(type, value);
  return writer.done();
}

/** The inverse of `encodeNested`. */
export function decodeNested(type: DataType, bytes: Uint8Array): unknown {
  const reader = new NestedReader(bytes);
  const value = reader.value(type);
  assert(reader.atEnd, "A nested value has bytes left over");
  return value;
}
