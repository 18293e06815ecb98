import { type DataType, isNested } from "../../columnar/data-type.ts";
import type { LinearMemory } from "../../columnar/linear-memory.ts";
import { decodeNested, encodeNested } from "../../columnar/nested-value.ts";
import { decodeText, encodeText } from "../../columnar/text-bytes.ts";
import type { Lane } from "../../columnar/vector.ts";
import { DataError } from "../../common/errors.ts";

const SHORT_ASCII_BYTES = 24;

/** Bytes of a string in the memory as text (see `decodeText`). */
export function readString(memory: LinearMemory, address: number, sizeBytes: number): string {
  const bytes = memory.u8();
  if (sizeBytes <= SHORT_ASCII_BYTES) {
    let text = "";
    for (let i = address; i < address + sizeBytes; i++) {
      const byte = bytes[i] ?? 0;
      if (byte > 127) return decodeText(bytes.subarray(address, address + sizeBytes));
      text += String.fromCharCode(byte);
    }
    return text;
  }
  return decodeText(bytes.subarray(address, address + sizeBytes));
}

/** The value of a `ref` as JavaScript sees it: text, bytes or a nested value. */
export function readRef(
  memory: LinearMemory,
  type: DataType,
  address: number,
  sizeBytes: number,
): unknown {
  if (type.kind === "string") return readString(memory, address, sizeBytes);
  const bytes = memory.u8().slice(address, address + sizeBytes);
  return isNested(type) ? decodeNested(type, bytes) : bytes;
}

/** The value in a lane at an address, as JavaScript sees its type (see `builtins/row-function.ts`). */
export function readLane(
  memory: LinearMemory,
  type: DataType,
  lane: Lane,
  address: number,
): unknown {
  const view = memory.view();
  switch (lane) {
    case "i8": {
      const value = view.getInt8(address);
      return type.kind === "boolean" ? value !== 0 : value;
    }
    case "i16":
      return view.getInt16(address, true);
    case "i32": {
      const value = view.getInt32(address, true);
      return type.kind === "decimal" ? BigInt(value) : value;
    }
    case "i64":
      return view.getBigInt64(address, true);
    case "f32":
      return view.getFloat32(address, true);
    case "f64":
      return view.getFloat64(address, true);
    case "v128":
      return (view.getBigInt64(address + 8, true) << 64n) | view.getBigUint64(address, true);
    case "ref":
      return readRef(
        memory,
        type,
        view.getUint32(address, true),
        view.getUint32(address + 4, true),
      );
  }
}

/** The bytes of a text, a binary or a nested value. */
export function refBytes(type: DataType, value: unknown): Uint8Array {
  if (typeof value === "string") return encodeText(value);
  if (isNested(type)) return encodeNested(type, value);
  if (value instanceof Uint8Array) return value;
  throw new DataError({
    condition: "INTERNAL_ERROR",
    message: `A ${type.kind} cannot hold ${String(value)}`,
    sqlState: "XX000",
  });
}

/** Writes a JavaScript value that is not null into a lane. Bytes of a `ref` go to `allocate`d memory. */
export function writeLane(
  memory: LinearMemory,
  allocate: (sizeBytes: number) => number,
  type: DataType,
  lane: Lane,
  address: number,
  value: unknown,
): void {
  const bytes = lane === "ref" ? refBytes(type, value) : null;
  const bytesAt = bytes ? allocate(bytes.length) : 0;
  const view = memory.view();
  switch (lane) {
    case "i8":
      view.setInt8(address, Number(value));
      return;
    case "i16":
      view.setInt16(address, Number(value), true);
      return;
    case "i32":
      view.setInt32(address, Number(value), true);
      return;
    case "i64":
      view.setBigInt64(address, BigInt(value as bigint | number), true);
      return;
    case "f32":
      view.setFloat32(address, Number(value), true);
      return;
    case "f64":
      view.setFloat64(address, Number(value), true);
      return;
    case "ref":
      memory.u8().set(bytes ?? [], bytesAt);
      view.setUint32(address, bytesAt, true);
      view.setUint32(address + 4, bytes?.length ?? 0, true);
      return;
    case "v128":
      view.setBigInt64(address, BigInt.asIntN(64, value as bigint), true);
      view.setBigInt64(address + 8, (value as bigint) >> 64n, true);
  }
}
