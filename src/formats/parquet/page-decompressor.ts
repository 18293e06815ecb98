import type { LinearMemory } from "../../columnar/linear-memory.ts";
import type { DecoderKernels } from "../../wasm/decoder-kernels.ts";
import type { Page } from "./page-table.ts";

/** Raw bytes of a page, from `start` to `end` (exclusive). */
export interface PageBytes {
  readonly start: number;
  readonly end: number;
}

/** Gives room for so many bytes. */
export type Room = (sizeBytes: number) => number;

/** A Snappy block cannot grow more: its longest copy is 64 bytes of 3. */
const MAX_SNAPPY_GROWTH = 22;
/** An LZ4 block cannot grow more: a byte adds at most 255 to a length. */
const MAX_LZ4_GROWTH = 256;
const BLOCK_HEADER_BYTES = 64;
/** What the kernels may write behind their target, beyond what every allocation has to spare. */
const OVERRUN_BYTES = 32;
const MAX_ZLIB_CHUNK_BYTES = 1 << 20;

/** Decompresses the pages of one chunk: all of a page, of v2 only what follows the levels. */
export class PageDecompressor {
  private readonly memory: LinearMemory;
  private readonly kernels: DecoderKernels;
  private readonly codec: string;
  private readonly fail: (reason: string) => never;

  constructor(
    memory: LinearMemory,
    kernels: DecoderKernels,
    codec: string,
    fail: (reason: string) => never,
  ) {
    this.memory = memory;
    this.kernels = kernels;
    this.codec = codec;
    this.fail = fail;
  }

  /** With `inPlace` the result may be where the page already lies, else only where nothing is compressed. */
  decompress(page: Page, room: Room, inPlace: boolean): PageBytes {
    const levels = page.version === 2 ? page.definitionBytes + page.repetitionBytes : 0;
    const start = page.body + levels;
    const sizeBytes = page.rawBytes - levels;
    const compressed = page.bodyEnd - start;
    if (sizeBytes === 0) return { start, end: start };
    if (this.codec === "UNCOMPRESSED" || !page.isCompressed) {
      if (compressed !== sizeBytes)
        this.fail(`an uncompressed page of ${compressed} bytes says it has ${sizeBytes}`);
      return { start, end: page.bodyEnd };
    }
    const at = this.raw(start, page.bodyEnd, sizeBytes, room, inPlace);
    return { start: at, end: at + sizeBytes };
  }

  private raw(start: number, end: number, sizeBytes: number, room: Room, inPlace: boolean): number {
    switch (this.codec) {
      case "SNAPPY":
        return this.snappy(start, end, sizeBytes, room, inPlace);
      case "LZ4_RAW":
        return this.lz4(start, end, sizeBytes, room);
      default:
        return this.zlib(start, end, sizeBytes, room);
    }
  }

  private snappy(
    start: number,
    end: number,
    sizeBytes: number,
    room: Room,
    inPlace: boolean,
  ): number {
    this.checkGrowth(end - start, sizeBytes, MAX_SNAPPY_GROWTH);
    const target = room(sizeBytes + OVERRUN_BYTES);
    const at = this.kernels.snappyDecompress(start, end, target, sizeBytes, inPlace ? 1 : 0);
    return at === 0 ? this.fail("a Snappy page is corrupt") : at;
  }

  private lz4(start: number, end: number, sizeBytes: number, room: Room): number {
    this.checkGrowth(end - start, sizeBytes, MAX_LZ4_GROWTH);
    const target = room(sizeBytes + OVERRUN_BYTES);
    const isWhole = this.kernels.lz4Decompress(start, end, target, sizeBytes) !== 0;
    return isWhole ? target : this.fail("an LZ4 page is corrupt");
  }

  private zlib(start: number, end: number, sizeBytes: number, room: Room): number {
    const raw = this.inflated(this.memory.bytes(start, end - start), sizeBytes);
    if (raw.length !== sizeBytes)
      this.fail(`a ${this.codec} page has ${raw.length} raw bytes instead of ${sizeBytes}`);
    const target = room(sizeBytes);
    this.memory.bytes(target, sizeBytes).set(raw);
    return target;
  }

  private inflated(bytes: Uint8Array, sizeBytes: number): Uint8Array {
    const chunkSize = Math.min(Math.max(64, sizeBytes), MAX_ZLIB_CHUNK_BYTES);
    const options = { maxOutputLength: sizeBytes, chunkSize };
    // Loaded when first needed: it costs a start 2 ms.
    const zlib = process.getBuiltinModule("node:zlib");
    try {
      switch (this.codec) {
        case "GZIP":
          return zlib.gunzipSync(bytes, options);
        case "BROTLI":
          return zlib.brotliDecompressSync(bytes, options);
        default:
          return zlib.zstdDecompressSync(bytes, options);
      }
    } catch (thrown) {
      const message = thrown instanceof Error ? thrown.message : String(thrown);
      return this.fail(`a ${this.codec} page is corrupt: ${message}`);
    }
  }

  private checkGrowth(compressed: number, sizeBytes: number, most: number): void {
    if (sizeBytes > compressed * most + BLOCK_HEADER_BYTES)
      this.fail(`a page of ${compressed} bytes cannot have ${sizeBytes} raw ones`);
  }
}
