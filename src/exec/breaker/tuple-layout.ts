import type { Evaluated } from "../../builtins/builtin.ts";
import type { DataType } from "../../columnar/data-type.ts";
import { LANE_BYTES, type Lane, laneOf, registerOf } from "../../columnar/vector.ts";
import { assert } from "../../common/assert.ts";
import type { Local } from "../../wasm/function-builder.ts";
import type { ByteHeap } from "../byte-heap.ts";
import type { FunctionEmitter } from "../code/function-emitter.ts";
import { loadLane, storeLane } from "../code/lane-access.ts";
import type { RowScope } from "../pipeline/row-scope.ts";

/** Where one column lies in a tuple. */
export interface TupleField {
  /** The attribute's id. */
  readonly id: number;
  readonly type: DataType;
  readonly lane: Lane;
  readonly offset: number;
  /** Offset of the byte that is 1 where the value is null; -1: never null. */
  readonly nullOffset: number;
}

/** One row as bytes at one address: a header that its owner defines, null bytes, then values by falling width. */
export class TupleLayout {
  readonly sizeBytes: number;
  readonly fields: readonly TupleField[];
  private readonly byId: ReadonlyMap<number, TupleField>;

  constructor(
    headerBytes: number,
    columns: readonly {
      readonly id: number;
      readonly type: DataType;
      readonly nullable: boolean;
    }[],
  ) {
    const unique = [...new Map(columns.map((c) => [c.id, c])).values()];
    const nullOffsets = new Map<number, number>();
    let at = headerBytes;
    for (const column of unique) if (column.nullable) nullOffsets.set(column.id, at++);
    at = (at + 7) & ~7;
    const offsets = new Map<number, number>();
    const widest = [...unique].sort(
      (a, b) => LANE_BYTES[laneOf(b.type)] - LANE_BYTES[laneOf(a.type)],
    );
    for (const column of widest) {
      offsets.set(column.id, at);
      at += LANE_BYTES[laneOf(column.type)];
    }
    this.sizeBytes = (at + 7) & ~7;
    this.fields = unique.map((column) => ({
      id: column.id,
      type: column.type,
      lane: laneOf(column.type),
      offset: offsets.get(column.id) ?? 0,
      nullOffset: nullOffsets.get(column.id) ?? -1,
    }));
    this.byId = new Map(this.fields.map((f) => [f.id, f]));
  }

  field(id: number): TupleField {
    const found = this.byId.get(id);
    assert(found !== undefined, `No field for attribute #${id}`);
    return found;
  }
}

/** Stores a value into the tuple. Bytes of a `ref` are copied to `heap`, unless it is null. */
export function storeField(
  emitter: FunctionEmitter,
  pointer: Local,
  field: TupleField,
  { value, isNull }: Evaluated,
  heap: ByteHeap | null,
): void {
  const { code } = emitter;
  if (field.nullOffset >= 0) {
    code.get(pointer);
    if (isNull) code.get(isNull);
    else code.i32(0);
    code.memory("i32.store8", field.nullOffset);
  }
  if (field.lane !== "ref" || heap === null) {
    code.get(pointer).get(value);
    storeLane(code, field.lane, field.offset);
    return;
  }
  const store = (): void => {
    code.get(pointer);
    pushRefCopy(emitter, value, heap);
    code.memory("i64.store", field.offset);
  };
  if (!isNull) store();
  else {
    code.get(isNull);
    code.if(() => code.get(pointer).i64(0n).memory("i64.store", field.offset), store);
  }
}

/** Pushes a `ref` to a copy of the bytes on a heap. */
export function pushRefCopy(emitter: FunctionEmitter, ref: Local, heap: ByteHeap): void {
  const { code } = emitter;
  const size = code.local("i32");
  const target = code.local("i32");
  code.get(ref).i64(32n).op("i64.shr_u").op("i32.wrap_i64").tee(size);
  code.call(emitter.module.allocator(heap)).tee(target);
  code.get(ref).op("i32.wrap_i64").get(size).memoryCopy();
  code.get(ref).i64(-4294967296n).op("i64.and");
  code.get(target).op("i64.extend_i32_u").op("i64.or");
}

/** Brings a field of the tuple into locals. */
export function loadField(emitter: FunctionEmitter, pointer: Local, field: TupleField): Evaluated {
  const { code } = emitter;
  const value = code.local(registerOf(field.type));
  code.get(pointer);
  loadLane(code, field.lane, value.type, field.offset);
  code.set(value);
  if (field.nullOffset < 0) return { value, isNull: null };
  const isNull = code.local("i32");
  code.get(pointer).memory("i32.load8_u", field.nullOffset).set(isNull);
  return { value, isNull };
}

/**
 * The attributes are the tuple's fields. Where the pointer may be 0 (`pointerMayBeNull`) they are all null then:
 * the first kilobyte of the memory is zero and may be read.
 */
export function bindTuple(
  emitter: FunctionEmitter,
  scope: RowScope,
  pointer: Local,
  fields: readonly TupleField[],
  pointerMayBeNull = false,
): void {
  for (const field of fields)
    scope.bindLoader(field.id, () => {
      const loaded = loadField(emitter, pointer, field);
      if (!pointerMayBeNull) return loaded;
      const { code } = emitter;
      const isNull = code.local("i32");
      code.get(pointer).op("i32.eqz");
      if (loaded.isNull) code.get(loaded.isNull).op("i32.or");
      code.set(isNull);
      return { value: loaded.value, isNull };
    });
}
