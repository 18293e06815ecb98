/** A growing byte string in WebAssembly's encoding. */
export class Bytes {
  private buffer = new Uint8Array(256);
  private size = 0;

  get length(): number {
    return this.size;
  }

  byte(value: number): this {
    if (this.size === this.buffer.length) this.grow(1);
    this.buffer[this.size++] = value;
    return this;
  }

  bytes(values: ArrayLike<number>): this {
    if (this.size + values.length > this.buffer.length) this.grow(values.length);
    this.buffer.set(values, this.size);
    this.size += values.length;
    return this;
  }

  /** Unsigned LEB128. */
  u32(value: number): this {
    let rest = value >>> 0;
    while (rest > 127) {
      this.byte((rest & 127) | 128);
      rest >>>= 7;
    }
    return this.byte(rest);
  }

  /** Signed LEB128 of 32 bits. */
  s32(value: number): this {
    let rest = value | 0;
    while (rest < -64 || rest > 63) {
      this.byte((rest & 127) | 128);
      rest >>= 7;
    }
    return this.byte(rest & 127);
  }

  /** Signed LEB128 of 64 bits. */
  s64(value: bigint): this {
    let rest = BigInt.asIntN(64, value);
    while (rest < -64n || rest > 63n) {
      this.byte(Number(rest & 127n) | 128);
      rest >>= 7n;
    }
    return this.byte(Number(rest & 127n));
  }

  f32(value: number): this {
    return this.bytes(new Uint8Array(new Float32Array([value]).buffer));
  }

  f64(value: number): this {
    return this.bytes(new Uint8Array(new Float64Array([value]).buffer));
  }

  name(text: string): this {
    const encoded = new TextEncoder().encode(text);
    return this.u32(encoded.length).bytes(encoded);
  }

  done(): Uint8Array<ArrayBuffer> {
    return this.buffer.slice(0, this.size);
  }

  private grow(atLeast: number): void {
    const bigger = new Uint8Array(Math.max(this.buffer.length * 2, this.size + atLeast));
    bigger.set(this.buffer.subarray(0, this.size));
    this.buffer = bigger;
  }
}
