import { expect, test } from "vitest";
import { array, decimal, INT, LONG, STRING } from "../../../../src/columnar/data-type.ts";
import type { ChunkFacts } from "../../../../src/columnar/file-facts.ts";
import { fallbackReason, takesChunk } from "../../../../src/formats/parquet/takes-chunk.ts";

const chunk: ChunkFacts = {
  offset: 4,
  sizeBytes: 100,
  uncompressedBytes: 100,
  values: 10,
  physical: "INT32",
  typeLength: 0,
  codec: "SNAPPY",
  encodings: ["PLAIN", "RLE"],
  maxDefinitionLevel: 1,
  maxRepetitionLevel: 0,
};

const column = (...chunks: ChunkFacts[]) => ({ chunks, min: null, max: null, nulls: null });

test("flat chunks of known codecs and encodings are taken", () => {
  expect(takesChunk(chunk, INT)).toBe(true);
  expect(takesChunk({ ...chunk, codec: "ZSTD", encodings: ["BYTE_STREAM_SPLIT"] }, INT)).toBe(true);
  expect(takesChunk({ ...chunk, physical: "BYTE_ARRAY" }, STRING)).toBe(true);
  expect(
    takesChunk({ ...chunk, physical: "FIXED_LEN_BYTE_ARRAY", typeLength: 16 }, decimal(38, 2)),
  ).toBe(true);
});

test("what is not taken says why", () => {
  expect(fallbackReason(column(chunk), INT)).toBeNull();
  expect(fallbackReason(column(chunk, chunk), array(INT))).toBe("nested column");
  expect(fallbackReason(column({ ...chunk, maxRepetitionLevel: 1 }), INT)).toBe("nested column");
  expect(fallbackReason(column({ ...chunk, codec: "LZ4" }), INT)).toBe("codec LZ4");
  expect(fallbackReason(column({ ...chunk, encodings: ["UNKNOWN"] }), INT)).toBe(
    "encoding UNKNOWN",
  );
  expect(fallbackReason(column({ ...chunk, physical: "UNKNOWN" }), LONG)).toBe("type UNKNOWN");
});
