import { type DataType, isNested } from "../../columnar/data-type.ts";
import type { Arena } from "../../columnar/linear-memory.ts";
import { encodeNested } from "../../columnar/nested-value.ts";
import { encodeText } from "../../columnar/text-bytes.ts";
import { LANE_BYTES, type Lane, laneOf, type Vector } from "../../columnar/vector.ts";
import { unreachable } from "../../common/assert.ts";

/** A flat vector of JavaScript values, as in `RowFunction`; null is null. */
export function valueVector(arena: Arena, type: DataType, values: readonly unknown[]): Vector {
  const lane = laneOf(type);
  const memory = arena.owner;
  const at = arena.allocate(values.length * LANE_BYTES[lane]);
  memory.bytes(at, values.length * LANE_BYTES[lane]).fill(0);
  const hasNulls = values.includes(null);
  const validity = hasNulls ? arena.allocate(values.length) : 0;
  values.forEach((value, row) => {
    if (hasNulls) memory.u8()[validity + row] = value === null ? 0 : 1;
    if (value !== null) writeLane(arena, type, lane, value, at + row * LANE_BYTES[lane]);
  });
  return { type, lane, values: at, validity, codes: 0, codeBytes: 0, dictionarySize: 0 };
}

/** Writes one value that is not null, or for a `ref` its address, `LANE_BYTES` long. */
export function writeLane(
  arena: Arena,
  type: DataType,
  lane: Lane,
  value: unknown,
  at: number,
): void {
  if (lane === "ref") {
    writeRef(arena, bytesOf(type, value), at);
    return;
  }
  const view = arena.owner.view();
  switch (lane) {
    case "i8":
      view.setInt8(at, Number(value));
      break;
    case "i16":
      view.setInt16(at, Number(value), true);
      break;
    case "i32":
      view.setInt32(at, Number(value), true);
      break;
    case "i64":
      view.setBigInt64(at, value as bigint, true);
      break;
    case "f32":
      view.setFloat32(at, value as number, true);
      break;
    case "f64":
      view.setFloat64(at, value as number, true);
      break;
    case "v128":
      view.setBigUint64(at, BigInt.asUintN(64, value as bigint), true);
      view.setBigInt64(at + 8, BigInt.asIntN(64, (value as bigint) >> 64n), true);
      break;
    default:
      unreachable(lane);
  }
}

function writeRef(arena: Arena, bytes: Uint8Array, at: number): void {
  const address = arena.allocate(bytes.length);
  arena.owner.bytes(address, bytes.length).set(bytes);
  const view = arena.owner.view();
  view.setUint32(at, address, true);
  view.setUint32(at + 4, bytes.length, true);
}

function bytesOf(type: DataType, value: unknown): Uint8Array {
  if (isNested(type)) return encodeNested(type, value);
  return type.kind === "string" ? encodeText(value as string) : (value as Uint8Array);
}
