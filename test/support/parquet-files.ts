import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { DataType } from "../../src/columnar/data-type.ts";
import type { FileFacts } from "../../src/columnar/file-facts.ts";
import type { LiteralJson } from "../../src/columnar/literal-json.ts";
import type { Batch } from "../../src/columnar/vector.ts";
import { readFooter } from "../../src/formats/parquet/footer.ts";
import { type ReadMetrics, RowGroupReader } from "../../src/formats/parquet/row-group-reader.ts";
import type { ByteRange, ObjectFacts, ObjectStore } from "../../src/storage/object-store.ts";
import { type TestMemory, testMemory } from "./memory-vectors.ts";
import { vectorLiterals } from "./vector-literals.ts";

export const PARQUET_FOLDER = fileURLToPath(new URL("../data/parquet/", import.meta.url));
export const TPCH_FOLDER = fileURLToPath(new URL("../data/tpch/sf0.01/", import.meta.url));

/** Names without the suffix of the Parquet files in a folder. */
export function parquetNames(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(".parquet"))
    .map((name) => name.slice(0, -".parquet".length))
    .sort();
}

/** One object over given bytes, which counts what is asked of it. */
export class BytesStore implements Pick<ObjectStore, "get"> {
  readonly bytes: Uint8Array;
  readonly ranges: ByteRange[] = [];

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  async get(_key: string, options: { range?: ByteRange } = {}): Promise<Uint8Array> {
    const range = options.range ?? { start: 0, end: this.bytes.length };
    this.ranges.push(range);
    return this.bytes.slice(range.start, range.end);
  }
}

export interface ReadFile {
  readonly facts: FileFacts;
  /** Values as in `Literal`, by column. */
  readonly columns: ReadonlyMap<string, readonly LiteralJson[]>;
  readonly metrics: ReadMetrics;
  readonly ranges: readonly ByteRange[];
}

/** Reads all of a file through footer and row-group reader; `types` asks for some columns only, as these types. */
export async function readParquet(
  source: string | Uint8Array,
  types?: { readonly [column: string]: DataType },
  reuse: TestMemory = testMemory(),
): Promise<ReadFile> {
  const columns = new Map<string, LiteralJson[]>();
  const read = await decodeParquet(source, types, reuse, (names, batch) => {
    names.forEach((name, i) => {
      const vector = batch.vectors[i];
      const before = columns.get(name) ?? [];
      if (vector)
        columns.set(name, before.concat(vectorLiterals(reuse.memory, vector, batch.rows)));
    });
  });
  for (const name of read.names) if (!columns.has(name)) columns.set(name, []);
  return { ...read, columns };
}

/** As `readParquet`, but hands on the batches, which live no longer than the call. */
export async function decodeParquet(
  source: string | Uint8Array,
  types: { readonly [column: string]: DataType } | undefined,
  { memory, kernels }: TestMemory,
  onBatch: (names: readonly string[], batch: Batch) => void,
): Promise<Omit<ReadFile, "columns"> & { readonly names: readonly string[] }> {
  const store = new BytesStore(typeof source === "string" ? readFileSync(source) : source);
  const facts = await footerOf(store, typeof source === "string" ? source : "memory.parquet");
  const wanted = types ?? Object.fromEntries(facts.fields.map((f) => [f.name, f.type]));
  const requests = Object.entries(wanted).map(([name, type]) => ({ name, type }));
  const names = requests.map((request) => request.name);
  const objects = store as Pick<ObjectStore, "get"> as ObjectStore;
  const reader = new RowGroupReader(memory, kernels, objects, requests);
  const arena = memory.arena();
  store.ranges.length = 0;
  try {
    for (const rowGroup of facts.rowGroups) {
      onBatch(names, await reader.decode(await reader.fetch(facts, rowGroup), arena));
      arena.reset();
    }
  } finally {
    arena.reset();
  }
  return { facts, names, metrics: reader.metrics, ranges: store.ranges };
}

export function footerOf(store: BytesStore, key: string): Promise<FileFacts> {
  const facts: ObjectFacts = { key, sizeBytes: store.bytes.length, etag: "1", modifiedMs: 0 };
  const objects = store as Pick<ObjectStore, "get"> as ObjectStore;
  return readFooter(objects, { ...facts, partitionValues: {} });
}
