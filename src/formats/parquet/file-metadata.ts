import { ThriftFields } from "./thrift-fields.ts";
import { ThriftReader } from "./thrift-reader.ts";

/** Parquet's FileMetaData as far as reading needs it, checked for shape, not yet for truth. */
export interface FileMetadata {
  readonly schema: readonly SchemaElement[];
  readonly rowGroups: readonly RowGroupMetadata[];
  readonly createdBy: string;
  /** Key-value notes of the writer. */
  readonly notes: ReadonlyMap<string, string>;
}

/** A row group as a footer lists it. */
export interface RowGroupMetadata {
  readonly rows: number;
  readonly columns: readonly ColumnMetadata[];
}

/** A column chunk as a footer lists it. */
export interface ColumnMetadata {
  /** Set where the chunk lies in another file. */
  readonly filePath: string | null;
  readonly encrypted: boolean;
  readonly physical: string;
  readonly encodings: readonly string[];
  readonly path: readonly string[];
  readonly codec: string;
  readonly values: number;
  readonly uncompressedBytes: number;
  readonly compressedBytes: number;
  readonly dataPageOffset: number;
  readonly dictionaryPageOffset: number | null;
  readonly statistics: RawStatistics | null;
}

/** `min` and `max` are the deprecated pair, ordered as signed bytes or numbers. */
export interface RawStatistics {
  readonly min: Uint8Array | null;
  readonly max: Uint8Array | null;
  readonly nulls: number | null;
  readonly minValue: Uint8Array | null;
  readonly maxValue: Uint8Array | null;
}

/** True if a field may be missing or come often. */
export type Repetition = "REQUIRED" | "OPTIONAL" | "REPEATED";
/** The unit of stored times. */
export type TimeUnit = "MILLIS" | "MICROS" | "NANOS";

/** A node of a schema, which a footer lists depth first. */
export interface SchemaElement {
  readonly name: string;
  /** Null for groups. */
  readonly physical: string | null;
  readonly typeLength: number;
  readonly repetition: Repetition;
  readonly children: number;
  readonly annotation: Annotation | null;
}

/** The logical type, or the converted type where only that is written. */
export type Annotation =
  | { readonly kind: "DECIMAL"; readonly precision: number; readonly scale: number }
  | { readonly kind: "TIME"; readonly unit: TimeUnit; readonly utc: boolean }
  | { readonly kind: "TIMESTAMP"; readonly unit: TimeUnit; readonly utc: boolean }
  | { readonly kind: "INTEGER"; readonly bits: number; readonly signed: boolean }
  | { readonly kind: PlainAnnotation };

type PlainAnnotation =
  | "STRING"
  | "MAP"
  | "LIST"
  | "ENUM"
  | "DATE"
  | "JSON"
  | "BSON"
  | "UUID"
  | "FLOAT16"
  | "INTERVAL"
  | "UNKNOWN";

/** By Parquet's number. */
export const PHYSICAL: readonly string[] = [
  "BOOLEAN",
  "INT32",
  "INT64",
  "INT96",
  "FLOAT",
  "DOUBLE",
  "BYTE_ARRAY",
  "FIXED_LEN_BYTE_ARRAY",
];
/** By Parquet's number. */
export const ENCODINGS: readonly string[] = [
  "PLAIN",
  "GROUP_VAR_INT",
  "PLAIN_DICTIONARY",
  "RLE",
  "BIT_PACKED",
  "DELTA_BINARY_PACKED",
  "DELTA_LENGTH_BYTE_ARRAY",
  "DELTA_BYTE_ARRAY",
  "RLE_DICTIONARY",
  "BYTE_STREAM_SPLIT",
];
/** By Parquet's number. */
export const CODECS: readonly string[] = [
  "UNCOMPRESSED",
  "SNAPPY",
  "GZIP",
  "LZO",
  "BROTLI",
  "LZ4",
  "ZSTD",
  "LZ4_RAW",
];
const REPETITIONS: readonly Repetition[] = ["REQUIRED", "OPTIONAL", "REPEATED"];

const LOGICAL: { readonly [field: number]: PlainAnnotation } = {
  1: "STRING",
  2: "MAP",
  3: "LIST",
  4: "ENUM",
  6: "DATE",
  12: "JSON",
  13: "BSON",
  14: "UUID",
  15: "FLOAT16",
};

/** Says only that all values are null, whatever their type is. */
const LOGICAL_UNKNOWN = 11;

