import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import {
  DATE,
  DOUBLE,
  decimal,
  INT,
  LONG,
  STRING,
  TIMESTAMP,
} from "../../../../src/columnar/data-type.ts";
import type { FileFacts } from "../../../../src/columnar/file-facts.ts";
import { columnStatistics } from "../../../../src/formats/parquet/column-statistics.ts";
import type { SchemaElement } from "../../../../src/formats/parquet/file-metadata.ts";
import { FOOTER_GUESS_BYTES } from "../../../../src/formats/parquet/footer.ts";
import { ThriftWriter } from "../../../../src/formats/parquet/thrift-writer.ts";
import {
  BytesStore,
  footerOf,
  PARQUET_FOLDER,
  TPCH_FOLDER,
} from "../../../support/parquet-files.ts";

function factsOf(path: string): Promise<FileFacts> {
  return footerOf(new BytesStore(readFileSync(path)), path);
}

interface Lie {
  readonly rows?: number;
  readonly groupRows?: number;
  readonly values?: number;
  readonly offset?: number;
  readonly sizeBytes?: number;
  readonly type?: number;
  readonly path?: string;
  readonly chunks?: number;
  readonly codec?: number;
  readonly filePath?: string;
}

/** A file of one INT32 column `a` with 10 rows in 40 bytes, as its footer says; what it lies about is given. */
function fileOf(lie: Lie): Uint8Array {
  const meta = new ThriftWriter()
    .i32(1, lie.type ?? 1)
    .i32s(2, [0])
    .texts(3, [lie.path ?? "a"])
    .i32(4, lie.codec ?? 0)
    .i64(5, lie.values ?? 10)
    .i64(6, 40)
    .i64(7, lie.sizeBytes ?? 40)
    .i64(9, lie.offset ?? 4);
  const chunk = new ThriftWriter();
  if (lie.filePath !== undefined) chunk.text(1, lie.filePath);
  chunk.i64(2, 4).struct(3, meta);
  const chunks = new Array<ThriftWriter>(lie.chunks ?? 1).fill(chunk);
  const group = new ThriftWriter()
    .structs(1, chunks)
    .i64(2, 40)
    .i64(3, lie.groupRows ?? 10);
  const column = new ThriftWriter().i32(1, 1).i32(3, 0).text(4, "a");
  const root = new ThriftWriter().text(4, "schema").i32(5, 1);
  const footer = new ThriftWriter()
    .i32(1, 1)
    .structs(2, [root, column])
    .i64(3, lie.rows ?? 10)
    .structs(4, [group])
    .done();
  const length = Buffer.alloc(4);
  length.writeUInt32LE(footer.length);
  return Buffer.concat([
    Buffer.from("PAR1"),
    Buffer.alloc(40),
    footer,
    length,
    Buffer.from("PAR1"),
  ]);
}

const lies: readonly (readonly [string, Lie, string])[] = [
  ["a row group larger than its chunks", { rows: 12, groupRows: 12 }, "has 10 values for 12 rows"],
  ["more values than rows", { values: 11 }, "has 11 values for 10 rows"],
  ["a chunk that starts behind the data", { offset: 400 }, "lies at bytes 400 to 440"],
  ["a chunk that starts before the data", { offset: 0 }, "lies at bytes 0 to 40"],
  ["a chunk that ends in the footer", { sizeBytes: 41 }, "the data of the file ends at 44"],
  ["a chunk of negative size", { sizeBytes: -1 }, "its compressed size is -1"],
  ["a chunk of another type", { type: 2 }, "is INT64, but INT32 in the schema"],
  ["a chunk of another column", { path: "b" }, "is named b"],
  ["too many chunks", { chunks: 2 }, "has 2 column chunks, the schema 1"],
  ["an unknown codec", { codec: 99 }, "has an unknown codec"],
  ["a chunk in another file", { filePath: "other" }, "lies in another file, other"],
];

test("a footer that tells the truth is read", async () => {
  const facts = await footerOf(new BytesStore(fileOf({})), "true.parquet");
  expect(facts.fields).toEqual([{ name: "a", type: INT, nullable: false }]);
  expect(facts.rows).toBe(10);
});

test.each(lies)("a footer with %s is refused", async (_, lie, reason) => {
  const reading = footerOf(new BytesStore(fileOf(lie)), "lies.parquet");
  await expect(reading).rejects.toMatchObject({
    family: "data",
    condition: "FAILED_READ_FILE.CANNOT_READ_FILE_FOOTER",
    message: expect.stringContaining(reason),
  });
});

test.each([
  ["an empty object", Buffer.alloc(0), "0 bytes are too few"],
  ["text", Buffer.from("id,name\n1,one\n2,two\n"), "the last bytes are not PAR1"],
  ["an encrypted file", Buffer.from("PAR1............PARE"), "it is encrypted"],
  ["a length beyond the file", Buffer.from("PAR1....\xff\xff\xff\x00PAR1", "latin1"), "says"],
])("%s is no Parquet file", async (_, bytes, reason) => {
  await expect(footerOf(new BytesStore(bytes), "x.parquet")).rejects.toThrow(reason);
});

