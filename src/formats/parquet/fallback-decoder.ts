import { type Data, tableFromIPC } from "apache-arrow";
import { readParquet, wasmMemory } from "parquet-wasm";
import type { DataType, Field } from "../../columnar/data-type.ts";
import type { ChunkFacts } from "../../columnar/file-facts.ts";
import type { Arena } from "../../columnar/linear-memory.ts";
import type { Vector } from "../../columnar/vector.ts";
import { arrowValues } from "./arrow-values.ts";
import { isolatedFile } from "./isolated-file.ts";
import { OversizedChunk } from "./oversized-chunk.ts";
import { rawBytes } from "./raw-bytes.ts";
import type { ReadAs } from "./read-as.ts";
import { valueVector } from "./value-vector.ts";

/** parquet-wasm's memory after a failure that is no fault of the file. */
const FULL_MEMORY_BYTES = 2 ** 30;

/** A column of a row group whose chunks' bytes are there. */
export interface FallbackTask {
  readonly field: Field;
  /** The columns wanted. */
  readonly type: DataType;
  /** Null where the field's type is the wanted one. */
  readonly convert: ReadAs | null;
  readonly chunks: readonly ChunkFacts[];
  readonly rows: number;
  readonly bytesOf: (chunk: ChunkFacts) => Uint8Array;
  /** Throws the error for a broken chunk. */
  readonly fail: (reason: string) => never;
}

/**
 * Decodes a column by parquet-wasm, from a file in memory that holds nothing else: its synchronous reader throws where
 * the asynchronous one would take the process down.
 */
export function decodeByFallback(
  { field, type, convert, chunks, rows, bytesOf, fail }: FallbackTask,
  arena: Arena,
): Vector {
  const file = isolatedFile(field, chunks, rows, bytesOf);
  if (file === null) return fail("its levels are not those of its schema");
  const values: unknown[] = [];
  for (const data of readColumn(file, rows, rawBytes(chunks), fail)) {
    const valueAt = arrowValues(data, field.type, chunks.values());
    for (let i = 0; i < data.length; i++) {
      const value = valueAt(i);
      values.push(value === null || convert === null ? value : convert(value));
    }
  }
  if (values.length !== rows) fail(`it has ${values.length} rows instead of ${rows}`);
  return valueVector(arena, type, values);
}

function readColumn(
  file: Uint8Array,
  rows: number,
  sizeBytes: number,
  fail: (reason: string) => never,
): Data[] {
  const before = memoryBytes();
  try {
    const stream = readParquet(file, { batchSize: Math.max(rows, 1) }).intoIPCStream();
    return [...(tableFromIPC(stream).getChildAt(0)?.data ?? [])];
  } catch (thrown) {
    const after = memoryBytes();
    if (after > before && after > FULL_MEMORY_BYTES)
      throw new OversizedChunk(Math.max(sizeBytes, after - before));
    return fail(`parquet-wasm: ${thrown instanceof Error ? thrown.message : thrown}`);
  }
}

function memoryBytes(): number {
  return (wasmMemory() as WebAssembly.Memory).buffer.byteLength;
}
