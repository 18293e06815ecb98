import { isNested } from "../../columnar/data-type.ts";
import type {
  ChunkFacts,
  ColumnFacts,
  FileFacts,
  RowGroupFacts,
} from "../../columnar/file-facts.ts";
import type { ObjectStore } from "../../storage/object-store.ts";
import { columnStatistics } from "./column-statistics.ts";
import { fileCalendars } from "./file-calendars.ts";
import {
  type ColumnMetadata,
  type FileMetadata,
  parseFileMetadata,
  type RowGroupMetadata,
} from "./file-metadata.ts";
import { fileSchema, type Leaf } from "./file-schema.ts";
import { type NotedColumn, notedColumns } from "./noted-columns.ts";
import { notedSchema } from "./noted-schema.ts";
import { footerError } from "./parquet-errors.ts";

/** Bytes of the end of a file that the first GET asks for; nearly every footer is shorter. */
export const FOOTER_GUESS_BYTES = 65536;
const TAIL_BYTES = 8;
const MAGIC_BYTES = 4;
const MAX_VALUES = 2 ** 31 - 1;

/** An object that should be Parquet, as the listing knows it. */
export interface ParquetObject {
  readonly key: string;
  readonly sizeBytes: number;
  readonly etag: string;
  /** Its last bytes, at least `FOOTER_GUESS_BYTES` or all, where they are there already. */
  readonly tail?: Uint8Array;
  readonly partitionValues: { readonly [column: string]: string | null };
}

/**
 * What planning must know of one Parquet file: one GET, a second one where the footer is longer than 64 KiB.
 * Throws a `DataError` where the object is not Parquet or its footer cannot be true.
 */
export async function readFooter(store: ObjectStore, object: ParquetObject): Promise<FileFacts> {
  const { footer, bytesRead } = await footerBytes(store, object);
  const fail = (reason: string): never => {
    throw footerError(object.key, reason);
  };
  const metadata = parseFileMetadata(footer, fail);
  const noted = notedSchema(metadata.notes);
  const columns = notedColumns(fileSchema(object.key, metadata.schema), noted ?? []);
  const dataEnd = object.sizeBytes - TAIL_BYTES - footer.length;
  const rowGroups = metadata.rowGroups.map((group, index) =>
    rowGroupFacts(metadata, columns, group, { index, dataEnd, fail }),
  );
  const calendars = fileCalendars(metadata.notes);
  return {
    path: object.key,
    sizeBytes: object.sizeBytes,
    etag: object.etag,
    partitionValues: object.partitionValues,
    fields: columns.map((column) => column.field),
    rows: rowGroups.reduce((sum, group) => sum + group.rows, 0),
    rowGroups,
    footerBytes: bytesRead,
    ...(calendars === null ? {} : { calendars }),
    ...(noted === null ? {} : { noted }),
  };
}

async function footerBytes(
  store: ObjectStore,
  { key, sizeBytes, etag, tail: known }: ParquetObject,
): Promise<{ footer: Uint8Array; bytesRead: number }> {
  if (sizeBytes < TAIL_BYTES + MAGIC_BYTES)
    throw footerError(key, `${sizeBytes} bytes are too few for a Parquet file`);
  const guessStart = Math.max(0, sizeBytes - FOOTER_GUESS_BYTES);
  const tail =
    known ??
    (await store.get(key, { range: { start: guessStart, end: sizeBytes }, ifMatch: etag }));
  const length = footerLength(key, sizeBytes, tail);
  const start = sizeBytes - TAIL_BYTES - length;
  if (start >= guessStart) {
    const footer = tail.subarray(start - guessStart, tail.length - TAIL_BYTES);
    return { footer, bytesRead: tail.length };
  }
  const head = await store.get(key, { range: { start, end: guessStart }, ifMatch: etag });
  const footer = new Uint8Array(length);
  footer.set(head);
  footer.set(tail.subarray(0, tail.length - TAIL_BYTES), head.length);
  return { footer, bytesRead: tail.length + head.length };
}

function footerLength(key: string, sizeBytes: number, tail: Uint8Array): number {
  const magic = String.fromCharCode(...tail.subarray(-MAGIC_BYTES));
  if (magic === "PARE") throw footerError(key, "it is encrypted, which is not supported");
  if (magic !== "PAR1")
    throw footerError(
      key,
      "it is not a Parquet file, or it is cut off: the last bytes are not PAR1",
    );
  const view = new DataView(tail.buffer, tail.byteOffset, tail.byteLength);
  const length = view.getUint32(tail.length - TAIL_BYTES, true);
  if (length > sizeBytes - TAIL_BYTES - MAGIC_BYTES)
    throw footerError(key, `its footer says ${length} bytes, the file has ${sizeBytes}`);
  return length;
}

