import { assert, unreachable } from "../common/assert.ts";
import type { DataType, Field } from "./data-type.ts";

const utf8 = new TextEncoder();
const text = new TextDecoder("utf-8", { ignoreBOM: true });

const WIDTHS = {
  boolean: 1,
  byte: 1,
  short: 2,
  int: 4,
  date: 4,
  year_month_interval: 4,
  long: 8,
  timestamp: 8,
  timestamp_ntz: 8,
  day_time_interval: 8,
  float: 4,
  double: 8,
} as const satisfies { readonly [kind in DataType["kind"]]?: number };

type PrimitiveKind = keyof typeof WIDTHS;

/**
 * The bytes of one array, map or struct that is not null; JavaScript values as in `RowFunction`. Equal values have
 * equal bytes: every NaN is the same one, and -0.0 becomes 0.0. Maps keep the order of their entries.
 *
 * Little-endian, packed. Array and map: `u32` count, then the elements (for a map key, value, key, value …); struct:
 * its fields in order. Each of these is a byte 0 for null, or 1 and the value: numbers in their own width, decimals in
 * 16 bytes, strings and binary as `u32` length and bytes.
 */
export function encodeNested(type: DataType, value: unknown): Uint8Array {
  const writer = new NestedWriter();
  writer.value(type, value);
  return writer.done();
}

/** The inverse of `encodeNested`. */
export function decodeNested(type: DataType, bytes: Uint8Array): unknown {
  const reader = new NestedReader(bytes);
  const value = reader.value(type);
  assert(reader.atEnd, "A nested value has bytes left over");
  return value;
}

class NestedWriter {
  private bytes = new Uint8Array(256);
  private view = new DataView(this.bytes.buffer);
  private size = 0;

  done(): Uint8Array {
    return this.bytes.slice(0, this.size);
  }

  value(type: DataType, value: unknown): void {
    switch (type.kind) {
      case "null":
        assert(false, "A void value that is not null");
        break;
      case "decimal":
        this.decimal(value as bigint);
        break;
      case "string":
        this.sized(utf8.encode(value as string));
        break;
      case "binary":
        this.sized(value as Uint8Array);
        break;
      case "array":
        this.array(type.element, value as readonly unknown[]);
        break;
      case "map":
        this.map(type.key, type.value, value as readonly (readonly [unknown, unknown])[]);
        break;
      case "struct":
        this.struct(type.fields, value as readonly unknown[]);
        break;
      default:
        this.primitive(type.kind, value);
    }
  }

  private primitive(kind: PrimitiveKind, value: unknown): void {
    const at = this.take(WIDTHS[kind]);
    switch (kind) {
      case "boolean":
        this.view.setUint8(at, value === true ? 1 : 0);
        break;
      case "byte":
        this.view.setInt8(at, value as number);
        break;
      case "short":
        this.view.setInt16(at, value as number, true);
        break;
      case "int":
      case "date":
      case "year_month_interval":
        this.view.setInt32(at, value as number, true);
        break;
      case "long":
      case "timestamp":
      case "timestamp_ntz":
      case "day_time_interval":
        this.view.setBigInt64(at, value as bigint, true);
        break;
      case "float":
        this.view.setFloat32(at, normal(value as number), true);
        break;
      case "double":
        this.view.setFloat64(at, normal(value as number), true);
        break;
      default:
        unreachable(kind);
    }
  }

  private nullable(type: DataType, value: unknown): void {
    const isNull = value === null || value === undefined;
    const at = this.take(1);
    this.bytes[at] = isNull ? 0 : 1;
    if (!isNull) this.value(type, value);
  }

  private count(count: number): void {
    const at = this.take(4);
    this.view.setUint32(at, count, true);
  }

  private array(element: DataType, values: readonly unknown[]): void {
    this.count(values.length);
    for (const value of values) this.nullable(element, value);
  }

  private map(
    keyType: DataType,
    valueType: DataType,
    entries: readonly (readonly [unknown, unknown])[],
  ): void {
    this.count(entries.length);
    for (const [key, value] of entries) {
      this.nullable(keyType, key);
      this.nullable(valueType, value);
    }
  }

  private struct(fields: readonly Field[], values: readonly unknown[]): void {
    fields.forEach((f, i) => {
      this.nullable(f.type, values[i]);
    });
  }

  private decimal(unscaled: bigint): void {
    const at = this.take(16);
    this.view.setBigUint64(at, BigInt.asUintN(64, unscaled), true);
    this.view.setBigInt64(at + 8, BigInt.asIntN(64, unscaled >> 64n), true);
  }

  private sized(content: Uint8Array): void {
    this.count(content.length);
    const at = this.take(content.length);
    this.bytes.set(content, at);
  }

  /** May replace `bytes` and `view`. */
  private take(sizeBytes: number): number {
    const at = this.size;
    this.size += sizeBytes;
    if (this.size > this.bytes.length) {
      const bigger = new Uint8Array(Math.max(this.size, this.bytes.length * 2));
      bigger.set(this.bytes);
      this.bytes = bigger;
      this.view = new DataView(bigger.buffer);
    }
    return at;
  }
}

class NestedReader {
  private readonly bytes: Uint8Array;
  private readonly view: DataView;
  private at = 0;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get atEnd(): boolean {
    return this.at === this.bytes.length;
  }

  value(type: DataType): unknown {
    switch (type.kind) {
      case "null":
        return assert(false, "A void value that is not null");
      case "decimal":
        return this.decimal();
      case "string":
        return text.decode(this.sized());
      case "binary":
        return this.sized().slice();
      case "array":
        return this.list(() => this.nullable(type.element));
      case "map":
        return this.list(() => [this.nullable(type.key), this.nullable(type.value)]);
      case "struct":
        return type.fields.map((f) => this.nullable(f.type));
      default:
        return this.primitive(type.kind);
    }
  }

  private primitive(kind: PrimitiveKind): unknown {
    const at = this.take(WIDTHS[kind]);
    switch (kind) {
      case "boolean":
        return this.view.getUint8(at) !== 0;
      case "byte":
        return this.view.getInt8(at);
      case "short":
        return this.view.getInt16(at, true);
      case "int":
      case "date":
      case "year_month_interval":
        return this.view.getInt32(at, true);
      case "long":
      case "timestamp":
      case "timestamp_ntz":
      case "day_time_interval":
        return this.view.getBigInt64(at, true);
      case "float":
        return this.view.getFloat32(at, true);
      case "double":
        return this.view.getFloat64(at, true);
      default:
        return unreachable(kind);
    }
  }

  private nullable(type: DataType): unknown {
    return this.view.getUint8(this.take(1)) === 0 ? null : this.value(type);
  }

  private list<T>(read: () => T): T[] {
    const count = this.view.getUint32(this.take(4), true);
    return Array.from({ length: count }, read);
  }

  private decimal(): bigint {
    const at = this.take(16);
    return (this.view.getBigInt64(at + 8, true) << 64n) | this.view.getBigUint64(at, true);
  }

  private sized(): Uint8Array {
    const length = this.view.getUint32(this.take(4), true);
    const at = this.take(length);
    return this.bytes.subarray(at, at + length);
  }

  private take(sizeBytes: number): number {
    const at = this.at;
    this.at += sizeBytes;
    assert(this.at <= this.bytes.length, "A nested value ends too early");
    return at;
  }
}

function normal(value: number): number {
  return Number.isNaN(value) ? Number.NaN : value + 0;
}
