import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import {
  BINARY,
  DATE,
  type DataType,
  DOUBLE,
  decimal,
  INT,
  LONG,
  SHORT,
  STRING,
  TIMESTAMP,
  TIMESTAMP_NTZ,
} from "../../../../src/columnar/data-type.ts";
import type { FileFacts } from "../../../../src/columnar/file-facts.ts";
import type { LiteralJson } from "../../../../src/columnar/literal-json.ts";
import { present } from "../../../../src/common/assert.ts";
import { planRanges } from "../../../../src/formats/parquet/plan-ranges.ts";
import { RowGroupReader } from "../../../../src/formats/parquet/row-group-reader.ts";
import type { ObjectStore } from "../../../../src/storage/object-store.ts";
import { testMemory } from "../../../support/memory-vectors.ts";
import {
  BytesStore,
  footerOf,
  PARQUET_FOLDER,
  readParquet,
  TPCH_FOLDER,
} from "../../../support/parquet-files.ts";
import { vectorLiterals } from "../../../support/vector-literals.ts";

const PLAIN = `${PARQUET_FOLDER}pyarrow-plain.parquet`;

async function column(path: string, name: string, type: DataType): Promise<readonly LiteralJson[]> {
  return present((await readParquet(path, { [name]: type })).columns.get(name), name);
}

describe("a column can be read as a wider type", () => {
  const days = (value: LiteralJson) => String(BigInt(Number(value)) * 86400000000n);
  const text = (value: LiteralJson) => String(value);
  const cases: readonly (readonly [string, DataType, (value: LiteralJson) => LiteralJson])[] = [
    ["i8", SHORT, (value) => value],
    ["i8", INT, (value) => value],
    ["i16", LONG, text],
    ["i32", LONG, text],
    ["i32", DOUBLE, (value) => value],
    ["i32", decimal(12, 2), (value) => String(Number(value) * 100)],
    ["i64", decimal(20, 0), text],
    ["i64", decimal(38, 18), (value) => String(BigInt(String(value)) * 10n ** 18n)],
    ["f32", DOUBLE, (value) => value],
    ["d5", decimal(9, 2), text],
    ["d5", decimal(18, 10), (value) => String(BigInt(String(value)) * 10n ** 8n)],
    ["d15", decimal(38, 22), (value) => String(BigInt(String(value)) * 10n ** 20n)],
    ["day", TIMESTAMP_NTZ, days],
    ["us", TIMESTAMP_NTZ, text],
    ["us", LONG, text],
    ["day", INT, (value) => value],
    ["i32", SHORT, (value) => (Number(value) << 16) >> 16],
    ["text", BINARY, (value) => Buffer.from(String(value)).toString("base64")],
  ];
  test.each(cases)("%s as %o", async (name, type, widen) => {
    for (const file of ["pyarrow-plain", "pyarrow-zstd", "pyarrow-small-pages-v2"]) {
      const path = `${PARQUET_FOLDER}${file}.parquet`;
      const { columns } = await readParquet(path);
      const wanted = columns.get(name)?.map((value) => (value === null ? null : widen(value)));
      expect(await column(path, name, type)).toEqual(wanted);
    }
  });

  test.each([
    ["i64", INT],
    ["text", INT],
    ["d15", decimal(10, 2)],
    ["d15", decimal(15, 1)],
    ["i32", decimal(10, 2)],
    ["i32", decimal(11, 2)],
    ["f64", LONG],
    ["day", TIMESTAMP],
  ])("%s as %o is refused", async (name, type) => {
    await expect(readParquet(PLAIN, { [name]: type })).rejects.toMatchObject({
      family: "data",
      condition: "FAILED_READ_FILE.PARQUET_COLUMN_DATA_TYPE_MISMATCH",
      details: { path: PLAIN, column: name },
    });
  });
});

async function readWith(
  partitionValues: FileFacts["partitionValues"],
  types: { readonly [name: string]: DataType },
): Promise<{ values: LiteralJson[][]; gets: number }> {
  const store = new BytesStore(readFileSync(PLAIN));
  const facts = { ...(await footerOf(store, PLAIN)), partitionValues };
  const { memory, kernels, arena } = testMemory();
  const objects = store as Pick<ObjectStore, "get"> as ObjectStore;
  const requests = Object.entries(types).map(([name, type]) => ({ name, type }));
  const reader = new RowGroupReader(memory, kernels, objects, requests);
  const rowGroup = present(facts.rowGroups[0], "A row group");
  const batch = await reader.decode(await reader.fetch(facts, rowGroup), arena);
  const values = batch.vectors.map((vector) => vectorLiterals(memory, vector, batch.rows));
  return { values, gets: reader.metrics.gets };
}

