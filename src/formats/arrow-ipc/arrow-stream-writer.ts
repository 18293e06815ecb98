import type { Field } from "../../columnar/data-type.ts";
import type { Arena, LinearMemory } from "../../columnar/linear-memory.ts";
import type { Batch } from "../../columnar/vector.ts";
import type { KernelExports } from "../../wasm/kernel-module.ts";
import { type ArrowKernels, arrowKernels } from "./arrow-kernels.ts";
import { arrowSchemaMessage } from "./arrow-schema.ts";
import { DictionaryIndexes } from "./dictionary-indexes.ts";
import { joined } from "./joined.ts";
import { type BodyCompression, END_OF_STREAM } from "./message.ts";
import { RecordBatchBuilder } from "./record-batch-builder.ts";

/** What a stream of batches is written with. */
export interface ArrowStreamWriterOptions {
  readonly memory: LinearMemory;
  readonly kernels: KernelExports;
  readonly schema: readonly Field[];
  /** Of the bodies; default `none`. */
  readonly compression?: BodyCompression;
  /** Rows of a record batch; default 16,384. */
  readonly batchRows?: number;
}

/** Makes one Arrow IPC stream of batches. It holds memory until `finish` or `close`. */
export class ArrowStreamWriter {
  private readonly arena: Arena;
  private readonly kernels: ArrowKernels;
  private readonly builder: RecordBatchBuilder;
  private readonly indexes: DictionaryIndexes;
  private readonly batchRows: number;
  private readonly pieces: Uint8Array[];
  private total = 0;

  constructor(options: ArrowStreamWriterOptions) {
    this.arena = options.memory.arena();
    this.kernels = arrowKernels(options.kernels);
    const compression = options.compression ?? "none";
    this.builder = new RecordBatchBuilder(options.schema, this.arena, this.kernels, compression);
    this.indexes = new DictionaryIndexes(this.arena, this.kernels);
    this.batchRows = options.batchRows ?? 16384;
    this.pieces = [arrowSchemaMessage(options.schema)];
  }

  get rows(): number {
    return this.total;
  }

  /** Copies the batch's rows. */
  append(batch: Batch): void {
    if (batch.rows === 0) return;
    if (this.builder.rows + batch.rows > this.batchRows) this.flush();
    const indexes = this.indexes.of(batch, 0, batch.rows);
    this.builder.append(batch, 0, batch.rows, indexes);
    this.total += batch.rows;
  }

  /** The whole stream; frees the memory. */
  finish(): Uint8Array {
    this.flush();
    this.close();
    return joined([...this.pieces, END_OF_STREAM]);
  }

  close(): void {
    this.arena.reset();
  }

  private flush(): void {
    if (this.builder.rows > 0) this.pieces.push(this.builder.take());
  }
}