const integer = (bits: number, signed: boolean): Annotation => ({ kind: "INTEGER", bits, signed });
const CONVERTED: readonly (Annotation | null)[] = [
  { kind: "STRING" },
  { kind: "MAP" },
  { kind: "MAP" },
  { kind: "LIST" },
  { kind: "ENUM" },
  null,
  { kind: "DATE" },
  { kind: "TIME", unit: "MILLIS", utc: true },
  { kind: "TIME", unit: "MICROS", utc: true },
  { kind: "TIMESTAMP", unit: "MILLIS", utc: true },
  { kind: "TIMESTAMP", unit: "MICROS", utc: true },
  integer(8, false),
  integer(16, false),
  integer(32, false),
  integer(64, false),
  integer(8, true),
  integer(16, true),
  integer(32, true),
  integer(64, true),
  { kind: "JSON" },
  { kind: "BSON" },
  { kind: "INTERVAL" },
];
const CONVERTED_DECIMAL = 5;

/** `fail` throws the error for a footer that is not Thrift or lacks a required field. */
export function parseFileMetadata(
  bytes: Uint8Array,
  fail: (reason: string) => never,
): FileMetadata {
  const file = new ThriftFields(new ThriftReader(bytes, fail).struct(), fail);
  return {
    schema: file.structs(2, "schema").map(schemaElement),
    rowGroups: file.structs(4, "row groups").map((group) => ({
      rows: group.count(3, "row count of a row group"),
      columns: group.structs(1, "columns").map(columnMetadata),
    })),
    createdBy: file.text(6) ?? "",
    notes: file.has(5) ? notesOf(file.structs(5, "notes")) : new Map(),
  };
}

function notesOf(pairs: readonly ThriftFields[]): Map<string, string> {
  return new Map(pairs.map((pair) => [pair.text(1) ?? "", pair.text(2) ?? ""]));
}

function columnMetadata(column: ThriftFields): ColumnMetadata {
  const encrypted = column.has(8) || column.has(9);
  const meta = column.struct(3);
  if (meta === null) return column.fail("a column chunk has no metadata");
  const statistics = meta.struct(12);
  return {
    filePath: column.text(1),
    encrypted,
    physical: PHYSICAL[meta.count(1, "type")] ?? "UNKNOWN",
    encodings: meta.numbers(2).map((e) => ENCODINGS[e] ?? "UNKNOWN"),
    path: meta.texts(3),
    codec: CODECS[meta.count(4, "codec")] ?? "UNKNOWN",
    values: meta.count(5, "value count"),
    uncompressedBytes: meta.count(6, "uncompressed size"),
    compressedBytes: meta.count(7, "compressed size"),
    dataPageOffset: meta.count(9, "data page offset"),
    dictionaryPageOffset: meta.number(11),
    statistics: statistics && {
      max: statistics.bytes(1),
      min: statistics.bytes(2),
      nulls: statistics.number(3),
      maxValue: statistics.bytes(5),
      minValue: statistics.bytes(6),
    },
  };
}

function schemaElement(element: ThriftFields): SchemaElement {
  const physical = element.number(1);
  return {
    name: element.text(4) ?? "",
    physical: physical === null ? null : (PHYSICAL[physical] ?? "UNKNOWN"),
    typeLength: element.number(2) ?? 0,
    repetition: REPETITIONS[element.number(3) ?? 0] ?? "REQUIRED",
    children: element.number(5) ?? 0,
    annotation: annotation(element),
  };
}

function annotation(element: ThriftFields): Annotation | null {
  const logical = element.struct(10);
  if (logical !== null && !logical.has(LOGICAL_UNKNOWN)) return logicalType(logical);
  const converted = element.number(6);
  if (converted === null) return null;
  if (converted === CONVERTED_DECIMAL)
    return {
      kind: "DECIMAL",
      precision: element.number(8) ?? 0,
      scale: element.number(7) ?? 0,
    };
  return CONVERTED[converted] ?? null;
}

function logicalType(logical: ThriftFields): Annotation {
  const decimal = logical.struct(5);
  if (decimal)
    return {
      kind: "DECIMAL",
      scale: decimal.number(1) ?? 0,
      precision: decimal.number(2) ?? 0,
    };
  const time = logical.struct(7);
  if (time) return { kind: "TIME", unit: timeUnit(time), utc: time.flag(1) };
  const timestamp = logical.struct(8);
  if (timestamp) return { kind: "TIMESTAMP", unit: timeUnit(timestamp), utc: timestamp.flag(1) };
  const int = logical.struct(10);
  if (int) return integer(int.number(1) ?? 0, int.flag(2));
  for (const [id, kind] of Object.entries(LOGICAL)) if (logical.has(Number(id))) return { kind };
  return { kind: "UNKNOWN" };
}

function timeUnit(time: ThriftFields): TimeUnit {
  const unit = time.struct(2);
  if (unit?.has(1)) return "MILLIS";
  return unit?.has(3) ? "NANOS" : "MICROS";
}
