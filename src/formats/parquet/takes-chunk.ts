import { type DataType, isNested } from "../../columnar/data-type.ts";
import type { ChunkFacts, ColumnFacts } from "../../columnar/file-facts.ts";
import { conversionOf } from "./conversion.ts";

const CODECS: readonly string[] = ["UNCOMPRESSED", "SNAPPY", "GZIP", "BROTLI", "ZSTD", "LZ4_RAW"];
/** BIT_PACKED is named by old writers for repetition levels that flat columns have none of. */
const ENCODINGS: readonly string[] = [
  "PLAIN",
  "PLAIN_DICTIONARY",
  "RLE_DICTIONARY",
  "RLE",
  "BIT_PACKED",
  "DELTA_BINARY_PACKED",
  "DELTA_LENGTH_BYTE_ARRAY",
  "DELTA_BYTE_ARRAY",
  "BYTE_STREAM_SPLIT",
];

/** Why our decoder does not read a column of a row group, or null where it does. `type` is the file's own. */
export function fallbackReason(column: ColumnFacts, type: DataType): string | null {
  const [chunk] = column.chunks;
  if (isNested(type) || chunk === undefined || column.chunks.length > 1) return "nested column";
  return chunkReason(chunk, type);
}

/** True if our decoder reads the chunk; `type` is the file's own. */
export function takesChunk(chunk: ChunkFacts, type: DataType): boolean {
  return chunkReason(chunk, type) === null;
}

function chunkReason(chunk: ChunkFacts, type: DataType): string | null {
  if (chunk.maxRepetitionLevel > 0 || chunk.maxDefinitionLevel > 1) return "nested column";
  if (!CODECS.includes(chunk.codec)) return `codec ${chunk.codec}`;
  const encoding = chunk.encodings.find((name) => !ENCODINGS.includes(name));
  if (encoding !== undefined) return `encoding ${encoding}`;
  return conversionOf(chunk, type, type) === null ? `type ${chunk.physical}` : null;
}
