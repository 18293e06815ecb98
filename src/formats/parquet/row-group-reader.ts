import { type DataType, type Field, isNested, simpleString } from "../../columnar/data-type.ts";
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
import type { decodeByFallback } from "./fallback-decoder.ts";
import { FetchedRowGroup } from "./fetched-row-group.ts";
import { OversizedChunk } from "./oversized-chunk.ts";
import {
  chunkError,
  columnTooLarge,
  duplicateFields,
  shapeMismatch,
  typeMismatch,
} from "./parquet-errors.ts";
import { isPartition, planRuns } from "./plan-ranges.ts";
import { rawBytes } from "./raw-bytes.ts";
import { type ReadAs, readAs } from "./read-as.ts";
import { fallbackReason } from "./takes-chunk.ts";

export type { FetchedRowGroup } from "./fetched-row-group.ts";

/** A column that a scan wants, by its name in the files, as this type. */
export interface ColumnRequest {
  readonly name: string;
  readonly type: DataType;
  /** Codes of at least so many bytes, so that compiled code finds one width in all row groups. */
  readonly leastCodeBytes?: CodeBytes;
}

/** How a row group's values are read. */
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

/** Raw bytes of a column that parquet-wasm is given: its offsets have 32 bits, with a sign. */
const MAX_FALLBACK_BYTES = 2 ** 31 - 1;

/** Reads row groups of Parquet files into batches of the requested columns, in their order. */
export class RowGroupReader {
  private readonly memory: LinearMemory;
  private readonly store: ObjectStore;
  private readonly requests: readonly ColumnRequest[];
  private readonly timeZone: string;
  private readonly decoder: ChunkDecoder;
  private readonly codeBytes = new Map<string, CodeBytes>();
  private readonly fallbackReasons = new Map<string, string>();
  private fallback: typeof decodeByFallback | null = null;
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
    for (const request of this.requests) requireDecodable(file, rowGroup, request);
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
    if (this.fallback === null && this.requests.some((request) => needsFallback(fetched, request)))
      return this.loadFallback().then(() => this.batch(fetched, arena));
    return this.batch(fetched, arena);
  }

  private async loadFallback(): Promise<void> {
    const { decodeByFallback } = await import("./fallback-decoder.ts");
    this.fallback = decodeByFallback;
  }

  private batch(fetched: FetchedRowGroup, arena: Arena): Batch {
    const vectors = this.requests.map((request) => this.column(fetched, request, arena));
    return { rows: fetched.rowGroup.rows, vectors, path: fetched.file.path };
  }

  private async read(file: FileFacts, start: number, end: number, address: number): Promise<void> {
    this.gets++;
    this.bytesRead += end - start;
    const range = { start, end };
    const store = this.store.storeOf?.(file.path) ?? this.store;
    if (store.readInto) {
      const target = this.memory.bytes(address, end - start);
      store.readInto(file.path, range, target, file.etag);
      return;
    }
    const bytes = await store.get(file.path, { range, ifMatch: file.etag });
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
    if (file.ambiguousColumns?.includes(name)) throw duplicateFields(file.path, name, [name]);
    const column = columnOf(file, rowGroup, name);
    if (column === null) return constantVector(arena, type, null, rowGroup.rows);
    const fail = (reason: string): never => {
      throw chunkError(file.path, rowGroup.index, name, reason);
    };
    const convert = readAs(column.field.type, type, column.facts.chunks, {
      mismatch: (from, to, chunk) => {
        if (isNested(from) || isNested(to)) throw shapeMismatch(file.path, name, from, to);
        throw typeMismatch(file.path, name, to, physicalName(chunk) ?? simpleString(from));
      },
      ambiguous: (names) => {
        throw duplicateFields(file.path, name, names);
      },
    });
    const reason = fallbackReason(column.facts, column.field.type);
    const tooLarge = (sizeBytes: number): never => {
      throw columnTooLarge(file.path, rowGroup.index, name, sizeBytes);
    };
    const decode =
      reason === null
        ? () => this.ownDecode(fetched, request, column, arena, fail)
        : () => this.foreignDecode(fetched, request, column, { reason, convert, arena, fail });
    return typed(decode, fail, tooLarge);
  }

  private ownDecode(
    fetched: FetchedRowGroup,
    { name, type }: ColumnRequest,
    { field, facts }: FoundColumn,
    arena: Arena,
    fail: (reason: string) => never,
  ): Vector {
    const chunk = present(facts.chunks[0], "The chunk of a flat column");
    const task = {
      chunk,
      address: addressOf(fetched, chunk),
      rows: fetched.rowGroup.rows,
      type,
      conversion: present(conversionOf(chunk, field.type, type), "A conversion"),
      leastCodeBytes: this.codeBytes.get(name) ?? 1,
      fail,
    };
    const vector = this.decoder.decode(task, arena);
    if (vector.codeBytes !== 0) this.codeBytes.set(name, vector.codeBytes);
    this.decodedChunks++;
    return vector;
  }

  private foreignDecode(
    fetched: FetchedRowGroup,
    { name, type }: ColumnRequest,
    { field, facts }: FoundColumn,
    { reason, convert, arena, fail }: ForeignTask,
  ): Vector {
    const decode = present(this.fallback, "The fallback decoder");
    this.fallbackChunks++;
    this.fallbackReasons.set(name, reason);
    const bytesOf = (chunk: ChunkFacts) =>
      this.memory.bytes(addressOf(fetched, chunk), chunk.sizeBytes);
    const { rows } = fetched.rowGroup;
    return decode({ field, type, convert, chunks: facts.chunks, rows, bytesOf, fail }, arena);
  }
}

