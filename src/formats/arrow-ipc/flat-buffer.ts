import { assert } from "../../common/assert.ts";

/**
 * A FlatBuffers value to be written. Tables list their fields by id; null is a field left out.
 * https://flatbuffers.dev/internals/
 */
export type FlatValue =
  | { readonly kind: "number"; readonly sizeBytes: 1 | 2 | 4 | 8; readonly value: number }
  | { readonly kind: "table"; readonly fields: readonly (FlatValue | null)[] }
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "tables"; readonly items: readonly FlatValue[] }
  /** Structs of whole 64-bit numbers. */
  | { readonly kind: "longs"; readonly structs: number; readonly values: readonly number[] };

/** A little-endian integer. */
export const number = (sizeBytes: 1 | 2 | 4 | 8, value: number): FlatValue => ({
  kind: "number",
  sizeBytes,
  value,
});
/** A table; null fields are left out. */
export const table = (...fields: readonly (FlatValue | null)[]): FlatValue => ({
  kind: "table",
  fields,
});
/** A string. */
export const text = (value: string): FlatValue => ({ kind: "text", text: value });
/** A vector of tables. */
export const tables = (items: readonly FlatValue[]): FlatValue => ({ kind: "tables", items });
/** A vector of structs of 64-bit integers, all of them in one list. */
export const longs = (structs: number, values: readonly number[]): FlatValue => ({
  kind: "longs",
  structs,
  values,
});

/** The bytes of a FlatBuffer with this root, a multiple of 8 long. */
export function flatBuffer(root: FlatValue): Uint8Array {
  const writer = new FlatWriter();
  writer.root(root);
  return writer.done();
}

class FlatWriter {
  private bytes = new Uint8Array(512);
  private view = new DataView(this.bytes.buffer);
  private end = 0;

  root(root: FlatValue): void {
    this.reserve(4);
    this.point(0, root);
  }

  done(): Uint8Array {
    this.align(8, 0);
    return this.bytes.subarray(0, this.end);
  }

  private point(from: number, target: FlatValue): void {
    const at = this.write(target);
    this.view.setUint32(from, at - from, true);
  }

  private write(value: FlatValue): number {
    switch (value.kind) {
      case "table":
        return this.table(value.fields);
      case "text":
        return this.text(value.text);
      case "tables":
        return this.tables(value.items);
      case "longs":
        return this.longs(value.structs, value.values);
      default:
        assert(false, "A number has no place of its own");
    }
  }

  private table(fields: readonly (FlatValue | null)[]): number {
    const slots = slotsOf(fields);
    const tableBytes = Math.max(4, ...slots.map((slot) => slot.at + slot.sizeBytes));
    this.align(8, 4 + 2 * fields.length);
    const vtable = this.reserve(4 + 2 * fields.length);
    const start = this.reserve(tableBytes);
    this.view.setUint16(vtable, start - vtable, true);
    this.view.setUint16(vtable + 2, tableBytes, true);
    this.view.setInt32(start, start - vtable, true);
    for (const { id, at } of slots) this.view.setUint16(vtable + 4 + 2 * id, at, true);
    for (const { id, at } of slots) {
      const value = fields[id];
      if (value === undefined || value === null) continue;
      if (value.kind === "number") this.number(start + at, value.sizeBytes, value.value);
      else this.point(start + at, value);
    }
    return start;
  }

  private text(value: string): number {
    const encoded = new TextEncoder().encode(value);
    this.align(4, 0);
    const start = this.reserve(4 + encoded.length + 1);
    this.view.setUint32(start, encoded.length, true);
    this.bytes.set(encoded, start + 4);
    return start;
  }

  private tables(items: readonly FlatValue[]): number {
    this.align(4, 0);
    const start = this.reserve(4 + 4 * items.length);
    this.view.setUint32(start, items.length, true);
    for (const [i, item] of items.entries()) this.point(start + 4 + 4 * i, item);
    return start;
  }

