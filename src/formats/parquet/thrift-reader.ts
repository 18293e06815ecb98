/** A struct's fields by id. Integers above 2^53 read as NaN, which no check of a size or count lets through. */
export type ThriftStruct = ReadonlyMap<number, ThriftValue>;
/** A value of Thrift's compact protocol. */
export type ThriftValue = boolean | number | Uint8Array | readonly ThriftValue[] | ThriftStruct;

const MAX_DEPTH = 32;

/**
 * Reads Thrift's compact protocol.
 * https://github.com/apache/thrift/blob/master/doc/specs/thrift-compact-protocol.md
 */
export class ThriftReader {
  private readonly bytes: Uint8Array;
  private readonly fail: (reason: string) => never;
  private at = 0;

  /** `fail` throws the error for bytes that are not Thrift. */
  constructor(bytes: Uint8Array, fail: (reason: string) => never) {
    this.bytes = bytes;
    this.fail = fail;
  }

  struct(depth = 0): ThriftStruct {
    if (depth > MAX_DEPTH) this.fail("its structs are nested too deep");
    const fields = new Map<number, ThriftValue>();
    let id = 0;
    for (;;) {
      const head = this.byte();
      if (head === 0) return fields;
      id = head >> 4 === 0 ? this.integer() : id + (head >> 4);
      const type = head & 15;
      fields.set(id, type <= 2 ? type === 1 : this.value(type, depth));
    }
  }

  private value(type: number, depth: number): ThriftValue {
    switch (type) {
      case 1:
      case 2:
        return this.byte() === 1;
      case 3:
        return (this.byte() << 24) >> 24;
      case 4:
      case 5:
      case 6:
        return this.integer();
      case 7:
        return this.double();
      case 8:
        return this.binary();
      case 9:
      case 10:
        return this.list(depth);
      case 12:
        return this.struct(depth + 1);
      default:
        return this.fail(`it has a field of the unknown Thrift type ${type}`);
    }
  }

  private list(depth: number): ThriftValue[] {
    const head = this.byte();
    const size = head >> 4 === 15 ? this.varint() : head >> 4;
    if (!(size <= this.bytes.length - this.at)) this.fail("a list is longer than its bytes");
    const values = new Array<ThriftValue>(size);
    for (let i = 0; i < size; i++) values[i] = this.value(head & 15, depth + 1);
    return values;
  }

  private binary(): Uint8Array {
    const start = this.at;
    const size = this.varint();
    const from = this.at;
    this.at += size;
    if (!(this.at <= this.bytes.length)) {
      this.at = start;
      this.fail("a string is longer than its bytes");
    }
    return this.bytes.subarray(from, this.at);
  }

  private double(): number {
    const bytes = Uint8Array.from({ length: 8 }, () => this.byte());
    return new DataView(bytes.buffer).getFloat64(0, true);
  }

  private integer(): number {
    const value = this.varint();
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  }

  private varint(): number {
    let value = 0;
    let scale = 1;
    for (let i = 0; i < 10; i++) {
      const byte = this.byte();
      value += (byte & 127) * scale;
      if (byte < 128) return value <= Number.MAX_SAFE_INTEGER ? value : Number.NaN;
      scale *= 128;
    }
    return this.fail("a number has more than ten bytes");
  }

  private byte(): number {
    const byte = this.bytes[this.at++];
    return byte === undefined ? this.fail("it ends too early") : byte;
  }
}
