import { type DataType, simpleString } from "../../columnar/data-type.ts";
import type {
  ChunkFacts,
  ColumnFacts,
  FileFacts,
  RowGroupFacts,
} from "../../columnar/file-facts.ts";
import type { Arena, LinearMemory } from "../../columnar/linear-memory.ts";
import { partitionLiteral } from "../../columnar/partition-value.ts";
import type { Batch, Vector } from "../../columnar/vector.ts";
import { present } from "../../common/assert.ts";
import { TindraError } from "../../common/errors.ts";
import type { ObjectStore } from "../../storage/object-store.ts";
import type { KernelExports } from "../../wasm/kernel-module.ts";
import { ChunkDecoder, type CodeBytes } from "./chunk-decoder.ts";
import { constantVector } from "./constant-vector.ts";
import { conversionOf } from "./conversion.ts";
import { FetchedRowGroup } from "./fetched-row-group.ts";
import { chunkError, typeMismatch } from "./parquet-errors.ts";
import { isPartition, planRuns } from "./plan-ranges.ts";

export type { FetchedRowGroup } from "./fetched-row-group.ts";

/** A column that a scan wants, by its name in the files, as this type. */
export interface ColumnRequest {
  readonly name: string;
  readonly type: DataType;
  /** Codes of at least so many bytes, so that compiled code finds one width in all row groups. */
  readonly leastCodeBytes?: CodeBytes;
}

export interface RowGroupReaderOptions {
  /** Of timestamps in folder names. */
  readonly timeZone?: string;
}

/** What reading cost so far. */
export interface ReadMetrics {
  readonly gets: number;
  readonly bytesRead: number;
  readonly decodedChunks: number;
  /** Columns of row groups that parquet-wasm decoded, and why, by column. */
  readonly fallbackChunks: number;
  readonly fallbackReasons: { readonly [column: string]: string };
}

/** Reads row groups of Parquet files into batches of the requested columns, in their order. */
export class RowGroupReader {
  private readonly memory: LinearMemory;
  private readonly store: ObjectStore;
  private readonly requests: readonly ColumnRequest[];
  private readonly timeZone: string;
  private readonly decoder: ChunkDecoder;
  private readonly codeBytes = new Map<string, CodeBytes>();
  private readonly fallbackReasons = new Map<string, string>();
  private gets = 0;
  private bytesRead = 0;
  private decodedChunks = 0;
  private fallbackChunks = 0;

  constructor(
    memory: LinearMemory,
    kernels: KernelExports,
    store: ObjectStore,
    requests: readonly ColumnRequest[],
    options: RowGroupReaderOptions = {},
  ) {
    this.memory = memory;
    this.store = store;
    this.requests = requests;
    this.timeZone = options.timeZone ?? "UTC";
    this.decoder = new ChunkDecoder(memory, kernels);
    for (const { name, leastCodeBytes } of requests) this.codeBytes.set(name, leastCodeBytes ?? 1);
  }

  get metrics(): ReadMetrics {
    return {
      gets: this.gets,
      bytesRead: this.bytesRead,
      decodedChunks: this.decodedChunks,
      fallbackChunks: this.fallbackChunks,
      fallbackReasons: Object.fromEntries(this.fallbackReasons),
    };
  }

  /** Reads the planned ranges into the linear memory. May run ahead of decoding; what is not decoded is to be released. */
  async fetch(file: FileFacts, rowGroup: RowGroupFacts): Promise<FetchedRowGroup> {
    const names = this.requests.map((request) => request.name);
    const runs = planRuns(file, rowGroup, names);
    const arena = this.memory.arena();
    try {
      const placed = runs.map(({ range }) => ({
        range,
        address: arena.allocate(range.end - range.start),
      }));
      const reads = runs.flatMap(({ range, pieces }, i) =>
        pieces.map(async (piece) => {
          const address = present(placed[i], "The place of a range").address;
          await this.read(file, piece.start, piece.end, address + (piece.start - range.start));
        }),
      );
      const failed = (await Promise.allSettled(reads)).find((read) => read.status === "rejected");
      if (failed) throw failed.reason;
      return new FetchedRowGroup(file, rowGroup, arena, placed);
    } catch (thrown) {
      arena.reset();
      throw thrown;
    }
  }

  /** The batch lives in `arena`, which takes over the fetched bytes too. A promise only where a column needs parquet-wasm. */
  decode(fetched: FetchedRowGroup, arena: Arena): Batch | Promise<Batch> {
    arena.adopt(fetched.arena);
    const vectors = this.requests.map((request) => this.column(fetched, request, arena));
    return { rows: fetched.rowGroup.rows, vectors };
  }

  private async read(file: FileFacts, start: number, end: number, address: number): Promise<void> {
    this.gets++;
    this.bytesRead += end - start;
    const range = { start, end };
    if (this.store.readInto) {
      const target = this.memory.bytes(address, end - start);
      this.store.readInto(file.path, range, target, file.etag);
      return;
    }
    const bytes = await this.store.get(file.path, { range, ifMatch: file.etag });
    this.memory.bytes(address, end - start).set(bytes);
  }

  private column(fetched: FetchedRowGroup, request: ColumnRequest, arena: Arena): Vector {
    const { file, rowGroup } = fetched;
    const { name, type } = request;
    if (isPartition(file, name)) {
      const text = file.partitionValues[name] ?? null;
      const value = partitionLiteral(text, type, this.timeZone);
      return constantVector(arena, type, value, rowGroup.rows);
    }
    const field = file.fields.find((f) => f.name === name);
    const facts = rowGroup.columns[name];
    if (field === undefined || facts === undefined)
      return constantVector(arena, type, null, rowGroup.rows);
    return this.decodeChunk(fetched, request, facts, field.type, arena);
  }

  private decodeChunk(
    fetched: FetchedRowGroup,
    { name, type }: ColumnRequest,
    facts: ColumnFacts,
    fileType: DataType,
    arena: Arena,
  ): Vector {
    const { file, rowGroup } = fetched;
    const chunk = present(facts.chunks[0], "The chunk of a flat column");
    const conversion = conversionOf(chunk, fileType, type);
    if (conversion === null)
      throw typeMismatch(file.path, name, type, parquetName(chunk, fileType));
    const fail = (reason: string): never => {
      throw chunkError(file.path, rowGroup.index, name, reason);
    };
    const task = {
      chunk,
      address: present(fetched.addressOf(chunk.offset, chunk.sizeBytes), "A chunk that was read"),
      rows: rowGroup.rows,
      type,
      conversion,
      leastCodeBytes: this.codeBytes.get(name) ?? 1,
      fail,
    };
    const vector = decodeTyped(() => this.decoder.decode(task, arena), fail);
    if (vector.codeBytes !== 0) this.codeBytes.set(name, vector.codeBytes);
    this.decodedChunks++;
    return vector;
  }
}

function parquetName(chunk: ChunkFacts, fileType: DataType): string {
  return `${chunk.physical} (${simpleString(fileType)})`;
}

/** Whatever a broken chunk makes the decoder do, a trap included, ends in a typed error. */
function decodeTyped(decode: () => Vector, fail: (reason: string) => never): Vector {
  try {
    return decode();
  } catch (thrown) {
    if (thrown instanceof TindraError) throw thrown;
    return fail(
      `its pages cannot be decoded: ${thrown instanceof Error ? thrown.message : thrown}`,
    );
  }
}