  private longs(structs: number, values: readonly number[]): number {
    this.align(8, 4);
    const start = this.reserve(4 + 8 * values.length);
    this.view.setUint32(start, structs, true);
    for (const [i, value] of values.entries()) this.number(start + 4 + 8 * i, 8, value);
    return start;
  }

  private number(at: number, sizeBytes: 1 | 2 | 4 | 8, value: number): void {
    if (sizeBytes === 1) this.view.setInt8(at, value);
    else if (sizeBytes === 2) this.view.setInt16(at, value, true);
    else if (sizeBytes === 4) this.view.setInt32(at, value, true);
    else {
      this.view.setUint32(at, value >>> 0, true);
      this.view.setInt32(at + 4, Math.floor(value / 2 ** 32), true);
    }
  }

  /** Pads so that what comes `ahead` bytes after the next reservation's start is aligned. */
  private align(to: number, ahead: number): void {
    this.reserve((to - ((this.end + ahead) % to)) % to);
  }

  private reserve(sizeBytes: number): number {
    const start = this.end;
    this.end += sizeBytes;
    if (this.end > this.bytes.length) {
      const grown = new Uint8Array(Math.max(this.end, this.bytes.length * 2) + 8);
      grown.set(this.bytes);
      this.bytes = grown;
      this.view = new DataView(grown.buffer);
    }
    return start;
  }
}

interface Slot {
  readonly id: number;
  readonly at: number;
  readonly sizeBytes: number;
}

/** Places fields in a table that starts 8-aligned: the widest first, behind its own 4 bytes. */
function slotsOf(fields: readonly (FlatValue | null)[]): Slot[] {
  const slots: Slot[] = [];
  let next = 4;
  for (const width of [8, 4, 2, 1])
    for (const [id, value] of fields.entries()) {
      if (value === null) continue;
      const sizeBytes = value.kind === "number" ? value.sizeBytes : 4;
      if (sizeBytes !== width) continue;
      next = Math.ceil(next / width) * width;
      slots.push({ id, at: next, sizeBytes });
      next += width;
    }
  return slots;
}

/** A table in bytes that hold a FlatBuffer. Reads past the end throw a `RangeError`. */
export class FlatTable {
  private readonly view: DataView;
  private readonly start: number;
  private readonly vtable: number;

  constructor(view: DataView, start: number) {
    this.view = view;
    this.start = start;
    this.vtable = start - view.getInt32(start, true);
  }

  static root(view: DataView): FlatTable {
    return new FlatTable(view, view.getUint32(0, true));
  }

  byte(id: number): number {
    const at = this.field(id);
    return at === 0 ? 0 : this.view.getUint8(at);
  }

  long(id: number): number {
    const at = this.field(id);
    return at === 0 ? 0 : longAt(this.view, at);
  }

  table(id: number): FlatTable | null {
    const at = this.field(id);
    return at === 0 ? null : new FlatTable(this.view, at + this.view.getUint32(at, true));
  }

  /** The numbers of structs of `longsEach`. */
  longs(id: number, longsEach: number): number[] {
    const at = this.field(id);
    if (at === 0) return [];
    const start = at + this.view.getUint32(at, true);
    const count = this.view.getUint32(start, true) * longsEach;
    if (count * 8 > this.view.byteLength)
      throw new RangeError("A vector is longer than its buffer");
    return Array.from({ length: count }, (_, i) => longAt(this.view, start + 4 + 8 * i));
  }

  private field(id: number): number {
    const at = 4 + 2 * id;
    if (at >= this.view.getUint16(this.vtable, true)) return 0;
    const offset = this.view.getUint16(this.vtable + at, true);
    return offset === 0 ? 0 : this.start + offset;
  }
}

const longAt = (view: DataView, at: number): number =>
  view.getUint32(at, true) + view.getInt32(at + 4, true) * 2 ** 32;