test("a short footer costs one GET, a long one two", async () => {
  const short = new BytesStore(readFileSync(`${TPCH_FOLDER}lineitem.parquet`));
  await footerOf(short, "short.parquet");
  expect(short.ranges).toEqual([
    { start: short.bytes.length - FOOTER_GUESS_BYTES, end: short.bytes.length },
  ]);

  const comment = "x".repeat(FOOTER_GUESS_BYTES);
  const footer = new ThriftWriter()
    .structs(2, [new ThriftWriter().text(4, comment).i32(5, 0)])
    .i64(3, 0)
    .structs(4, [])
    .done();
  const length = Buffer.alloc(4);
  length.writeUInt32LE(footer.length);
  const magic = Buffer.from("PAR1");
  const long = new BytesStore(Buffer.concat([magic, footer, length, magic]));
  const facts = await footerOf(long, "long.parquet");
  expect(long.ranges.length).toBe(2);
  expect(facts.footerBytes).toBe(footer.length + 8);
});

test("statistics are constants of the column's type", async () => {
  const facts = await factsOf(`${TPCH_FOLDER}lineitem.parquet`);
  const columns = facts.rowGroups[0]?.columns;
  expect(columns?.["l_orderkey"]).toMatchObject({ min: "1", nulls: 0 });
  expect(columns?.["l_linenumber"]).toMatchObject({ min: 1, max: 7 });
  expect(columns?.["l_quantity"]).toMatchObject({ min: "100", max: "5000" });
  expect(columns?.["l_returnflag"]).toMatchObject({ min: "A", max: "R" });
  expect(columns?.["l_shipdate"]).toMatchObject({ min: 8038, max: 10559 });
});

const element = (
  physical: string,
  annotation: SchemaElement["annotation"] = null,
): SchemaElement => ({
  name: "a",
  physical,
  typeLength: 0,
  repetition: "OPTIONAL",
  children: 0,
  annotation,
});
const raw = (min: Uint8Array | null, max: Uint8Array | null) => ({
  min: null,
  max: null,
  nulls: 3,
  minValue: min,
  maxValue: max,
});
const doubles = (...values: number[]) => new Uint8Array(new Float64Array(values).buffer);
const longs = (...values: bigint[]) => new Uint8Array(new BigInt64Array(values).buffer);

test("statistics that cannot be trusted are left out", () => {
  const f64 = element("DOUBLE");
  const nan = raw(doubles(Number.NaN), doubles(5));
  expect(columnStatistics(DOUBLE, f64, nan, 10, "parquet-mr")).toEqual({
    min: null,
    max: 5,
    nulls: 3,
  });
  const plain = raw(doubles(-1), doubles(5));
  expect(columnStatistics(DOUBLE, f64, plain, 10, "parquet-rs")).toEqual({
    min: -1,
    max: null,
    nulls: 3,
  });
  const turned = raw(longs(5n), longs(1n));
  expect(columnStatistics(LONG, element("INT64"), turned, 10, "")).toEqual({
    min: null,
    max: null,
    nulls: 3,
  });
  expect(columnStatistics(LONG, element("INT64"), turned, 2, "").nulls).toBeNull();
  const old = { ...raw(null, null), min: Buffer.from("a"), max: Buffer.from("b") };
  expect(columnStatistics(STRING, element("BYTE_ARRAY"), old, 10, "").min).toBeNull();
  expect(
    columnStatistics(STRING, element("BYTE_ARRAY"), raw(Buffer.from([0xc3]), null), 10, "").min,
  ).toBeNull();
  const short = raw(new Uint8Array(3), new Uint8Array(3));
  expect(columnStatistics(DATE, element("INT32"), short, 10, "")).toEqual({
    min: null,
    max: null,
    nulls: 3,
  });
});

test("statistics of converted values are converted too", () => {
  const nanos = element("INT64", { kind: "TIMESTAMP", unit: "NANOS", utc: true });
  const bounds = raw(longs(-1001n), longs(1001n));
  expect(columnStatistics(TIMESTAMP, nanos, bounds, 10, "")).toEqual({
    min: "-2",
    max: "2",
    nulls: 3,
  });
  const money = {
    ...element("FIXED_LEN_BYTE_ARRAY", { kind: "DECIMAL", precision: 5, scale: 2 }),
    typeLength: 2,
  };
  const bytes = raw(Buffer.from([0xff, 0x00]), Buffer.from([0x01, 0x00]));
  expect(columnStatistics(decimal(5, 2), money, bytes, 10, "")).toEqual({
    min: "-256",
    max: "256",
    nulls: 3,
  });
  const unsigned = element("INT32", { kind: "INTEGER", bits: 32, signed: false });
  const wide = raw(Buffer.from([0, 0, 0, 0]), Buffer.from([0xff, 0xff, 0xff, 0xff]));
  expect(columnStatistics(LONG, unsigned, wide, 10, "")).toEqual({
    min: "0",
    max: "4294967295",
    nulls: 3,
  });
});

test("old lists, new lists and maps give the same types", async () => {
  const { fields } = await factsOf(`${PARQUET_FOLDER}spark-nested.parquet`);
  const legacy = await factsOf(`${PARQUET_FOLDER}spark-nested-legacy.parquet`);
  expect(legacy.fields.map((f) => f.type)).toEqual(fields.slice(0, -1).map((f) => f.type));
});