interface ForeignTask {
  readonly reason: string;
  readonly convert: ReadAs | null;
  readonly arena: Arena;
  readonly fail: (reason: string) => never;
}

/** As Spark's messages name it. */
const physicalName = (chunk: ChunkFacts | undefined): string | undefined =>
  chunk?.physical === "BYTE_ARRAY" ? "BINARY" : chunk?.physical;

interface FoundColumn {
  readonly field: Field;
  readonly facts: ColumnFacts;
}

/** Null where the file has no such column of its own. */
function columnOf(file: FileFacts, rowGroup: RowGroupFacts, name: string): FoundColumn | null {
  if (isPartition(file, name)) return null;
  const field = file.fields.find((f) => f.name === name);
  const facts = Object.hasOwn(rowGroup.columns, name) ? rowGroup.columns[name] : undefined;
  return field === undefined || facts === undefined ? null : { field, facts };
}

/** Refuses what parquet-wasm cannot hold before any byte is read. */
function requireDecodable(file: FileFacts, rowGroup: RowGroupFacts, { name }: ColumnRequest): void {
  const column = columnOf(file, rowGroup, name);
  if (column === null || fallbackReason(column.facts, column.field.type) === null) return;
  const sizeBytes = rawBytes(column.facts.chunks);
  if (sizeBytes > MAX_FALLBACK_BYTES)
    throw columnTooLarge(file.path, rowGroup.index, name, sizeBytes);
}

function needsFallback({ file, rowGroup }: FetchedRowGroup, { name }: ColumnRequest): boolean {
  const column = columnOf(file, rowGroup, name);
  return column !== null && fallbackReason(column.facts, column.field.type) !== null;
}

function addressOf(fetched: FetchedRowGroup, chunk: ChunkFacts): number {
  return present(fetched.addressOf(chunk.offset, chunk.sizeBytes), "A chunk that was read");
}

/** Whatever a broken chunk makes a decoder do, a trap included, ends in a typed error. */
function typed(
  decode: () => Vector,
  fail: (reason: string) => never,
  tooLarge: (sizeBytes: number) => never,
): Vector {
  try {
    return decode();
  } catch (thrown) {
    if (thrown instanceof TindraError) throw thrown;
    if (thrown instanceof OversizedChunk) return tooLarge(thrown.sizeBytes);
    return fail(
      `its pages cannot be decoded: ${thrown instanceof Error ? thrown.message : thrown}`,
    );
  }
}
