import { zstdCompressSync } from "node:zlib";
import type { Field } from "../../columnar/data-type.ts";
import type { Arena, LinearMemory } from "../../columnar/linear-memory.ts";
import type { Batch } from "../../columnar/vector.ts";
import { present } from "../../common/assert.ts";
import type { ArrowKernels } from "./arrow-kernels.ts";
import { ColumnBuilder, type MemoryRange } from "./column-builder.ts";
import { type BodyBuffer, type BodyCompression, recordBatchMessage } from "./message.ts";

/** Gathers rows of batches until `take` makes them a record batch message. The arena holds what is gathered. */
export class RecordBatchBuilder {
  private readonly arena: Arena;
  private readonly memory: LinearMemory;
  private readonly kernels: ArrowKernels;
  private readonly columns: readonly ColumnBuilder[];
  private readonly compression: BodyCompression;
  private readonly bitmaps: MemoryRange[] = [];
  private bitmapsUsed = 0;
  private count = 0;

  constructor(
    fields: readonly Field[],
    arena: Arena,
    kernels: ArrowKernels,
    compression: BodyCompression,
  ) {
    this.arena = arena;
    this.memory = arena.owner;
    this.kernels = kernels;
    this.compression = compression;
    this.columns = fields.map(({ type }) => new ColumnBuilder(type, arena, kernels));
  }

  get rows(): number {
    return this.count;
  }

  /**
   * Adds the rows whose numbers are at `order` (address 0: the first `count`). `indexes` holds, for each column with
   * codes, the rows' places in the dictionary.
   */
  append(batch: Batch, order: number, count: number, indexes: readonly number[]): void {
    for (const [i, column] of this.columns.entries()) {
      const vector = present(batch.vectors[i], "A column of a batch");
      column.append(vector, order, vector.codes === 0 ? order : (indexes[i] ?? 0), count);
    }
    this.count += count;
  }

  /** The message of all rows gathered so far, and starts anew. */
  take(): Uint8Array {
    const body = new BodyLayout();
    const nulls = this.columns.map((column) => this.layOut(column, body));
    const facts = { rows: this.count, nulls, compression: this.compression };
    const message =
      this.compression === "zstd" ? this.compressed(facts, body) : this.plain(facts, body);
    for (const column of this.columns) column.clear();
    this.count = 0;
    this.bitmapsUsed = 0;
    return message;
  }

  private layOut(column: ColumnBuilder, body: BodyLayout): number {
    const { kind } = column.storage;
    if (kind === "none") return this.count;
    const validity = column.validityBytes();
    const nulls =
      validity === null ? 0 : this.kernels.arrowCountNulls(validity.address, this.count);
    body.add(validity === null || nulls === 0 ? NOTHING : this.packed(validity));
    const values = column.fixedBytes();
    body.add(kind === "bits" ? this.packed(values) : values);
    if (kind === "strings") body.add(column.textBytes());
    return nulls;
  }

  private packed(bytes: MemoryRange): MemoryRange {
    const bits = this.bitmap((bytes.sizeBytes >> 3) + 8);
    this.kernels.arrowPackBits(bytes.address, bytes.sizeBytes, bits);
    return { address: bits, sizeBytes: Math.ceil(bytes.sizeBytes / 8) };
  }

  /** Memory for the next bitmap of this batch; every batch uses the same. */
  private bitmap(sizeBytes: number): number {
    const at = this.bitmapsUsed++;
    const known = this.bitmaps[at];
    if (known !== undefined && known.sizeBytes >= sizeBytes) return known.address;
    const capacity = sizeBytes * 2;
    const address = this.arena.allocate(capacity);
    this.bitmaps[at] = { address, sizeBytes: capacity };
    return address;
  }

  private plain(facts: BatchFacts, body: BodyLayout): Uint8Array {
    const message = recordBatchMessage({ ...facts, buffers: body.buffers }, body.sizeBytes);
    const bodyStart = message.length - body.sizeBytes;
    for (const [i, { address, sizeBytes }] of body.ranges.entries())
      message.set(
        this.memory.bytes(address, sizeBytes),
        bodyStart + (body.buffers[i]?.offset ?? 0),
      );
    return message;
  }

  /** Each buffer: its size as a 64-bit number, then a zstd frame. Empty ones stay empty. */
  private compressed(facts: BatchFacts, body: BodyLayout): Uint8Array {
    const frames = body.ranges.map(({ address, sizeBytes }) =>
      sizeBytes === 0 ? new Uint8Array(0) : zstdCompressSync(this.memory.bytes(address, sizeBytes)),
    );
    const packed = new BodyLayout();
    for (const { length } of frames)
      packed.add({ address: 0, sizeBytes: length === 0 ? 0 : length + 8 });
    const message = recordBatchMessage({ ...facts, buffers: packed.buffers }, packed.sizeBytes);
    const view = new DataView(message.buffer, message.length - packed.sizeBytes);
    const bytes = message.subarray(message.length - packed.sizeBytes);
    for (const [i, frame] of frames.entries()) {
      if (frame.length === 0) continue;
      const at = packed.buffers[i]?.offset ?? 0;
      view.setUint32(at, body.ranges[i]?.sizeBytes ?? 0, true);
      bytes.set(frame, at + 8);
    }
    return message;
  }
}

interface BatchFacts {
  readonly rows: number;
  readonly nulls: readonly number[];
  readonly compression: BodyCompression;
}

const NOTHING: MemoryRange = { address: 0, sizeBytes: 0 };

/** Buffers one after the other, each 8-aligned. */
class BodyLayout {
  readonly ranges: MemoryRange[] = [];
  readonly buffers: BodyBuffer[] = [];
  sizeBytes = 0;

  add(range: MemoryRange): void {
    this.ranges.push(range);
    this.buffers.push({ offset: this.sizeBytes, sizeBytes: range.sizeBytes });
    this.sizeBytes += Math.ceil(range.sizeBytes / 8) * 8;
  }
}
