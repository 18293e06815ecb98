const I32 = 5;
const I64 = 6;
const BINARY = 8;
const LIST = 9;
const STRUCT = 12;
const LONG_LIST = 15;

const utf8 = new TextEncoder();

/** Writes one struct in Thrift's compact protocol; fields in ascending order of their ids. */
export class ThriftWriter {
  private readonly bytes: number[] = [];
  private lastId = 0;

  i32(id: number, value: number): this {
    return this.field(id, I32).zigzag(value);
  }

  i64(id: number, value: number): this {
    return this.field(id, I64).zigzag(value);
  }

  text(id: number, value: string): this {
    return this.field(id, BINARY).sized(value);
  }

  struct(id: number, value: ThriftWriter): this {
    return this.field(id, STRUCT).append(value.done());
  }

  i32s(id: number, values: readonly number[]): this {
    this.field(id, LIST).listHead(I32, values.length);
    for (const value of values) this.zigzag(value);
    return this;
  }

  texts(id: number, values: readonly string[]): this {
    this.field(id, LIST).listHead(BINARY, values.length);
    for (const value of values) this.sized(value);
    return this;
  }

  structs(id: number, values: readonly ThriftWriter[]): this {
    this.field(id, LIST).listHead(STRUCT, values.length);
    for (const value of values) this.append(value.done());
    return this;
  }

  done(): Uint8Array {
    return Uint8Array.from([...this.bytes, 0]);
  }

  private field(id: number, type: number): this {
    this.bytes.push(((id - this.lastId) << 4) | type);
    this.lastId = id;
    return this;
  }

  private listHead(type: number, size: number): void {
    if (size < LONG_LIST) this.bytes.push((size << 4) | type);
    else {
      this.bytes.push((LONG_LIST << 4) | type);
      this.varint(size);
    }
  }

  private sized(value: string): this {
    const bytes = utf8.encode(value);
    this.varint(bytes.length);
    return this.append(bytes);
  }

  private append(bytes: Uint8Array): this {
    for (const byte of bytes) this.bytes.push(byte);
    return this;
  }

  private zigzag(value: number): this {
    return this.varint(value < 0 ? -value * 2 - 1 : value * 2);
  }

  private varint(value: number): this {
    let rest = value;
    while (rest > 127) {
      this.bytes.push((rest % 128) | 128);
      rest = Math.floor(rest / 128);
    }
    this.bytes.push(rest);
    return this;
  }
}
