import type { ChunkFacts } from "../../columnar/file-facts.ts";

/** Bytes of the chunks of a column when they are decompressed. */
export function rawBytes(chunks: readonly ChunkFacts[]): number {
  return chunks.reduce((sum, chunk) => sum + Math.max(chunk.uncompressedBytes, chunk.sizeBytes), 0);
}
