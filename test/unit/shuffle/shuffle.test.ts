import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { BOOLEAN, decimal, field, INT, STRING } from "../../../src/columnar/data-type.ts";
import type { Batch } from "../../../src/columnar/vector.ts";
import { ArrowStreamWriter } from "../../../src/formats/arrow-ipc/arrow-stream-writer.ts";
import { decodeArrowStream } from "../../../src/formats/arrow-ipc/decode-arrow-stream.ts";
import { plannedGets, planShuffleReads } from "../../../src/shuffle/plan-shuffle-reads.ts";
import { readShuffle } from "../../../src/shuffle/read-shuffle.ts";
import type { ShuffleBlock } from "../../../src/shuffle/shuffle-block.ts";
import { INLINE_BYTES, ShuffleWriter } from "../../../src/shuffle/shuffle-writer.ts";
import type { ObjectStore } from "../../../src/storage/object-store.ts";
import { batchOf, type TestMemory, testMemory } from "../../support/memory-vectors.ts";
import { CountingObjectStore } from "../../support/stores/counting-object-store.ts";
import { MemoryObjectStore } from "../../support/stores/memory-object-store.ts";

vi.setConfig({ testTimeout: 30_000 });

const FIELDS = [
  field("i", INT),
  field("s", STRING),
  field("b", BOOLEAN),
  field("d", decimal(30, 2)),
];
type Row = readonly [number | null, string | null, boolean | null, bigint | null];

const columnsOf = (rows: readonly Row[]) => FIELDS.map((_, i) => rows.map((row) => row[i]));

interface Written {
  readonly blocks: readonly ShuffleBlock[];
  readonly store: CountingObjectStore;
}

async function shuffled(
  test: TestMemory,
  batches: readonly (readonly Row[])[],
  partitions: number,
  partitionOf: (row: Row) => number,
  key = "q/s/t",
  store = new CountingObjectStore(new MemoryObjectStore()),
): Promise<Written> {
  const writer = new ShuffleWriter({ ...test, schema: FIELDS, partitions, store, key });
  for (const rows of batches) {
    const batch = batchOf(test.arena, FIELDS, columnsOf(rows), [{}, { codeBytes: 2 }]);
    const numbers = test.arena.allocate(4 * rows.length);
    for (const [i, row] of rows.entries())
      test.memory.view().setUint32(numbers + 4 * i, partitionOf(row), true);
    writer.append(batch, partitions === 1 ? 0 : numbers);
  }
  return { blocks: await writer.finish(), store };
}

async function rowsOf(
  test: TestMemory,
  blocks: readonly ShuffleBlock[],
  store: ObjectStore,
  keepsBatches = true,
): Promise<Row[]> {
  const rows: Row[] = [];
  const kept: Batch[] = [];
  const arena = test.memory.arena();
  const collect = (batch: Batch) => {
    const writer = new ArrowStreamWriter({ ...test, schema: FIELDS });
    writer.append(batch);
    for (const { rows: count, columns } of decodeArrowStream(writer.finish(), FIELDS))
      for (let i = 0; i < count; i++)
        rows.push(columns.map((values) => values[i]) as unknown as Row);
  };
  for await (const batch of readShuffle(blocks, {
    ...test,
    store,
    schema: FIELDS,
    arena,
    keepsBatches,
  }))
    if (keepsBatches) kept.push(batch);
    else collect(batch);
  for (const batch of kept) collect(batch);
  arena.reset();
  return rows;
}

const manyRows = (count: number): Row[] =>
  Array.from({ length: count }, (_, i) => [
    i % 11 === 0 ? null : i,
    i % 7 === 0 ? null : `text ${i % 50}`,
    i % 3 === 0,
    i % 5 === 0 ? null : BigInt(i) * 10n ** 20n,
  ]);

const partitionBy = (partitions: number) => (row: Row) => (row[0] ?? 0) % partitions;

