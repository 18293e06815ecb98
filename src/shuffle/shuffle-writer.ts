import type { Field } from "../columnar/data-type.ts";
import type { Arena, LinearMemory } from "../columnar/linear-memory.ts";
import { type Batch, LANE_BYTES, laneOf } from "../columnar/vector.ts";
import { type ArrowKernels, arrowKernels } from "../formats/arrow-ipc/arrow-kernels.ts";
import { arrowSchemaMessage } from "../formats/arrow-ipc/arrow-schema.ts";
import { DictionaryIndexes } from "../formats/arrow-ipc/dictionary-indexes.ts";
import { type BodyCompression, END_OF_STREAM } from "../formats/arrow-ipc/message.ts";
import { RecordBatchBuilder } from "../formats/arrow-ipc/record-batch-builder.ts";
import type { ObjectStore } from "../storage/object-store.ts";
import type { KernelExports } from "../wasm/kernel-module.ts";
import type { ShuffleBlock } from "./shuffle-block.ts";

/** What exchanged rows are written with. */
export interface ShuffleWriterOptions {
  readonly memory: LinearMemory;
  readonly kernels: KernelExports;
  readonly schema: readonly Field[];
  /** How many output partitions; 1 for single and broadcast. */
  readonly partitions: number;
  readonly store: ObjectStore;
  /** The object to write, unless all of it is small. */
  readonly key: string;
  /** Default `none`. */
  readonly compression?: BodyCompression;
}

/** Up to this many bytes of all partitions together ride in the task's result. */
export const INLINE_BYTES = 65536;

const BATCH_ROWS = 16384;
const MIN_BATCH_ROWS = 256;
/** What the rows gathered for all partitions may take, strings at a guess of 16 bytes. */
const BUFFER_BYTES = 1 << 25;

interface OutputPartition {
  readonly builder: RecordBatchBuilder;
  readonly messages: Uint8Array[];
  rows: number;
}

/** Scatters batches over partitions and writes them as one object. It holds memory until `finish` or `close`. */
export class ShuffleWriter {
  private readonly options: ShuffleWriterOptions;
  private readonly memory: LinearMemory;
  private readonly kernels: ArrowKernels;
  private readonly arena: Arena;
  private readonly indexes: DictionaryIndexes;
  private readonly partitions: (OutputPartition | undefined)[];
  private readonly batchRows: number;
  private starts = 0;
  private order = 0;
  private orderRows = 0;

  constructor(options: ShuffleWriterOptions) {
    this.options = options;
    this.memory = options.memory;
    this.kernels = arrowKernels(options.kernels);
    this.arena = options.memory.arena();
    this.indexes = new DictionaryIndexes(this.arena, this.kernels);
    this.partitions = new Array(options.partitions);
    this.batchRows = batchRowsOf(options.schema, options.partitions);
  }

  /** Copies the batch's rows. `partitionOf`: the address of a `u32` partition a row; 0 sends all to partition 0. */
  append(batch: Batch, partitionOf: number): void {
    if (batch.rows === 0) return;
    if (partitionOf === 0 || this.options.partitions === 1) {
      const indexes = this.indexes.of(batch, 0, batch.rows);
      this.appendTo(0, batch, 0, batch.rows, indexes);
      return;
    }
    this.sort(partitionOf, batch.rows);
    const indexes = this.indexes.of(batch, this.order, batch.rows);
    let start = 0;
    for (let p = 0; p < this.options.partitions; p++) {
      const end = this.memory.view().getUint32(this.starts + 4 * (p + 1), true);
      if (end === start) continue;
      const from = 4 * start;
      this.appendTo(
        p,
        batch,
        this.order + from,
        end - start,
        indexes.map((at) => at + from),
      );
      start = end;
    }
  }

  /** Writes what was appended and frees the memory. One block for each partition with rows, in order. */
  async finish(): Promise<ShuffleBlock[]> {
    const schema = arrowSchemaMessage(this.options.schema);
    const streams = this.partitions.flatMap((output, partition) => {
      if (output === undefined) return [];
      flush(output);
      const pieces = [schema, ...output.messages, END_OF_STREAM];
      return [{ partition, rows: output.rows, pieces, sizeBytes: sizeOf(pieces) }];
    });
    this.close();
    const total = streams.reduce((sum, stream) => sum + stream.sizeBytes, 0);
    const inline = total <= INLINE_BYTES;
    if (!inline) {
      const pieces = streams.flatMap((stream) => stream.pieces);
      await this.options.store.put(this.options.key, pieces);
    }
    let end = 0;
    return streams.map(({ partition, rows, pieces, sizeBytes }) => {
      end += sizeBytes;
      return inline
        ? { partition, key: null, offset: 0, sizeBytes, rows, inline: base64(pieces) }
        : {
            partition,
            key: this.options.key,
            offset: end - sizeBytes,
            sizeBytes,
            rows,
            inline: null,
          };
    });
  }

  /** Frees the memory without writing. */
  close(): void {
    this.partitions.length = 0;
    this.arena.reset();
  }

  private appendTo(
    partition: number,
    batch: Batch,
    order: number,
    count: number,
    indexes: readonly number[],
  ): void {
    const output = this.partitions[partition] ?? this.open(partition);
    if (output.builder.rows > 0 && output.builder.rows + count > this.batchRows) flush(output);
    output.builder.append(batch, order, count, indexes);
    output.rows += count;
  }

  private open(partition: number): OutputPartition {
    const { schema, compression = "none" } = this.options;
    const builder = new RecordBatchBuilder(schema, this.arena, this.kernels, compression);
    const output = { builder, messages: [], rows: 0 };
    this.partitions[partition] = output;
    return output;
  }

  private sort(partitionOf: number, rows: number): void {
    const { partitions } = this.options;
    if (this.starts === 0) this.starts = this.arena.allocate(4 * (partitions + 1));
    if (rows > this.orderRows) {
      this.order = this.arena.allocate(4 * rows);
      this.orderRows = rows;
    }
    this.kernels.arrowPartitionOrder(partitionOf, rows, partitions, this.starts, this.order);
  }
}

const sizeOf = (pieces: readonly Uint8Array[]): number =>
  pieces.reduce((sum, piece) => sum + piece.length, 0);

const base64 = (pieces: readonly Uint8Array[]): string => Buffer.concat(pieces).toString("base64");

function flush(output: OutputPartition): void {
  if (output.builder.rows > 0) output.messages.push(output.builder.take());
}

function batchRowsOf(schema: readonly Field[], partitions: number): number {
  const rowBytes = schema.reduce((sum, { type }) => {
    const lane = laneOf(type);
    return sum + 1 + (lane === "ref" ? 20 : LANE_BYTES[lane]);
  }, 1);
  const rows = Math.floor(BUFFER_BYTES / (rowBytes * partitions));
  return Math.min(BATCH_ROWS, Math.max(MIN_BATCH_ROWS, rows));
}
