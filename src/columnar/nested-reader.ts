import { assert, unreachable } from "../common/assert.ts";
import type { DataType } from "./data-type.ts";
import { type FixedKind, NESTED_WIDTHS } from "./nested-width.ts";
import { decodeText } from "./text-bytes.ts";

/** Reads what a `NestedWriter` wrote. */
export class NestedReader {
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
        return decodeText(this.sized());
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

  private primitive(kind: FixedKind): unknown {
    const at = this.take(NESTED_WIDTHS[kind]);
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
