import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { discoverFiles } from "../../../../src/formats/table/discover-files.ts";
import { LocalObjectStore } from "../../../../src/storage/local-object-store.ts";
import { CountingObjectStore } from "../../../support/stores/counting-object-store.ts";
import { MemoryObjectStore } from "../../../support/stores/memory-object-store.ts";

async function storeOf(...keys: string[]): Promise<MemoryObjectStore> {
  const store = new MemoryObjectStore();
  for (const key of keys) await store.put(key, new TextEncoder().encode(key));
  return store;
}

async function discover(keys: string[], ...paths: string[]): Promise<string[]> {
  const { files } = await discoverFiles(await storeOf(...keys), paths);
  return files.map(({ key, partitionValues }) =>
    [key, ...Object.entries(partitionValues).map(([k, v]) => `${k}:${v}`)].join(" "),
  );
}

describe("discoverFiles", () => {
  it("takes a file by its name, but for hidden ones", async () => {
    expect(await discover(["d/a.parquet"], "d/a.parquet")).toEqual(["d/a.parquet"]);
    expect(await discover(["d/_a.parquet"], "d/_a.parquet")).toEqual([]);
  });

  it("takes the files of a folder and passes over hidden ones and those of folders below", async () => {
    const keys = [
      "t/b",
      "t/a/x",
      "t/_SUCCESS",
      "t/.a.crc",
      "t/_tmp/y",
      "t/.z/y",
      "t/c._COPYING_",
      "u",
    ];
    expect(await discover(keys, "t")).toEqual(["t/b"]);
    expect(await discover(keys, "t/")).toEqual(["t/b"]);
  });

  it("reads partition columns from folders, decoded, with Hive's null", async () => {
    const keys = ["t/p=1/q=a%20b%2Fc/x", "t/p=2/q=__HIVE_DEFAULT_PARTITION__/y", "t/p=3/q=%zz%/z"];
    expect(await discover(keys, "t")).toEqual([
      "t/p=1/q=a%20b%2Fc/x p:1 q:a b/c",
      "t/p=2/q=__HIVE_DEFAULT_PARTITION__/y p:2 q:null",
      "t/p=3/q=%zz%/z p:3 q:%zz%",
    ]);
  });

  it("takes partition folders that start with an underscore, as Spark does", async () => {
    expect(await discover(["t/_x=1/a", "t/_x=2/_b"], "t")).toEqual(["t/_x=1/a _x:1"]);
  });

  it("reads over folders that are no partition above and below", async () => {
    expect(await discover(["t/x/p=1/f"], "t")).toEqual(["t/x/p=1/f p:1"]);
    expect(await discover(["t/p=1/x/f"], "t")).toEqual(["t/p=1/x/f p:1"]);
    expect(await discover(["t/p=a=b/f"], "t")).toEqual(["t/p=a=b/f p:a=b"]);
  });

  it("starts at the path that was given: its own folders are no columns", async () => {
    expect(await discover(["t/p=1/f", "t/p=2/g"], "t/p=1", "t/p=2")).toEqual([
      "t/p=1/f",
      "t/p=2/g",
    ]);
    expect(await discover(["t/p=1/f"], "t/p=1/f")).toEqual(["t/p=1/f"]);
  });

  const files = ["d/a1.parquet", "d/a2.parquet", "d/b1.parquet", "d/e/a3.parquet", "d/_h.parquet"];
  it.each([
    ["d/*.parquet", ["d/a1.parquet", "d/a2.parquet", "d/b1.parquet"]],
    ["d/a?.parquet", ["d/a1.parquet", "d/a2.parquet"]],
    ["d/[!a]1.parquet", ["d/b1.parquet"]],
    ["d/[a-c][2-9].parquet", ["d/a2.parquet"]],
    ["d/{a1,b1}.parquet", ["d/a1.parquet", "d/b1.parquet"]],
    ["d/{a{1,2},b1}.parquet", ["d/a1.parquet", "d/a2.parquet", "d/b1.parquet"]],
    ["d/**/a*.parquet", ["d/e/a3.parquet"]],
    ["d/*", ["d/a1.parquet", "d/a2.parquet", "d/b1.parquet", "d/e/a3.parquet"]],
    ["{d/e,d}/a[13].parquet", ["d/e/a3.parquet", "d/a1.parquet"]],
    ["?/e", ["d/e/a3.parquet"]],
    ["*/*/a3*", ["d/e/a3.parquet"]],
    ["d/a1\\.parquet", ["d/a1.parquet"]],
  ])("finds what the glob %s names", async (glob, expected) => {
    expect(await discover(files, glob)).toEqual(expected);
  });

  it("takes partition columns below the folders that a glob names, but not among them", async () => {
    expect(await discover(["t/p=1/q=2/f"], "t/p=*")).toEqual(["t/p=1/q=2/f q:2"]);
    expect(await discover(["t/p=1/f", "t/p=2/f"], "t/p=*")).toEqual(["t/p=1/f", "t/p=2/f"]);
  });

  it("takes a file for each path that names it, but once in partitions", async () => {
    expect(await discover(["d/a", "d/b"], "d/a", "d/*")).toEqual(["d/a", "d/a", "d/b"]);
    expect(await discover(["d/p=1/a"], "d", "d/")).toEqual(["d/p=1/a p:1"]);
  });

  it.each([["nope"], ["nope*"], ["d/x.parquet"], ["d/a1.parquet/more"]])(
    "says that %s does not exist",
    async (path) => {
      await expect(discover(files, path)).rejects.toMatchObject({
        condition: "PATH_NOT_FOUND",
        sqlState: "42K03",
        message: `Path does not exist: ${path}.`,
      });
    },
  );

  it("tells an empty folder from one that is not there", async () => {
    const root = await mkdtemp(join(tmpdir(), "tindra-discover-"));
    await mkdir(join(root, "empty"));
    const store = new LocalObjectStore(root);
    expect(await discoverFiles(store, ["empty"])).toMatchObject({ files: [] });
    await expect(discoverFiles(store, ["none"])).rejects.toMatchObject({
      condition: "PATH_NOT_FOUND",
    });
    await rm(root, { recursive: true });
  });

  it("finds no file in a folder that holds only hidden files", async () => {
    expect(await discover(["t/_SUCCESS"], "t")).toEqual([]);
  });

  it("keeps files beside partition folders apart", async () => {
    const found = await discoverFiles(await storeOf("t/p=1/f", "t/g"), ["t"]);
    expect(found.files.map(({ key }) => key)).toEqual(["t/p=1/f"]);
    expect(found.beside.map(({ key }) => key)).toEqual(["t/g"]);
  });

  it.each([
    [["t/p=1/f", "t/q=2/f"], "CONFLICTING_PARTITION_COLUMN_NAMES"],
    [["t/p=1/q=a/f", "t/p=2/f"], "CONFLICTING_PARTITION_COLUMN_NAMES"],
    [["t/x/f", "t/p=1/f"], "CONFLICTING_DIRECTORY_STRUCTURES"],
    [["t/x/p=1/f", "t/y/p=1/f"], "CONFLICTING_DIRECTORY_STRUCTURES"],
    [["t/p=1/P=2/f"], "COLUMN_ALREADY_EXISTS"],
  ])("refuses folders %j that make no one table: %s", async (keys, condition) => {
    await expect(discover(keys, "t")).rejects.toMatchObject({ condition, family: "analysis" });
  });

  it("asks once for a file and twice for a folder", async () => {
    const store = new CountingObjectStore(await storeOf("d/a", "d/b"));
    await discoverFiles(store, ["d/a"]);
    expect(store.counts).toMatchObject({ heads: 1, lists: 0, gets: 0 });
    store.reset();
    await discoverFiles(store, ["d"]);
    expect(store.counts).toMatchObject({ heads: 1, lists: 1, gets: 0 });
  });

  it("lists for a glob only what its names match, one level at a time", async () => {
    const keys = ["a", "b", "c"].flatMap((year) =>
      ["x", "y"].flatMap((month) => [`t/${year}/${month}/f`, `t/${year}/${month}/deep/g`]),
    );
    const lists: string[] = [];
    const store = new CountingObjectStore(await storeOf(...keys), {
      before: ({ kind, key }) => {
        if (kind === "list") lists.push(key);
      },
    });
    await discoverFiles(store, ["t/[ab]/x/*"]);
    expect(lists).toEqual(["t/", "t/a/x/", "t/b/x/", "t/a/x/deep/", "t/b/x/deep/"]);
  });
});
