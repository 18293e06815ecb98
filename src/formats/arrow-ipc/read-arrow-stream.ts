import { zstdDecompressSync } from "node:zlib";
import type { Field } from "../../columnar/data-type.ts";
import type { Arena } from "../../columnar/linear-memory.ts";
import { type Batch, laneOf, type Vector } from "../../columnar/vector.ts";
import { DataError } from "../../common/errors.ts";
import type { KernelExports } from "../../wasm/kernel-module.ts";
import { type ArrowKernels, arrowKernels } from "./arrow-kernels.ts";
import { type ArrowStorage, arrowStorageOf, BUFFERS } from "./arrow-storage.ts";
import { messageAt, type RecordBatchFacts } from "./message.ts";

/** A stream whose bytes lie in the linear memory. */
export interface MemoryStream {
  readonly address: number;
  readonly sizeBytes: number;
  readonly fields: readonly Field[];
}

/**
 * The batches of one of the engine's own streams. Numbers are used where they lie; what must be unpacked goes to the
 * arena, which is that of the stream's bytes or one that lives no longer. Throws `CORRUPT_EXCHANGE`.
 */
export function* readArrowStream(
  stream: MemoryStream,
  arena: Arena,
  kernels: KernelExports,
): Generator<Batch, void, void> {
  const reader = new BodyReader(arena, arrowKernels(kernels));
  for (let at = 0; ; ) {
    const bytes = arena.owner.bytes(stream.address, stream.sizeBytes);
    const message = checked(() => messageAt(bytes, at));
    if (message === null) return;
    if (message.batch !== null)
      yield reader.batch(message.batch, stream.address + message.bodyStart, stream.fields);
    at = message.end;
  }
}

/** What `read` gives; its `RangeError` as the data error that it means. */
export function checked<T>(read: () => T): T {
  try {
    return read();
  } catch (thrown) {
    if (!(thrown instanceof RangeError)) throw thrown;
    throw corrupt(thrown.message, thrown);
  }
}

/** The error of exchanged bytes that are no rows. */
export const corrupt = (reason: string, cause?: unknown): DataError =>
  new DataError({
    condition: "CORRUPT_EXCHANGE",
    message: `Rows between two stages cannot be read: ${reason}`,
    sqlState: "XX001",
    cause,
  });

interface Place {
  readonly address: number;
  readonly sizeBytes: number;
}

class BodyReader {
  private readonly arena: Arena;
  private readonly kernels: ArrowKernels;
  private facts: RecordBatchFacts = { rows: 0, nulls: [], buffers: [], compression: "none" };
  private body = 0;
  private next = 0;

  constructor(arena: Arena, kernels: ArrowKernels) {
    this.arena = arena;
    this.kernels = kernels;
  }

  batch(facts: RecordBatchFacts, body: number, fields: readonly Field[]): Batch {
    this.facts = facts;
    this.body = body;
    this.next = 0;
    const storages = fields.map(({ type }) => arrowStorageOf(type));
    const buffers = storages.reduce((sum, { kind }) => sum + BUFFERS[kind], 0);
    if (buffers !== facts.buffers.length || fields.length !== facts.nulls.length)
      throw corrupt(`they have ${facts.nulls.length} columns, not ${fields.length}`);
    const vectors = fields.map((field, i) =>
      this.vector(field, storages[i] ?? { kind: "none" }, i),
    );
    return { rows: facts.rows, vectors };
  }

  private vector({ type }: Field, storage: ArrowStorage, column: number): Vector {
    const flat = { type, lane: laneOf(type), codes: 0, codeBytes: 0, dictionarySize: 0 } as const;
    if (storage.kind === "none") {
      const zeros = this.zeros();
      return { ...flat, values: zeros, validity: zeros };
    }
    const validity = this.validity(this.facts.nulls[column] ?? 0);
    if (storage.kind === "bits") return { ...flat, values: this.bits(), validity };
    if (storage.kind === "strings") return { ...flat, values: this.references(), validity };
    return { ...flat, values: this.place(this.facts.rows * 2 ** storage.shift).address, validity };
  }

  private zeros(): number {
    const address = this.arena.allocate(this.facts.rows);
    this.arena.owner.bytes(address, this.facts.rows).fill(0);
    return address;
  }

  private validity(nulls: number): number {
    if (nulls > 0) return this.bits();
    this.next++;
    return 0;
  }

  private bits(): number {
    const { rows } = this.facts;
    const packed = this.place(Math.ceil(rows / 8)).address;
    const bytes = this.arena.allocate(rows);
    this.kernels.arrowUnpackBits(packed, rows, bytes);
    return bytes;
  }

  private references(): number {
    const { rows } = this.facts;
    const offsets = this.place(4 * (rows + 1)).address;
    const text = this.place(0);
    const refs = this.arena.allocate(8 * rows);
    if (this.kernels.arrowRefs(offsets, rows, text.address, text.sizeBytes, refs) !== 0)
      throw corrupt("an offset lies outside its text");
    return refs;
  }

  private place(atLeastBytes: number): Place {
    const buffer = this.facts.buffers[this.next++];
    if (buffer === undefined) throw corrupt("a buffer is missing");
    const { sizeBytes, offset } = buffer;
    const stored = { address: this.body + offset, sizeBytes };
    const compressed = this.facts.compression === "zstd" && sizeBytes > 0;
    const place = compressed ? this.decompressed(stored) : stored;
    if (place.sizeBytes < atLeastBytes) throw corrupt("a buffer is too short");
    return place;
  }

  private decompressed({ address, sizeBytes }: Place): Place {
    const memory = this.arena.owner;
    if (sizeBytes < 8) throw corrupt("a buffer is too short");
    const rawBytes = memory.view().getUint32(address, true);
    const raw = memory.view().getInt32(address + 4, true);
    if (raw === -1) return { address: address + 8, sizeBytes: sizeBytes - 8 };
    let bytes: Uint8Array;
    try {
      bytes = zstdDecompressSync(memory.bytes(address + 8, sizeBytes - 8), {
        maxOutputLength: Math.max(rawBytes, 1),
      });
    } catch (cause) {
      throw corrupt("a buffer is not zstd", cause);
    }
    if (bytes.length !== rawBytes) throw corrupt("a buffer has another size than it says");
    const target = this.arena.allocate(rawBytes);
    memory.bytes(target, rawBytes).set(bytes);
    return { address: target, sizeBytes: rawBytes };
  }
}
