import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { array, INT, LONG, STRING } from "../../../../src/columnar/data-type.ts";
import type { ChunkFacts, FileFacts } from "../../../../src/columnar/file-facts.ts";
import { present } from "../../../../src/common/assert.ts";
import {
  type ColumnRequest,
  RowGroupReader,
} from "../../../../src/formats/parquet/row-group-reader.ts";
import type { ObjectStore } from "../../../../src/storage/object-store.ts";
import { testMemory } from "../../../support/memory-vectors.ts";
import { BytesStore, footerOf, PARQUET_FOLDER } from "../../../support/parquet-files.ts";
import { SPARK_FILES } from "../../../support/spark-files.ts";

interface Outcome {
  readonly gets: number;
  readonly done: Promise<unknown>;
}

/** Reads the first row group with chunks whose facts are changed. */
async function readFirst(
  path: string,
  request: ColumnRequest,
  change: (chunk: ChunkFacts) => ChunkFacts = (chunk) => chunk,
): Promise<Outcome> {
  const store = new BytesStore(readFileSync(path));
  const found = await footerOf(store, path);
  const facts = changed(found, request.name, change);
  const { memory, kernels, arena } = testMemory();
  const objects = store as Pick<ObjectStore, "get"> as ObjectStore;
  const reader = new RowGroupReader(memory, kernels, objects, [request]);
  const group = present(facts.rowGroups[0], "A row group");
  store.ranges.length = 0;
  const done = reader.fetch(facts, group).then((fetched) => reader.decode(fetched, arena));
  await Promise.allSettled([done]);
  return { gets: store.ranges.length, done };
}

function changed(
  facts: FileFacts,
  name: string,
  change: (chunk: ChunkFacts) => ChunkFacts,
): FileFacts {
  const rowGroups = facts.rowGroups.map((group) => {
    const column = present(group.columns[name], name);
    const chunks = column.chunks.map(change);
    return { ...group, columns: { ...group.columns, [name]: { ...column, chunks } } };
  });
  return { ...facts, rowGroups };
}

const tooLarge = (column: string, sizeBytes: unknown) => ({
  family: "resources",
  condition: "PARQUET_COLUMN_TOO_LARGE",
  sqlState: "53200",
  details: { rowGroup: 0, column, sizeBytes },
});

describe("a column that is too large to decode is refused with its size", () => {
  const nested = `${SPARK_FILES}kinds-nested.parquet`;
  const ints = { name: "ints", type: array(INT) };

  test("before any byte is read where its nested chunks say so", async () => {
    const { gets, done } = await readFirst(nested, ints, (chunk) => ({
      ...chunk,
      uncompressedBytes: 2 ** 31,
    }));
    await expect(done).rejects.toMatchObject(tooLarge("ints", 2 ** 31));
    expect(gets).toBe(0);
  });

  test("and read where they are one byte less", async () => {
    const { gets, done } = await readFirst(nested, ints, (chunk) => ({
      ...chunk,
      uncompressedBytes: 2 ** 31 - 1,
    }));
    await expect(done).resolves.toMatchObject({ rows: 24 });
    expect(gets).toBe(1);
  });

  test("where the footer of a small file claims it", async () => {
    const path = `${SPARK_FILES}odd-claims-too-much.parquet`;
    const { gets, done } = await readFirst(path, { name: "list", type: array(INT) });
    await expect(done).rejects.toMatchObject(tooLarge("list", 3 * 2 ** 30));
    expect(gets).toBe(0);
    const other = await readFirst(path, { name: "x", type: INT });
    await expect(other.done).resolves.toMatchObject({ rows: 2 });
  });

  test("where prefixes of a small page make long texts of it", async () => {
    const path = `${SPARK_FILES}odd-prefixes-too-large.parquet`;
    const { done } = await readFirst(path, { name: "x", type: STRING });
    await expect(done).rejects.toMatchObject(tooLarge("x", 300_000 * 8192));
  });

  test("where the spaces behind CHAR are", async () => {
    const path = `${SPARK_FILES}noted-char.parquet`;
    const request = { name: "c", type: STRING };
    const { done } = await readFirst(path, request, (c) => ({ ...c, charLength: 1e9 }));
    await expect(done).rejects.toMatchObject(tooLarge("c", expect.any(Number)));
  });

  test("but not where its flat chunk only claims it", async () => {
    const path = `${PARQUET_FOLDER}pyarrow-plain.parquet`;
    const { done } = await readFirst(path, { name: "i64", type: LONG }, (chunk) => ({
      ...chunk,
      uncompressedBytes: 3 * 2 ** 30,
    }));
    await expect(done).resolves.toMatchObject({ rows: 200 });
  });
});