describe("a shuffle", () => {
  const cell = {
    i: fc.option(fc.integer()),
    s: fc.option(fc.string({ unit: "grapheme" })),
    b: fc.option(fc.boolean()),
    d: fc.option(fc.bigInt({ min: -(10n ** 30n) + 1n, max: 10n ** 30n - 1n })),
  };
  const anyRow = fc.tuple(cell.i, cell.s, cell.b, cell.d);

  it("brings every row to its partition, in the order it was appended", async () => {
    const test = testMemory();
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(anyRow, { maxLength: 40 }), { maxLength: 5 }),
        fc.integer({ min: 1, max: 9 }),
        async (batches, partitions) => {
          const of = (row: Row) => Math.abs(row[0] ?? 0) % partitions;
          const { blocks, store } = await shuffled(test, batches, partitions, of);
          for (let p = 0; p < partitions; p++) {
            const mine = blocks.filter((block) => block.partition === p);
            const expected = batches.flat().filter((row) => of(row) === p);
            expect(await rowsOf(test, mine, store)).toEqual(expected);
            expect(mine.reduce((sum, block) => sum + block.rows, 0)).toBe(expected.length);
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it("rides in the result while it is small, and costs no request", async () => {
    const test = testMemory();
    const { blocks, store } = await shuffled(test, [manyRows(100)], 4, partitionBy(4));
    expect(blocks.map(({ partition, key }) => [partition, key])).toEqual(
      [0, 1, 2, 3].map((p) => [p, null]),
    );
    expect(plannedGets(blocks)).toBe(0);
    expect(await rowsOf(test, blocks, store)).toHaveLength(100);
    expect(store.counts).toMatchObject({ puts: 0, gets: 0 });
  });

  it.each([true, false])(
    "costs one PUT a producer and at most one GET a producer and consumer, keeping batches: %s",
    async (keepsBatches) => {
      const test = testMemory();
      const [producers, consumers] = [3, 5];
      const store = new CountingObjectStore(new MemoryObjectStore());
      const blocks: ShuffleBlock[] = [];
      const rows = manyRows(60000);
      for (let p = 0; p < producers; p++) {
        const batches = [
          rows.slice(p * 20000, p * 20000 + 12000),
          rows.slice(p * 20000 + 12000, (p + 1) * 20000),
        ];
        blocks.push(
          ...(await shuffled(test, batches, consumers, partitionBy(consumers), `q/0/${p}`, store))
            .blocks,
        );
      }
      expect(store.counts).toMatchObject({ puts: producers, lists: 0, heads: 0 });
      let planned = 0;
      let seen = 0;
      for (let c = 0; c < consumers; c++) {
        const mine = blocks.filter(({ partition }) => partition === c);
        planned += plannedGets(mine);
        const got = await rowsOf(test, mine, store, keepsBatches);
        expect(got).toEqual(rows.filter((row) => partitionBy(consumers)(row) === c));
        seen += got.length;
      }
      expect(seen).toBe(60000);
      expect(planned).toBe(producers * consumers);
      expect(store.counts.gets).toBe(planned);
    },
  );

  it("reads adjacent partitions of one object by one GET", async () => {
    const test = testMemory();
    const { blocks, store } = await shuffled(test, [manyRows(16000)], 8, partitionBy(8));
    const some = blocks.filter(({ partition }) => [2, 3, 4, 7].includes(partition));
    expect(plannedGets(some)).toBe(2);
    const rows = await rowsOf(test, some, store);
    expect(store.counts.gets).toBe(2);
    expect(rows).toEqual(
      [2, 3, 4, 7].flatMap((p) => manyRows(16000).filter((row) => partitionBy(8)(row) === p)),
    );
  });

  it("reads ahead where the store cannot read at once, and gives the same rows", async () => {
    const test = testMemory();
    const memory = new MemoryObjectStore();
    const remote: ObjectStore = {
      get: (key, options) => memory.get(key, options),
      put: (key, bytes, options) => memory.put(key, bytes, options),
      head: (key) => memory.head(key),
      list: (prefix) => memory.list(prefix),
      delete: (keys) => memory.delete(keys),
    };
    const store = new CountingObjectStore(remote);
    const blocks: ShuffleBlock[] = [];
    for (let p = 0; p < 7; p++)
      blocks.push(...(await shuffled(test, [manyRows(9000)], 1, () => 0, `q/${p}`, store)).blocks);
    expect(await rowsOf(test, blocks, store, false)).toEqual(
      Array.from({ length: 7 }, () => manyRows(9000)).flat(),
    );
    expect(store.counts.gets).toBe(7);
  });

  it("keeps the rows of a broadcast in one stream", async () => {
    const test = testMemory();
    const rows = manyRows(40000);
    const { blocks, store } = await shuffled(
      test,
      [rows.slice(0, 16384), rows.slice(16384, 32768), rows.slice(32768)],
      1,
      () => 0,
    );
    expect(blocks).toHaveLength(1);
    expect(blocks[0]?.sizeBytes).toBeGreaterThan(INLINE_BYTES);
    expect(await rowsOf(test, blocks, store)).toEqual(rows);
  });

  it("writes nothing and has no block where there is no row", async () => {
    const { blocks, store } = await shuffled(testMemory(), [[]], 3, () => 0);
    expect(blocks).toEqual([]);
    expect(store.counts.puts).toBe(0);
  });

  it("frees its memory however it ends", async () => {
    const test = testMemory();
    const scratch = test.memory.arena();
    scratch.allocate(1);
    const used = () => {
      test.memory.resetPeak();
      return test.memory.peakBytes;
    };
    const batch = batchOf(scratch, FIELDS, columnsOf(manyRows(1000)));
    const before = used();
    const options = { ...test, schema: FIELDS, partitions: 1, key: "k" };
    const abandoned = new ShuffleWriter({ ...options, store: new MemoryObjectStore() });
    abandoned.append(batch, 0);
    expect(used()).toBeGreaterThan(before);
    abandoned.close();
    expect(used()).toBe(before);
    const finished = new ShuffleWriter({ ...options, store: new MemoryObjectStore() });
    finished.append(batch, 0);
    await finished.finish();
    expect(used()).toBe(before);
  });

  it("plans no read for blocks without rows", () => {
    const empty = { partition: 0, key: "k", offset: 0, sizeBytes: 8, rows: 0, inline: null };
    expect(planShuffleReads([empty])).toEqual([]);
  });
});