test("a column that the file does not have is null", async () => {
  const { values, gets } = await readWith({}, { absent: STRING, more: decimal(30, 2) });
  expect(values).toEqual([new Array(200).fill(null), new Array(200).fill(null)]);
  expect(gets).toBe(0);
});

test("folder values are constants, also over a column of the file", async () => {
  const folders = { day: "2024-02-29", region: "grün", i32: "7", none: null, price: "1.50" };
  const types = { day: DATE, region: STRING, i32: INT, none: LONG, price: decimal(20, 2) };
  const { values, gets } = await readWith(folders, types);
  expect(values.map((column) => column[199])).toEqual([19782, "grün", 7, null, "150"]);
  expect(gets).toBe(0);
});

test("what is read is what was planned, and no more than once", async () => {
  for (const path of [
    `${TPCH_FOLDER}lineitem.parquet`,
    `${PARQUET_FOLDER}pyarrow-nested.parquet`,
  ]) {
    const { facts, ranges, metrics } = await readParquet(path);
    const names = facts.fields.map((f) => f.name);
    const planned = facts.rowGroups.flatMap((group) => planRanges(facts, group, names));
    expect(ranges).toEqual(planned);
    expect(metrics.gets).toBe(planned.length);
    expect(metrics.bytesRead).toBe(planned.reduce((sum, r) => sum + r.end - r.start, 0));
  }
});

test("ranges join over small gaps and are split at 8 MiB", async () => {
  const store = new BytesStore(readFileSync(`${TPCH_FOLDER}lineitem.parquet`));
  const facts = await footerOf(store, "lineitem");
  const group = present(facts.rowGroups[0], "A row group");
  const chunk = (name: string) => present(group.columns[name]?.chunks[0], name);
  const [first, last] = [chunk("l_orderkey"), chunk("l_suppkey")];
  const columns = ["l_suppkey", "l_orderkey"];
  const start = first.offset;
  const end = last.offset + last.sizeBytes;
  expect(planRanges(facts, group, columns, { maxGapBytes: 1 << 20 })).toEqual([{ start, end }]);
  expect(planRanges(facts, group, columns, { maxGapBytes: 0 })).toEqual([
    { start, end: start + first.sizeBytes },
    { start: last.offset, end },
  ]);
  const huge = { ...first, sizeBytes: 20 << 20 };
  const wide = {
    ...group,
    columns: { big: { chunks: [huge], min: null, max: null, nulls: null } },
  };
  expect(planRanges(facts, wide, ["big"]).map((r) => r.end - r.start)).toEqual([
    8 << 20,
    8 << 20,
    4 << 20,
  ]);
});

test("a column keeps its code width once it had a wider one", async () => {
  const store = new BytesStore(readFileSync(`${TPCH_FOLDER}lineitem.parquet`));
  const facts = await footerOf(store, "lineitem");
  const { memory, kernels, arena } = testMemory();
  const objects = store as Pick<ObjectStore, "get"> as ObjectStore;
  const requests = [{ name: "l_linenumber", type: INT, leastCodeBytes: 2 as const }];
  const reader = new RowGroupReader(memory, kernels, objects, requests);
  const group = present(facts.rowGroups[0], "A row group");
  const batch = await reader.decode(await reader.fetch(facts, group), arena);
  expect(batch.vectors[0]).toMatchObject({ codeBytes: 2, dictionarySize: 7, validity: 0 });
});

test("released and decoded row groups give their memory back", async () => {
  const store = new BytesStore(readFileSync(PLAIN));
  const facts = await footerOf(store, PLAIN);
  const { memory, kernels } = testMemory();
  const objects = store as Pick<ObjectStore, "get"> as ObjectStore;
  const reader = new RowGroupReader(memory, kernels, objects, [{ name: "text", type: STRING }]);
  const group = present(facts.rowGroups[0], "A row group");
  const arena = memory.arena();
  memory.resetPeak();
  const before = memory.peakBytes;
  (await reader.fetch(facts, group)).release();
  await reader.decode(await reader.fetch(facts, group), arena);
  arena.reset();
  memory.resetPeak();
  expect(memory.peakBytes).toBe(before);
});
