import type { Field } from "./data-type.ts";
import type { LiteralJson } from "./literal-json.ts";

/**
 * What planning knows of one data file from its footer, as plain data, so that no task reads a footer again.
 */
export interface FileFacts {
  /** The object's key or path in its store. */
  readonly path: string;
  readonly sizeBytes: number;
  /** Changes when the object does. */
  readonly etag: string;
  /** The values of `key=value` folders on the way to the file, text or null, by column name. */
  readonly partitionValues: { readonly [column: string]: string | null };
  /** The file's own columns, top level only, with nested types inside. */
  readonly fields: readonly Field[];
  /** Columns of the table that the file has more than one of, case ignored: they cannot be read. */
  readonly ambiguousColumns?: readonly string[];
  readonly rows: number;
  readonly rowGroups: readonly RowGroupFacts[];
  /** Bytes that planning itself read for this file. */
  readonly footerBytes: number;
}

/** What a footer says of one row group. */
export interface RowGroupFacts {
  /** Its place in the file, from 0. */
  readonly index: number;
  readonly rows: number;
  /** By top-level column name. A nested column has several leaf chunks. */
  readonly columns: { readonly [column: string]: ColumnFacts };
}

/** What a footer says of one column of a row group. */
export interface ColumnFacts {
  readonly chunks: readonly ChunkFacts[];
  /** Null where the writer left no statistics. Values are of the column's type, as in `Literal`. */
  readonly min: LiteralJson;
  readonly max: LiteralJson;
  readonly nulls: number | null;
}

/** One leaf column chunk: where it lies and what the decoder must know. */
export interface ChunkFacts {
  readonly offset: number;
  readonly sizeBytes: number;
  readonly uncompressedBytes: number;
  readonly values: number;
  /** Parquet's physical type name, e.g. `INT32`, `BYTE_ARRAY`, `FIXED_LEN_BYTE_ARRAY`. */
  readonly physical: string;
  /** Bytes of a FIXED_LEN_BYTE_ARRAY, else 0. */
  readonly typeLength: number;
  /** Parquet's codec name, e.g. `SNAPPY`. */
  readonly codec: string;
  /** Parquet's encoding names. */
  readonly encodings: readonly string[];
  readonly maxDefinitionLevel: number;
  readonly maxRepetitionLevel: number;
  /** The unit of an INT64 timestamp. */
  readonly timeUnit?: "MILLIS" | "MICROS" | "NANOS";
}
