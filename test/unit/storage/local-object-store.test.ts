import { chmod, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { fileError } from "../../../src/storage/file-error.ts";
import { LocalObjectStore } from "../../../src/storage/local-object-store.ts";

const bytes = (text: string) => new TextEncoder().encode(text);
const text = (data: Uint8Array) => new TextDecoder().decode(data);

describe("LocalObjectStore", () => {
  let root: string;
  let store: LocalObjectStore;

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), "tindra-local-"));
    store = new LocalObjectStore(root);
  });
  afterEach(async () => {
    store.close();
    await rm(root, { recursive: true });
  });

  it("takes absolute paths and file URLs as keys, and lists under the form it was asked in", async () => {
    await store.put("a b/x", bytes("hi"));
    expect(text(await store.get(`${root}/a b/x`))).toBe("hi");
    expect(text(await store.get(`file://${root}/a b/x`))).toBe("hi");
    expect(text(await store.get(`file:${root}/a b/x`))).toBe("hi");
    for await (const { key } of store.list(`${root}/a`)) expect(key).toBe(`${root}/a b/x`);
  });

  it("leaves no unfinished file beside an object, whoever wins", async () => {
    await Promise.all([1, 2, 3].map((i) => store.put("d/k", bytes(`${i}`))));
    await Promise.allSettled(
      [1, 2, 3].map((i) => store.put("d/n", bytes(`${i}`), { ifNoneMatch: true })),
    );
    expect((await readdir(join(root, "d"))).sort()).toEqual(["k", "n"]);
  });

  it("notices a file that was rewritten in place", async () => {
    await writeFile(join(root, "f"), "first");
    const { etag } = await store.head("f");
    expect(text(await store.get("f", { ifMatch: etag }))).toBe("first");
    await writeFile(join(root, "f"), "other bytes");
    await expect(store.get("f", { ifMatch: etag })).rejects.toMatchObject({
      condition: "OBJECT_CHANGED",
    });
    expect(text(await store.get("f"))).toBe("other bytes");
  });

  it("answers head of a key with a slash behind for folders", async () => {
    await mkdir(join(root, "empty"));
    expect(await store.head("empty/")).toMatchObject({ key: "empty/", sizeBytes: 0 });
    await expect(store.head("none/")).rejects.toMatchObject({ condition: "OBJECT_NOT_FOUND" });
  });

  it("follows links to files and folders when it lists", async () => {
    await store.put("real/x", bytes("x"));
    await symlink(join(root, "real"), join(root, "linked"));
    const keys: string[] = [];
    for await (const { key } of store.list("linked/")) keys.push(key);
    expect(keys).toEqual(["linked/x"]);
  });

  it("passes over links to a folder that its list is in already", async () => {
    await store.put("t/x", bytes("x"));
    await store.put("t/below/y", bytes("y"));
    await symlink(".", join(root, "t/self"));
    await symlink("../..", join(root, "t/below/up"));
    const keys: string[] = [];
    for await (const { key } of store.list("t/")) keys.push(key);
    expect(keys).toEqual(["t/below/y", "t/x"]);
  });

  it("keeps at most as many files open as it was told", async () => {
    const small = new LocalObjectStore(root, { openFiles: 2 });
    for (let i = 0; i < 20; i++) await small.put(`f${i}`, bytes(`${i}`));
    const before = (await readdir("/proc/self/fd")).length;
    for (let i = 0; i < 20; i++) expect(text(await small.get(`f${i}`))).toBe(`${i}`);
    expect((await readdir("/proc/self/fd")).length).toBeLessThanOrEqual(before + 2);
    small.close();
    expect((await readdir("/proc/self/fd")).length).toBeLessThanOrEqual(before);
  });

  it("removes the folders that a delete empties, but never its root", async () => {
    const pruning = new LocalObjectStore(root, { removesEmptyFolders: true, openFiles: 0 });
    await pruning.put("q/s/t", bytes("x"));
    await pruning.put("q/u", bytes("x"));
    await pruning.delete(["q/s/t"]);
    expect(await readdir(join(root, "q"))).toEqual(["u"]);
    await pruning.delete(["q/u"]);
    expect(await readdir(root)).toEqual([]);
  });

  it("goes on writing while another writer's delete removes the folder under it", async () => {
    const pruning = new LocalObjectStore(root, { removesEmptyFolders: true, openFiles: 0 });
    const churn = Array.from({ length: 40 }, async (_, i) => {
      await pruning.put(`q/${i}`, bytes("x"));
      await pruning.delete([`q/${i}`]);
    });
    await Promise.all(churn);
    expect(await readdir(root)).toEqual([]);
  });

  it.skipIf(process.getuid?.() === 0)("says when it may not read", async () => {
    await store.put("secret", bytes("x"));
    await chmod(join(root, "secret"), 0);
    await expect(store.get("secret")).rejects.toMatchObject({ condition: "ACCESS_DENIED" });
  });

  it("names each failure of the file system by its condition", () => {
    const of = (code: string) => fileError("k", Object.assign(new Error("boom"), { code }));
    expect(of("ENOSPC")).toMatchObject({
      condition: "DISK_FULL",
      details: { key: "k", code: "ENOSPC" },
    });
    expect(of("EACCES")).toMatchObject({ condition: "ACCESS_DENIED" });
    expect(of("ENOENT")).toMatchObject({ condition: "OBJECT_NOT_FOUND" });
    expect(of("EIO")).toMatchObject({
      condition: "STORAGE_FAILED",
      message: "The file system failed on `k`: boom",
    });
  });

  it("says that a file stands where a folder is needed", async () => {
    await store.put("a", bytes("x"));
    await expect(store.put("a/b", bytes("y"))).rejects.toMatchObject({
      condition: "STORAGE_FAILED",
    });
  });
});
