import type { DataType } from "./data-type.ts";

/**
 * How one value lies in memory, little-endian.
 *
 * - `i8`: boolean (0 or 1) and byte; `i16`: short; `i32`: int, date, year-month interval;
 *   `i64`: long, timestamps, day-time interval; `f32`, `f64`
 * - decimal: the unscaled value. `i32` or `i64` up to 18 digits, `v128` (two's complement) above;
 *   a file's own `i32` may stay as it is
 * - `ref`: string, binary and nested values: the address of the bytes in the low 32 bits, their number in the
 *   high 32. The bytes need no terminator and live as long as the arena that holds them.
 */
export type Lane = "i8" | "i16" | "i32" | "i64" | "f32" | "f64" | "v128" | "ref";

/** The bytes of one value of a lane. */
export const LANE_BYTES: Record<Lane, number> = {
  i8: 1,
  i16: 2,
  i32: 4,
  i64: 8,
  f32: 4,
  f64: 8,
  v128: 16,
  ref: 8,
};

/** The WebAssembly type that holds one value of a type while it is computed with. */
export type Register = "i32" | "i64" | "f32" | "f64" | "v128";

/** Decimals up to 18 digits are an `i64`, longer ones a `v128` (low 64 bits in lane 0); a `ref` is an `i64`. */
export function registerOf(type: DataType): Register {
  switch (type.kind) {
    case "null":
    case "boolean":
    case "byte":
    case "short":
    case "int":
    case "date":
    case "year_month_interval":
      return "i32";
    case "float":
      return "f32";
    case "double":
      return "f64";
    case "decimal":
      return type.precision <= 18 ? "i64" : "v128";
    default:
      return "i64";
  }
}

/** The lane in which the engine itself writes a type. Vectors decoded from files may use a narrower one. */
export function laneOf(type: DataType): Lane {
  switch (type.kind) {
    case "null":
    case "boolean":
    case "byte":
      return "i8";
    case "short":
      return "i16";
    case "string":
    case "binary":
    case "array":
    case "map":
    case "struct":
      return "ref";
    default:
      return registerOf(type);
  }
}

/**
 * One column of a batch, as addresses in the linear memory.
 *
 * Flat: row `r` is at `values + r * LANE_BYTES[lane]`.
 * Dictionary: `codes` holds an unsigned code of `codeBytes` a row; entry `c` is at `values + c * LANE_BYTES[lane]`.
 * Null rows hold code 0 (the dictionary may be empty then) or any value; `validity` decides.
 */
export interface Vector {
  readonly type: DataType;
  readonly lane: Lane;
  readonly values: number;
  /** One byte a row, 1 = valid, 0 = null. Address 0: no row is null. */
  readonly validity: number;
  /** Address 0: flat. */
  readonly codes: number;
  readonly codeBytes: 0 | 1 | 2 | 4;
  readonly dictionarySize: number;
}

/** Rows of vectors of equal length, in the schema's order. */
export interface Batch {
  readonly rows: number;
  readonly vectors: readonly Vector[];
  /** The file that the rows are from, for messages. */
  readonly path?: string;
}
