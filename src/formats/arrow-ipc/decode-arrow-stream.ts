import { zstdDecompressSync } from "node:zlib";
import type { DataType, Field } from "../../columnar/data-type.ts";
import { decodeNested } from "../../columnar/nested-value.ts";
import { decodeText } from "../../columnar/text-bytes.ts";
import { present } from "../../common/assert.ts";
import { arrowStorageOf } from "./arrow-storage.ts";
import { messageAt, type RecordBatchFacts } from "./message.ts";
import { checked, corrupt } from "./read-arrow-stream.ts";

/** Rows as JavaScript values by column; see `RowFunction` for what each type looks like. Null is null. */
export interface DecodedBatch {
  readonly rows: number;
  readonly columns: readonly (readonly unknown[])[];
}

/** The batches of one of the engine's own streams as JavaScript values. Throws `CORRUPT_EXCHANGE`. */
export function* decodeArrowStream(
  bytes: Uint8Array,
  fields: readonly Field[],
): Generator<DecodedBatch, void, void> {
  for (let at = 0; ; ) {
    const message = checked(() => messageAt(bytes, at));
    if (message === null) return;
    if (message.batch !== null) {
      const body = new BodyBuffers(message.batch, bytes.subarray(message.bodyStart, message.end));
      const columns = fields.map(({ type }, i) => column(type, body, i));
      yield { rows: message.batch.rows, columns };
    }
    at = message.end;
  }
}

class BodyBuffers {
  readonly facts: RecordBatchFacts;
  private readonly body: Uint8Array;
  private used = 0;

  constructor(facts: RecordBatchFacts, body: Uint8Array) {
    this.facts = facts;
    this.body = body;
  }

  next(atLeastBytes = 0): DataView {
    const { offset, sizeBytes } = present(this.facts.buffers[this.used++], "A buffer of a batch");
    const stored = this.body.subarray(offset, offset + sizeBytes);
    const bytes =
      this.facts.compression === "none" || sizeBytes === 0 ? stored : decompressed(stored);
    if (bytes.length < atLeastBytes) throw corrupt("a buffer is too short");
    return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }
}

function decompressed(stored: Uint8Array): Uint8Array {
  const raw = new DataView(stored.buffer, stored.byteOffset, 8).getInt32(4, true) === -1;
  try {
    return raw ? stored.subarray(8) : zstdDecompressSync(stored.subarray(8));
  } catch (cause) {
    throw corrupt("a buffer is not zstd", cause);
  }
}

function column(type: DataType, body: BodyBuffers, at: number): unknown[] {
  const { rows, nulls } = body.facts;
  if (arrowStorageOf(type).kind === "none") return new Array<unknown>(rows).fill(null);
  const validity = body.next(nulls[at] === 0 ? 0 : Math.ceil(rows / 8));
  const valueAt = columnReader(type, body, rows);
  const values = new Array<unknown>(rows);
  if (nulls[at] === 0) for (let row = 0; row < rows; row++) values[row] = valueAt(row);
  else
    for (let row = 0; row < rows; row++) values[row] = bitAt(validity, row) ? valueAt(row) : null;
  return values;
}

const bitAt = (bits: DataView, at: number): boolean =>
  ((bits.getUint8(at >> 3) >> (at & 7)) & 1) === 1;

function columnReader(type: DataType, body: BodyBuffers, rows: number): (row: number) => unknown {
  const storage = arrowStorageOf(type);
  if (storage.kind === "strings") return textReader(type, body, rows);
  if (storage.kind === "bits") {
    const bits = body.next(Math.ceil(rows / 8));
    return (row) => bitAt(bits, row);
  }
  const shift = storage.kind === "fixed" ? storage.shift : 0;
  const values = body.next(rows << shift);
  if (type.kind === "float") return (row) => values.getFloat32(row * 4, true);
  if (type.kind === "double") return (row) => values.getFloat64(row * 8, true);
  if (shift === 0) return (row) => values.getInt8(row);
  if (shift === 1) return (row) => values.getInt16(row * 2, true);
  if (shift === 2) return (row) => values.getInt32(row * 4, true);
  if (shift === 3) return (row) => values.getBigInt64(row * 8, true);
  return (row) =>
    (values.getBigInt64(row * 16 + 8, true) << 64n) | values.getBigUint64(row * 16, true);
}

function textReader(type: DataType, body: BodyBuffers, rows: number): (row: number) => unknown {
  const offsets = body.next(4 * (rows + 1));
  const view = body.next(offsets.getUint32(4 * rows, true));
  const bytes = new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
  const of = (row: number) =>
    bytes.subarray(offsets.getUint32(4 * row, true), offsets.getUint32(4 * row + 4, true));
  if (type.kind === "binary") return (row) => of(row).slice();
  if (type.kind !== "string") return (row) => decodeNested(type, of(row));
  const whole = decodeText(bytes);
  if (whole.length !== bytes.length) return (row) => decodeText(of(row));
  return (row) =>
    whole.slice(offsets.getUint32(4 * row, true), offsets.getUint32(4 * row + 4, true));
}
