import { FlatTable, type FlatValue, flatBuffer, longs, number, table } from "./flat-buffer.ts";

/** A buffer in a record batch's body. */
export interface BodyBuffer {
  readonly offset: number;
  readonly sizeBytes: number;
}

/** How the buffers of a body are compressed. */
export type BodyCompression = "none" | "zstd";

/** What a record batch's metadata says. */
export interface RecordBatchFacts {
  readonly rows: number;
  /** For each column in turn. */
  readonly nulls: readonly number[];
  readonly buffers: readonly BodyBuffer[];
  readonly compression: BodyCompression;
}

/** One message of an Arrow IPC stream: its metadata, and where its body lies. */
export interface StreamMessage {
  /** Null for the schema and for what is no record batch. */
  readonly batch: RecordBatchFacts | null;
  readonly bodyStart: number;
  readonly end: number;
}

const CONTINUATION = 0xffffffff;
const METADATA_V5 = 4;
const SCHEMA = 1;
const RECORD_BATCH = 3;
const ZSTD = 1;
const MAX_ROWS = 2 ** 27;

/** Ends a stream. */
export const END_OF_STREAM: Uint8Array = new Uint8Array([255, 255, 255, 255, 0, 0, 0, 0]);

/** A whole schema message; `schema` is a Schema table of Arrow's Schema.fbs. */
export const schemaMessage = (schema: FlatValue): Uint8Array =>
  frame(message(SCHEMA, schema, 0), 0);

/** A record batch message with room for its body of `bodyBytes`, a multiple of 8, at its end. */
export function recordBatchMessage(facts: RecordBatchFacts, bodyBytes: number): Uint8Array {
  const compression = facts.compression === "zstd" ? table(number(1, ZSTD)) : null;
  const nodes = facts.nulls.flatMap((nulls) => [facts.rows, nulls]);
  const buffers = facts.buffers.flatMap((buffer) => [buffer.offset, buffer.sizeBytes]);
  const batch = table(
    number(8, facts.rows),
    longs(facts.nulls.length, nodes),
    longs(facts.buffers.length, buffers),
    compression,
  );
  return frame(message(RECORD_BATCH, batch, bodyBytes), bodyBytes);
}

const message = (type: number, header: FlatValue, bodyBytes: number): Uint8Array =>
  flatBuffer(table(number(2, METADATA_V5), number(1, type), header, number(8, bodyBytes)));

function frame(metadata: Uint8Array, bodyBytes: number): Uint8Array {
  const framed = new Uint8Array(8 + metadata.length + bodyBytes);
  const view = new DataView(framed.buffer);
  view.setUint32(0, CONTINUATION, true);
  view.setUint32(4, metadata.length, true);
  framed.set(metadata, 8);
  return framed;
}

/**
 * The size of the message at the start of some bytes, which may lack its end; null where too few are there to tell.
 * Throws a `RangeError` where they are no message.
 */
export function messageBytes(bytes: Uint8Array): number | null {
  const head = bytes.length < 8 ? null : headAt(bytes, 0);
  if (head === null) return null;
  if (head === "end") return END_OF_STREAM.length;
  if (head.end < head.bodyStart)
    throw new RangeError("An Arrow message has a body of less than nothing");
  return head.end;
}

/**
 * The message that starts at `start`, or null where the stream ends. Throws a `RangeError` where bytes are missing or
 * are no message.
 */
export function messageAt(bytes: Uint8Array, start: number): StreamMessage | null {
  if (start === bytes.length) return null;
  const head = headAt(bytes, start);
  if (head === "end") return null;
  if (head === null) throw new RangeError("An Arrow message is cut off");
  const { root, bodyStart, end } = head;
  if (end < bodyStart || end > bytes.length)
    throw new RangeError("An Arrow message's body is cut off");
  const header = root.byte(1) === RECORD_BATCH ? root.table(2) : null;
  return { batch: header === null ? null : batchFacts(header, end - bodyStart), bodyStart, end };
}

/** What stands before a message's body; `end` where the stream ends, null where the message is cut off. */
function headAt(
  bytes: Uint8Array,
  start: number,
): { readonly root: FlatTable; readonly bodyStart: number; readonly end: number } | "end" | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint32(start, true) !== CONTINUATION) throw new RangeError("Not an Arrow message");
  const metadataBytes = view.getUint32(start + 4, true);
  if (metadataBytes === 0) return "end";
  const bodyStart = start + 8 + metadataBytes;
  if (bodyStart > bytes.length) return null;
  const metadata = new DataView(bytes.buffer, bytes.byteOffset + start + 8, metadataBytes);
  const root = FlatTable.root(metadata);
  return { root, bodyStart, end: bodyStart + root.long(3) };
}

function batchFacts(header: FlatTable, bodyBytes: number): RecordBatchFacts {
  const rows = header.long(0);
  if (rows < 0 || rows > MAX_ROWS) throw new RangeError("An Arrow batch has impossibly many rows");
  const nodes = header.longs(1, 2);
  const places = header.longs(2, 2);
  const buffers: BodyBuffer[] = [];
  for (let i = 0; i < places.length; i += 2) {
    const [offset = 0, sizeBytes = 0] = [places[i], places[i + 1]];
    if (offset < 0 || sizeBytes < 0 || offset + sizeBytes > bodyBytes)
      throw new RangeError("An Arrow buffer lies outside its body");
    buffers.push({ offset, sizeBytes });
  }
  const nulls = nodes.filter((_, i) => i % 2 === 1);
  return { rows, nulls, buffers, compression: compressionOf(header) };
}

function compressionOf(header: FlatTable): BodyCompression {
  const compression = header.table(3);
  if (compression === null) return "none";
  if (compression.byte(0) !== ZSTD)
    throw new RangeError("An Arrow body is not compressed with zstd");
  return "zstd";
}
