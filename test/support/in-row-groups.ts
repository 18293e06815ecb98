import { Compression, readParquet, WriterPropertiesBuilder, writeParquet } from "parquet-wasm";

/** A Parquet file of the same rows, with so many in a row group that a table makes several tasks. */
export function inRowGroups(bytes: Uint8Array, rows = 8192): Uint8Array {
  const properties = new WriterPropertiesBuilder()
    .setCompression(Compression.SNAPPY)
    .setMaxRowGroupSize(rows)
    .build();
  return writeParquet(readParquet(bytes), properties);
}
