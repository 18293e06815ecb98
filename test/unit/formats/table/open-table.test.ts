import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import {
  DOUBLE,
  field,
  INT,
  LONG,
  STRING,
  simpleString,
} from "../../../../src/columnar/data-type.ts";
import { FooterCache } from "../../../../src/formats/table/footer-cache.ts";
import { type OpenTableOptions, openTable } from "../../../../src/formats/table/open-table.ts";
import { LocalObjectStore } from "../../../../src/storage/local-object-store.ts";
import { CountingObjectStore } from "../../../support/stores/counting-object-store.ts";

const folder = resolve(import.meta.dirname, "../../../data/tables");
const stores = () => new CountingObjectStore(new LocalObjectStore(folder));
const open = (path: string, options: OpenTableOptions = {}) => openTable(stores(), [path], options);

const columnsOf = (table: {
  fields: readonly { name: string; type: Parameters<typeof simpleString>[0] }[];
}) => table.fields.map(({ name, type }) => `${name} ${simpleString(type)}`);

describe("openTable", () => {
  it("opens a partitioned folder: data columns, then partition columns with their types", async () => {
    const table = await open("sales");
    expect(table.name).toBe("sales");
    expect(columnsOf(table)).toEqual(["id bigint", "amount double", "year int", "country string"]);
    expect(table.fields.every(({ nullable }) => nullable)).toBe(true);
    expect(table.partitionColumns).toEqual(["year", "country"]);
    expect(table.files).toHaveLength(6);
    expect(table.files.map(({ partitionValues }) => partitionValues)).toContainEqual({
      year: "2024",
      country: "New Zealand",
    });
    expect(table.files.map(({ partitionValues }) => partitionValues)).toContainEqual({
      year: "2023",
      country: null,
    });
    expect(table.files.every(({ rows }) => rows === 2)).toBe(true);
  });

  it("leaves partition columns strings when their types are not to be inferred", async () => {
    const table = await open("sales", { infersPartitionTypes: false });
    expect(columnsOf(table).slice(2)).toEqual(["year string", "country string"]);
  });

  it("reads partition columns below a folder of the table only", async () => {
    expect(columnsOf(await open("sales/year=2024"))).toEqual([
      "id bigint",
      "amount double",
      "country string",
    ]);
    await expect(open("sales/year=*")).rejects.toMatchObject({
      condition: "CONFLICTING_DIRECTORY_STRUCTURES",
    });
  });

  it("takes the columns of the file whose path comes first", async () => {
    const table = await open("evolved");
    expect(columnsOf(table)).toEqual(["id int", "name string"]);
    expect(table.files[1]?.fields).toEqual([field("id", LONG, true)]);
    expect(Object.keys(table.files[1]?.rowGroups[0]?.columns ?? {})).toEqual(["id"]);
  });

  it("merges the schemas of files by name on request", async () => {
    const table = await open("../schemas/tables/added-column", { mergeSchema: true });
    expect(columnsOf(table)).toEqual(["a int", "b string"]);
  });

  it("names both files where they cannot be merged", async () => {
    await expect(open("conflicting", { mergeSchema: true })).rejects.toMatchObject({
      condition: "CANNOT_MERGE_SCHEMAS",
      details: { column: "id", firstPath: "conflicting/a.parquet", path: "conflicting/b.parquet" },
    });
  });

  it("takes the user's schema, with columns that files lack and without those they have more", async () => {
    const table = await open("evolved", { schema: [field("id", LONG), field("other", DOUBLE)] });
    expect(columnsOf(table)).toEqual(["id bigint", "other double"]);
    const sales = await open("sales", { schema: [field("year", STRING), field("id", LONG)] });
    expect(columnsOf(sales)).toEqual(["year string", "id bigint", "country string"]);
  });

  it("names the partition value that is not of the user's type", async () => {
    await expect(open("sales", { schema: [field("country", INT)] })).rejects.toMatchObject({
      condition: "CAST_INVALID_INPUT",
    });
  });

  it("reads each footer once, by one GET, and never again while the files stay", async () => {
    const store = stores();
    const footers = new FooterCache();
    const first = await openTable(store, ["sales"], { footers });
    expect(store.counts).toMatchObject({ heads: 1, lists: 1, gets: 6 });
    expect(store.counts.bytesRead).toBe(
      first.files.reduce((sum, file) => sum + file.footerBytes, 0),
    );
    store.reset();
    expect(await openTable(store, ["sales"], { footers })).toEqual(first);
    expect(store.counts.gets).toBe(0);
  });
});

describe("FooterCache", () => {
  const file = (key: string, etag = "1") => ({
    key,
    etag,
    sizeBytes: 1,
    partitionValues: { p: key },
  });
  const facts = (key: string) => ({
    path: key,
    sizeBytes: 1,
    etag: "1",
    partitionValues: {},
    fields: [],
    rows: 0,
    rowGroups: [],
    footerBytes: 1,
  });

  it("reads a file again when it changed, and forgets what was used longest ago", async () => {
    const cache = new FooterCache(2);
    const read: string[] = [];
    const look = (key: string, etag?: string) =>
      cache.factsOf(file(key, etag), async ({ key: wanted }) => {
        read.push(wanted);
        return facts(wanted);
      });
    await look("a");
    await look("b");
    await look("a");
    expect(read).toEqual(["a", "b"]);
    await look("c");
    await look("a");
    await look("b");
    expect(read).toEqual(["a", "b", "c", "b"]);
    await look("b", "2");
    expect(read).toEqual(["a", "b", "c", "b", "b"]);
    expect((await look("b", "2")).partitionValues).toEqual({ p: "b" });
  });
});
