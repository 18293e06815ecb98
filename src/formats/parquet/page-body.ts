import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from "node:zlib";
import type { Arena } from "../../columnar/linear-memory.ts";
import type { DecoderKernels } from "../../wasm/decoder-kernels.ts";
import type { Page } from "./page-table.ts";

/** Raw bytes of a page, from `start` to `end` (exclusive). */
export interface PageBytes {
  readonly start: number;
  readonly end: number;
}

/** A Snappy block cannot grow more: its longest copy is 64 bytes of 3. */
const MAX_SNAPPY_GROWTH = 22;
const SNAPPY_HEADER_BYTES = 64;
/** What the Snappy kernel may write behind its target, beyond what every allocation has to spare. */
const SNAPPY_OVERRUN_BYTES = 32;

/**
 * Decompresses what of a page is compressed: all of it, of v2 only what follows the levels. `target` gives room for so
 * many bytes; with `inPlace` the result may be where the page already lies.
 */
export function decompressPage(
  kernels: DecoderKernels,
  arena: Arena,
  codec: string,
  page: Page,
  target: (sizeBytes: number) => number,
  inPlace: boolean,
  fail: (reason: string) => never,
): PageBytes {
  const levels = page.version === 2 ? page.definitionBytes + page.repetitionBytes : 0;
  const start = page.body + levels;
  const sizeBytes = page.rawBytes - levels;
  if (sizeBytes === 0) return { start, end: start };
  if (codec === "UNCOMPRESSED" || !page.isCompressed) {
    if (page.bodyEnd - start !== sizeBytes)
      fail(`an uncompressed page of ${page.bodyEnd - start} bytes says it has ${sizeBytes}`);
    return { start, end: page.bodyEnd };
  }
  if (codec !== "SNAPPY")
    return inflate(arena, codec, start, page.bodyEnd, sizeBytes, target, fail);
  const compressed = page.bodyEnd - start;
  if (sizeBytes > compressed * MAX_SNAPPY_GROWTH + SNAPPY_HEADER_BYTES)
    fail(`a page of ${compressed} bytes cannot have ${sizeBytes} raw ones`);
  const at = kernels.snappyDecompress(
    start,
    page.bodyEnd,
    target(sizeBytes + SNAPPY_OVERRUN_BYTES),
    sizeBytes,
    inPlace ? 1 : 0,
  );
  if (at === 0) fail("a Snappy page is corrupt");
  return { start: at, end: at + sizeBytes };
}

function inflate(
  arena: Arena,
  codec: string,
  start: number,
  end: number,
  sizeBytes: number,
  target: (sizeBytes: number) => number,
  fail: (reason: string) => never,
): PageBytes {
  const raw = inflated(codec, arena.owner.bytes(start, end - start), sizeBytes, fail);
  if (raw.length !== sizeBytes)
    fail(`a ${codec} page has ${raw.length} raw bytes instead of ${sizeBytes}`);
  const at = target(sizeBytes);
  arena.owner.bytes(at, sizeBytes).set(raw);
  return { start: at, end: at + sizeBytes };
}

function inflated(
  codec: string,
  bytes: Uint8Array,
  sizeBytes: number,
  fail: (reason: string) => never,
): Uint8Array {
  const options = {
    maxOutputLength: sizeBytes,
    chunkSize: Math.min(Math.max(64, sizeBytes), 1 << 20),
  };
  try {
    switch (codec) {
      case "GZIP":
        return gunzipSync(bytes, options);
      case "BROTLI":
        return brotliDecompressSync(bytes, options);
      default:
        return zstdDecompressSync(bytes, options);
    }
  } catch (thrown) {
    return fail(`a ${codec} page is corrupt: ${thrown instanceof Error ? thrown.message : thrown}`);
  }
}
