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
  /** The calendars of its dates and times as its writer marked them; absent where it did not. */
  readonly calendars?: FileCalendars;
  /** The schema that Spark noted in the footer; absent where there is none. */
  readonly noted?: readonly NotedField[];
}

/** A column as Spark's schema in the footer has it. */
export interface NotedField extends Field {
  /** The declared type where it has CHAR or VARCHAR in it, e.g. `array<char(5)>`; `type` has strings there. */
  readonly charType?: string;
}

/** The calendars in which a file counts dates and instants. */
export interface FileCalendars {
  readonly datetime: MarkedCalendar;
  readonly int96: MarkedCalendar;
  /** The time zone of the writer, where it says so. */
  readonly timeZone: string | null;
}

/** `hybrid` is Julian before 1582-10-15, as Spark counted before 3.0. */
export type MarkedCalendar = "hybrid" | "gregorian";

/** The calendar of a leaf where it is not simply the Gregorian one. */
export type LeafCalendar =
  | { readonly kind: "hybrid"; readonly timeZone: string }
  /** Nobody knows: values that differ between the calendars are refused. `setting` decides it. */
  | { readonly kind: "ambiguous"; readonly setting: string };

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
  /** The calendar of dates and instants; absent for the Gregorian one. */
  readonly calendar?: LeafCalendar;
  /** Of CHAR: shorter texts are read with spaces behind them, up to so many characters. */
  readonly charLength?: number;
}
