import type { DataType } from "../../columnar/data-type.ts";
import { encodeText } from "../../columnar/text-bytes.ts";
import { MURMUR3 } from "../math/murmur3.ts";

/** Spark's strings hash as its function `hash`. */
const TEXT_SEED = 42;
const scratch = new DataView(new ArrayBuffer(8));

/** The `hashCode` of Java's object for a value of a simple type, as a signed int; null for types without one here. */
export function javaHash(value: unknown, type: DataType): number | null {
  switch (type.kind) {
    case "boolean":
      return value === true ? 1231 : 1237;
    case "string":
      return MURMUR3.bytes(encodeText(value as string), TEXT_SEED);
    case "float":
      scratch.setFloat32(0, value as number);
      return scratch.getInt32(0);
    case "double":
      scratch.setFloat64(0, value as number);
      return scratch.getInt32(0) ^ scratch.getInt32(4);
    case "decimal":
    case "binary":
      return null;
    default:
      return typeof value === "bigint" ? longHash(value) : (value as number);
  }
}

function longHash(value: bigint): number {
  scratch.setBigInt64(0, value);
  return scratch.getInt32(0) ^ scratch.getInt32(4);
}
