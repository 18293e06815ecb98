import type { Field } from "../columnar/data-type.ts";
import type { Arena, LinearMemory } from "../columnar/linear-memory.ts";
import type { Batch } from "../columnar/vector.ts";
import { readArrowStream } from "../formats/arrow-ipc/read-arrow-stream.ts";
import type { ObjectStore } from "../storage/object-store.ts";
import type { KernelExports } from "../wasm/kernel-module.ts";
import { planShuffleReads, type ShuffleRead } from "./plan-shuffle-reads.ts";
import type { ShuffleBlock } from "./shuffle-block.ts";

/** What exchanged rows are read with. */
export interface ShuffleReadOptions {
  readonly store: ObjectStore;
  readonly schema: readonly Field[];
  readonly kernels: KernelExports;
  /** Where the bytes and batches lie. */
  readonly arena: Arena;
  /** Default true: batches live as long as the arena. Else each lives until the next one is asked for. */
  readonly keepsBatches?: boolean;
  /** Called with the size of each GET when it is made. */
  readonly onGet?: (sizeBytes: number) => void;
}

const READS_AHEAD = 4;

/**
 * The rows of blocks, in the order of the blocks: one GET for each of `planShuffleReads`. Unless it keeps batches it
 * resets the arena before every read.
 */
export async function* readShuffle(
  blocks: readonly ShuffleBlock[],
  options: ShuffleReadOptions,
): AsyncGenerator<Batch, void, void> {
  const { arena, schema, kernels } = options;
  const source = new ReadAhead(planShuffleReads(blocks), options.store, options.onGet);
  for (let read = source.next(); read !== null; read = source.next()) {
    if (options.keepsBatches === false) arena.reset();
    const sizeBytes = sizeOf(read.read);
    const address = arena.allocate(sizeBytes);
    await read.into(arena.owner, address);
    let at = address;
    for (const block of read.read.blocks) {
      yield* readArrowStream(
        { address: at, sizeBytes: block.sizeBytes, fields: schema },
        arena,
        kernels,
      );
      at += block.sizeBytes;
    }
  }
}

const sizeOf = (read: ShuffleRead): number =>
  read.kind === "get" ? read.range.end - read.range.start : read.blocks[0].sizeBytes;

/** Reads in turn; where the store cannot read at once, some GETs are under way ahead of their turn. */
class ReadAhead {
  private readonly reads: readonly ShuffleRead[];
  private readonly store: ObjectStore;
  private readonly onGet: ShuffleReadOptions["onGet"];
  private readonly started = new Map<number, Promise<Uint8Array>>();
  private at = 0;

  constructor(
    reads: readonly ShuffleRead[],
    store: ObjectStore,
    onGet: ShuffleReadOptions["onGet"],
  ) {
    this.reads = reads;
    this.store = store;
    this.onGet = onGet;
  }

  next(): {
    read: ShuffleRead;
    into: (memory: LinearMemory, address: number) => Promise<void>;
  } | null {
    const at = this.at++;
    const read = this.reads[at];
    if (read === undefined) return null;
    return { read, into: (memory, address) => this.bring(read, at, memory, address) };
  }

  private async bring(
    read: ShuffleRead,
    at: number,
    memory: LinearMemory,
    address: number,
  ): Promise<void> {
    if (read.kind === "inline") {
      const bytes = Buffer.from(read.blocks[0].inline ?? "", "base64");
      memory.bytes(address, bytes.length).set(bytes);
    } else if (this.store.readInto !== undefined) {
      const target = memory.bytes(address, sizeOf(read));
      this.onGet?.(target.length);
      this.store.readInto(read.key, read.range, target);
    } else {
      for (let ahead = at; ahead < at + READS_AHEAD; ahead++) this.start(ahead);
      const bytes = await this.started.get(at);
      this.started.delete(at);
      if (bytes !== undefined) memory.bytes(address, bytes.length).set(bytes);
    }
  }

  private start(at: number): void {
    const read = this.reads[at];
    if (read?.kind !== "get" || this.started.has(at)) return;
    this.onGet?.(sizeOf(read));
    const getting = this.store.get(read.key, { range: read.range });
    getting.catch(() => undefined);
    this.started.set(at, getting);
  }
}
