import type { DataType } from "../../columnar/data-type.ts";
import { MICROS_PER_DAY } from "../../columnar/datetime/calendar.ts";
import {
  FIRST_GREGORIAN_DAY,
  FIRST_MODERN_MICROS,
  rebasedDay,
  rebasedMicros,
} from "../../columnar/datetime/hybrid-calendar.ts";
import type { ChunkFacts, LeafCalendar } from "../../columnar/file-facts.ts";
import { decodeText } from "../../columnar/text-bytes.ts";
import { floorDiv } from "../../common/floor-division.ts";
import { ancientDatetime } from "./parquet-errors.ts";

const JULIAN_DAY_OF_EPOCH = 2440588n;

/**
 * How a stored value of a leaf becomes a JavaScript value of its type, as in `RowFunction`. Stored values: INT32, FLOAT
 * and DOUBLE are numbers, INT64 a bigint, BOOLEAN a boolean, all others bytes.
 */
export function leafValue(chunk: ChunkFacts, type: DataType): (stored: unknown) => unknown {
  const value = storedValue(chunk, type);
  const { calendar, charLength } = chunk;
  if (charLength !== undefined && type.kind === "string")
    return (stored) => padded(value(stored) as string, charLength);
  if (calendar === undefined) return value;
  return type.kind === "date"
    ? (stored) => dayIn(calendar, value(stored) as number)
    : (stored) => instantIn(calendar, value(stored) as bigint);
}

function padded(text: string, length: number): string {
  const missing = length - [...text].length;
  return missing > 0 ? text + " ".repeat(missing) : text;
}

function dayIn(calendar: LeafCalendar, day: number): number {
  if (calendar.kind === "hybrid") return rebasedDay(day);
  if (day < FIRST_GREGORIAN_DAY) throw ancientDatetime(calendar.setting);
  return day;
}

function instantIn(calendar: LeafCalendar, micros: bigint): bigint {
  if (calendar.kind === "hybrid") return rebasedMicros(micros, calendar.timeZone);
  if (micros < FIRST_MODERN_MICROS) throw ancientDatetime(calendar.setting);
  return micros;
}

function storedValue(chunk: ChunkFacts, type: DataType): (stored: unknown) => unknown {
  switch (chunk.physical) {
    case "INT32":
      return int32Value(type);
    case "INT64":
      return int64Value(chunk, type);
    case "INT96":
      return int96Value;
    case "BYTE_ARRAY":
    case "FIXED_LEN_BYTE_ARRAY":
      return bytesValue(type);
    default:
      return (stored) => stored;
  }
}

function int32Value(type: DataType): (stored: unknown) => unknown {
  switch (type.kind) {
    case "long":
      return (stored) => BigInt((stored as number) >>> 0);
    case "decimal":
      return (stored) => BigInt(stored as number);
    case "byte":
      return (stored) => ((stored as number) << 24) >> 24;
    case "short":
      return (stored) => ((stored as number) << 16) >> 16;
    default:
      return (stored) => stored;
  }
}

function int64Value(chunk: ChunkFacts, type: DataType): (stored: unknown) => unknown {
  if (type.kind === "decimal" && type.precision > 18)
    return (stored) => BigInt.asUintN(64, stored as bigint);
  if (chunk.timeUnit === "MILLIS") return (stored) => (stored as bigint) * 1000n;
  if (chunk.timeUnit === "NANOS") return (stored) => floorDiv(stored as bigint, 1000n);
  return (stored) => stored;
}

function int96Value(stored: unknown): bigint {
  const bytes = stored as Uint8Array;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const days = BigInt(view.getInt32(8, true)) - JULIAN_DAY_OF_EPOCH;
  return days * MICROS_PER_DAY + view.getBigInt64(0, true) / 1000n;
}

function bytesValue(type: DataType): (stored: unknown) => unknown {
  switch (type.kind) {
    case "string":
      return (stored) => decodeText(stored as Uint8Array);
    case "decimal":
      return (stored) => bigEndian(stored as Uint8Array);
    default:
      return (stored) => (stored as Uint8Array).slice();
  }
}

function bigEndian(bytes: Uint8Array): bigint {
  if (bytes.length === 0) return 0n;
  return BigInt.asIntN(bytes.length * 8, BigInt(`0x${Buffer.from(bytes).toString("hex")}`));
}
