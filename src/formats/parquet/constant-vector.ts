import type { DataType } from "../../columnar/data-type.ts";
import type { Arena } from "../../columnar/linear-memory.ts";
import type { LiteralJson } from "../../columnar/literal-json.ts";
import { LANE_BYTES, laneOf, type Vector } from "../../columnar/vector.ts";
import { writeLane } from "./value-vector.ts";

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
  if (value !== null) writeLane(arena, type, lane, constantValue(type, value), values);
  return { type, lane, values, validity, codes, codeBytes: 1, dictionarySize: 1 };
}

function constantValue(type: DataType, value: LiteralJson): unknown {
  switch (type.kind) {
    case "binary":
      return Buffer.from(String(value), "base64");
    case "string":
      return String(value);
    case "long":
    case "decimal":
    case "timestamp":
    case "timestamp_ntz":
    case "day_time_interval":
      return BigInt(String(value));
    default:
      return Number(value);
  }
}