interface Place {
  readonly index: number;
  /** Where column chunks must have ended. */
  readonly dataEnd: number;
  readonly fail: (reason: string) => never;
}

function rowGroupFacts(
  metadata: FileMetadata,
  columns: readonly NotedColumn[],
  group: RowGroupMetadata,
  place: Place,
): RowGroupFacts {
  if (!(group.rows <= MAX_VALUES))
    place.fail(`row group ${place.index} says it has ${group.rows} rows`);
  const leaves = columns.reduce((sum, column) => sum + column.leaves.length, 0);
  if (group.columns.length !== leaves)
    place.fail(
      `row group ${place.index} has ${group.columns.length} column chunks, the schema ${leaves}`,
    );
  let next = 0;
  const facts = columns.map((column): [string, ColumnFacts] => {
    const chunks = group.columns.slice(next, next + column.leaves.length);
    next += chunks.length;
    return [column.field.name, columnFacts(metadata, column, chunks, group.rows, place)];
  });
  return { index: place.index, rows: group.rows, columns: Object.fromEntries(facts) };
}

function columnFacts(
  { createdBy }: FileMetadata,
  { field, leaves, charLengths }: NotedColumn,
  columns: readonly ColumnMetadata[],
  rows: number,
  place: Place,
): ColumnFacts {
  const chunks = leaves.map((leaf, i) => {
    const column = columns[i];
    const chunk = column
      ? chunkFacts(leaf, column, rows, place)
      : place.fail("a column chunk is missing");
    const charLength = charLengths[i] ?? null;
    return charLength === null ? chunk : { ...chunk, charLength };
  });
  const [leaf] = leaves;
  const [column] = columns;
  if (leaf === undefined || column === undefined || isNested(field.type))
    return { chunks, min: null, max: null, nulls: null };
  if (chunks[0]?.charLength !== undefined)
    return { chunks, min: null, max: null, nulls: column.statistics?.nulls ?? null };
  return {
    chunks,
    ...columnStatistics(field.type, leaf.element, column.statistics, column.values, createdBy),
  };
}

function chunkFacts(leaf: Leaf, column: ColumnMetadata, rows: number, place: Place): ChunkFacts {
  const { element } = leaf;
  const name = leaf.path.join(".");
  const fail = (reason: string): never =>
    place.fail(`column \`${name}\` of row group ${place.index} ${reason}`);
  checkIdentity(leaf, column, fail);
  const { dataPageOffset: data, dictionaryPageOffset: dictionary } = column;
  const offset = dictionary !== null && dictionary > 0 && dictionary < data ? dictionary : data;
  const end = offset + column.compressedBytes;
  const isEmpty = column.values === 0;
  if (!isEmpty && !(offset >= MAGIC_BYTES && end <= place.dataEnd))
    fail(`lies at bytes ${offset} to ${end}, the data of the file ends at ${place.dataEnd}`);
  if (!(column.values <= MAX_VALUES)) fail(`says it has ${column.values} values`);
  if (leaf.maxRepetitionLevel === 0 && column.values !== rows)
    fail(`has ${column.values} values for ${rows} rows`);
  if (!(column.uncompressedBytes <= Number.MAX_SAFE_INTEGER)) fail("has no sensible size");
  return {
    offset,
    sizeBytes: isEmpty ? 0 : column.compressedBytes,
    uncompressedBytes: column.uncompressedBytes,
    values: column.values,
    physical: column.physical,
    typeLength: column.physical === "FIXED_LEN_BYTE_ARRAY" ? element.typeLength : 0,
    codec: column.codec,
    encodings: column.encodings,
    maxDefinitionLevel: leaf.maxDefinitionLevel,
    maxRepetitionLevel: leaf.maxRepetitionLevel,
    ...(element.annotation?.kind === "TIMESTAMP" ? { timeUnit: element.annotation.unit } : {}),
  };
}

function checkIdentity(leaf: Leaf, column: ColumnMetadata, fail: (reason: string) => never): void {
  const { element } = leaf;
  if (column.encrypted) fail("is encrypted, which is not supported");
  if (column.filePath !== null) fail(`lies in another file, ${column.filePath}`);
  if (column.physical !== element.physical)
    fail(`is ${column.physical}, but ${element.physical} in the schema`);
  if (column.path.join(".") !== leaf.path.join(".")) fail(`is named ${column.path.join(".")}`);
  if (column.physical === "FIXED_LEN_BYTE_ARRAY" && !(element.typeLength > 0))
    fail(`has values of ${element.typeLength} bytes`);
  if (column.codec === "UNKNOWN") fail("has an unknown codec");
}
