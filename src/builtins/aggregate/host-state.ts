import { array, type DataType } from "../../columnar/data-type.ts";
import { decodeNested, encodeNested } from "../../columnar/nested-value.ts";

/** Values of one type, null among them, as the bytes that a host aggregate hands on. */
export function encodeState(type: DataType, values: readonly unknown[]): Uint8Array {
  return encodeNested(array(type), values);
}

/** The inverse of `encodeState`. */
export function decodeState(type: DataType, bytes: Uint8Array): readonly unknown[] {
  return decodeNested(array(type), bytes) as readonly unknown[];
}
