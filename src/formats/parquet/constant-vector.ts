import type { DataType } from "../../columnar/data-type.ts";
import type { Arena } from "../../columnar/linear-memory.ts";
import type { LiteralJson } from "../../columnar/literal-json.ts";
import { LANE_BYTES, type Lane, laneOf, type Vector } from "../../columnar/vector.ts";
import { unreachable } from "../../common/assert.ts";

/** A vector whose rows all hold one value of a flat type, or null: a dictionary of one entry. */
export function constantVector(
  arena: Arena,
  type: DataType,
  value: LiteralJson,
  rows: number,
): Vector {
  const lane = laneOf(type);
  const codes = arena.allocate(rows);
  const validity = value === null ? arena.allocate(rows) : 0;
  const values = arena.allocate(LANE_BYTES.v128);
  const u8 = arena.owner.u8();
  u8.fill(0, codes, codes + rows);
  if (value === null) u8.fill(0, validity, validity + rows);
  u8.fill(0, values, values + LANE_BYTES.v128);
  if (value !== null) writeValue(arena, type, lane, value, values);
  return { type, lane, values, validity, codes, codeBytes: 1, dictionarySize: 1 };
}

function writeValue(
  arena: Arena,
  type: DataType,
  lane: Lane,
  value: string | number | boolean | readonly LiteralJson[],
  at: number,
): void {
  if (lane === "ref") {
    writeRef(arena, type, String(value), at);
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
      view.setBigInt64(at, BigInt(String(value)), true);
      break;
    case "f32":
      view.setFloat32(at, Number(value), true);
      break;
    case "f64":
      view.setFloat64(at, Number(value), true);
      break;
    case "v128":
      view.setBigUint64(at, BigInt.asUintN(64, BigInt(String(value))), true);
      view.setBigInt64(at + 8, BigInt.asIntN(64, BigInt(String(value)) >> 64n), true);
      break;
    default:
      unreachable(lane);
  }
}

function writeRef(arena: Arena, type: DataType, value: string, at: number): void {
  const bytes = Buffer.from(value, type.kind === "binary" ? "base64" : "utf8");
  const address = arena.allocate(bytes.length);
  arena.owner.bytes(address, bytes.length).set(bytes);
  const view = arena.owner.view();
  view.setUint32(at, address, true);
  view.setUint32(at + 4, bytes.length, true);
}
