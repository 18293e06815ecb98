import { type DataType, isNested } from "../../src/columnar/data-type.ts";
import type { LinearMemory } from "../../src/columnar/linear-memory.ts";
import type { LiteralJson } from "../../src/columnar/literal-json.ts";
import { decodeNested } from "../../src/columnar/nested-value.ts";
import { LANE_BYTES, type Vector } from "../../src/columnar/vector.ts";

/** The values of a vector as a `Literal` would hold them. */
export function vectorLiterals(memory: LinearMemory, vector: Vector, rows: number): LiteralJson[] {
  return Array.from({ length: rows }, (_, row) => {
    if (vector.validity !== 0 && memory.u8()[vector.validity + row] !== 1) return null;
    const at = vector.codes === 0 ? row : codeAt(memory, vector, row);
    return literalOf(vector.type, valueAt(memory, vector, at));
  });
}

function codeAt(memory: LinearMemory, vector: Vector, row: number): number {
  const view = memory.view();
  const at = vector.codes + row * vector.codeBytes;
  if (vector.codeBytes === 1) return view.getUint8(at);
  return vector.codeBytes === 2 ? view.getUint16(at, true) : view.getUint32(at, true);
}

function valueAt(memory: LinearMemory, { lane, type, values }: Vector, index: number): unknown {
  const view = memory.view();
  const at = values + index * LANE_BYTES[lane];
  switch (lane) {
    case "i8":
      return type.kind === "boolean" ? view.getUint8(at) !== 0 : view.getInt8(at);
    case "i16":
      return view.getInt16(at, true);
    case "i32":
      return view.getInt32(at, true);
    case "i64":
      return view.getBigInt64(at, true);
    case "f32":
      return view.getFloat32(at, true);
    case "f64":
      return view.getFloat64(at, true);
    case "v128":
      return (view.getBigInt64(at + 8, true) << 64n) | view.getBigUint64(at, true);
    case "ref": {
      const bytes = memory.bytes(view.getUint32(at, true), view.getUint32(at + 4, true));
      if (isNested(type)) return decodeNested(type, bytes);
      return type.kind === "binary" ? bytes : Buffer.from(bytes).toString();
    }
  }
}

/** A JavaScript value, as in `RowFunction`, as a `Literal` would hold it. */
export function literalOf(type: DataType, value: unknown): LiteralJson {
  if (value === null) return null;
  switch (type.kind) {
    case "binary":
      return Buffer.from(value as Uint8Array).toString("base64");
    case "float":
    case "double":
      return Number.isFinite(value) ? Number(value) : String(value);
    case "array":
      return (value as unknown[]).map((v) => literalOf(type.element, v));
    case "map":
      return (value as [unknown, unknown][]).map(([k, v]) => [
        literalOf(type.key, k),
        literalOf(type.value, v),
      ]);
    case "struct":
      return (value as unknown[]).map((v, i) => literalOf(type.fields[i]?.type ?? type, v));
    default:
      return typeof value === "bigint" || type.kind === "decimal"
        ? String(value)
        : (value as LiteralJson);
  }
}

/** Quicker than `toEqual` on many values. */
export function sameValues(
  a: readonly LiteralJson[] | undefined,
  b: readonly LiteralJson[] | undefined,
): boolean {
  if (a === undefined || b === undefined) return false;
  return a.length === b.length && a.every((value, i) => value === b[i]);
}
