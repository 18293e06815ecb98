import { type DataType, type Field, isNested } from "../../src/columnar/data-type.ts";
import { type Arena, LinearMemory } from "../../src/columnar/linear-memory.ts";
import { encodeNested } from "../../src/columnar/nested-value.ts";
import {
  type Batch,
  LANE_BYTES,
  type Lane,
  laneOf,
  type Vector,
} from "../../src/columnar/vector.ts";
import {
  instantiateKernels,
  KERNEL_TABLE_BYTES,
  type KernelExports,
} from "../../src/wasm/kernel-module.ts";

export interface TestMemory {
  readonly memory: LinearMemory;
  readonly arena: Arena;
  readonly kernels: KernelExports;
}

/** A memory with kernels over it. */
export function testMemory(limitBytes = 1 << 30): TestMemory {
  const memory = new LinearMemory(limitBytes);
  const arena = memory.arena();
  const tables = memory.arena().allocate(KERNEL_TABLE_BYTES);
  return { memory, arena, kernels: instantiateKernels(memory.memory, tables) };
}

/** How a vector is to lie in memory; a lane narrower than the type's own stands for a file's. */
export interface VectorShape {
  readonly codeBytes?: 0 | 1 | 2 | 4;
  readonly lane?: Lane;
}

/** A vector of JavaScript values (see `RowFunction`); null is null. With codes, equal values share an entry. */
export function vectorOf(
  arena: Arena,
  type: DataType,
  values: readonly unknown[],
  { codeBytes = 0, lane = laneOf(type) }: VectorShape = {},
): Vector {
  const memory = arena.owner;
  const hasNulls = values.includes(null);
  const validity = hasNulls ? arena.allocate(values.length) : 0;
  if (hasNulls) memory.bytes(validity, values.length).set(values.map((v) => (v === null ? 0 : 1)));
  if (codeBytes === 0) {
    const at = writeValues(arena, type, lane, values);
    return { type, lane, values: at, validity, codes: 0, codeBytes, dictionarySize: 0 };
  }
  const entries: unknown[] = [];
  const codeOf = (value: unknown): number => {
    const known = entries.findIndex((entry) => Object.is(entry, value));
    return known < 0 ? entries.push(value) - 1 : known;
  };
  const codes = arena.allocate(values.length * codeBytes);
  const view = memory.view();
  for (const [row, value] of values.entries()) {
    const code = value === null ? 0 : codeOf(value);
    if (codeBytes === 1) view.setUint8(codes + row, code);
    else if (codeBytes === 2) view.setUint16(codes + 2 * row, code, true);
    else view.setUint32(codes + 4 * row, code, true);
  }
  const at = writeValues(arena, type, lane, entries);
  return { type, lane, values: at, validity, codes, codeBytes, dictionarySize: entries.length };
}

export function batchOf(
  arena: Arena,
  fields: readonly Field[],
  columns: readonly (readonly unknown[])[],
  shapes: readonly VectorShape[] = [],
): Batch {
  const vectors = fields.map(({ type }, i) => vectorOf(arena, type, columns[i] ?? [], shapes[i]));
  return { rows: columns[0]?.length ?? 0, vectors };
}

function writeValues(arena: Arena, type: DataType, lane: Lane, values: readonly unknown[]): number {
  const memory = arena.owner;
  const at = arena.allocate(values.length * LANE_BYTES[lane]);
  for (const [i, value] of values.entries()) {
    const address = at + i * LANE_BYTES[lane];
    if (lane === "ref") {
      const bytes = value === null ? new Uint8Array(0) : bytesOf(type, value);
      const start = arena.allocate(bytes.length);
      memory.bytes(start, bytes.length).set(bytes);
      memory.view().setUint32(address, start, true);
      memory.view().setUint32(address + 4, bytes.length, true);
    } else writeNumber(memory.view(), address, lane, value ?? 0);
  }
  return at;
}

function bytesOf(type: DataType, value: unknown): Uint8Array {
  if (isNested(type)) return encodeNested(type, value);
  return type.kind === "string" ? new TextEncoder().encode(String(value)) : (value as Uint8Array);
}

function writeNumber(view: DataView, at: number, lane: Lane, value: unknown): void {
  if (lane === "f32") view.setFloat32(at, Number(value), true);
  else if (lane === "f64") view.setFloat64(at, Number(value), true);
  else if (lane === "i8") view.setInt8(at, Number(value));
  else if (lane === "i16") view.setInt16(at, Number(value), true);
  else if (lane === "i32") view.setInt32(at, Number(value), true);
  else {
    const whole = BigInt(value as bigint | number);
    view.setBigInt64(at, BigInt.asIntN(64, whole), true);
    if (lane === "v128") view.setBigInt64(at + 8, whole >> 64n, true);
  }
}
