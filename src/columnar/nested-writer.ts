import { assert, unreachable } from "../common/assert.ts";
import type { DataType, Field } from "./data-type.ts";
import { type FixedKind, NESTED_WIDTHS } from "./nested-width.ts";
import { encodeText } from "./text-bytes.ts";

/** Collects the bytes of a nested value; the form is that of `encodeNested`. */
export class NestedWriter {
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
        this.sized(encodeText(value as string));
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

  private primitive(kind: FixedKind, value: unknown): void {
    const at = this.take(NESTED_WIDTHS[kind]);
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
        this.view.setFloat32(at, oneNan(value as number), true);
        break;
      case "double":
        this.view.setFloat64(at, oneNan(value as number), true);
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

/** A NaN that came from a file may have other bits. */
function oneNan(value: number): number {
  return Number.isNaN(value) ? Number.NaN : value;
}
