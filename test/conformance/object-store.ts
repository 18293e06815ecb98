import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { ObjectStore } from "../../src/storage/object-store.ts";

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

/** The least that a part of an upload to S3 may have. */
export const LARGE_BYTES = 5 << 20;

async function keysOf(store: ObjectStore, prefix: string): Promise<string[]> {
  const keys: string[] = [];
  for await (const { key } of store.list(prefix)) keys.push(key);
  return keys;
}

/** What every `ObjectStore` must do. `open` makes an empty one and `close` removes what it left. */
export function objectStoreConformance(
  name: string,
  open: () => Promise<{ store: ObjectStore; close: () => Promise<void> }>,
): void {
  describe(`${name} keeps the contract of ObjectStore`, () => {
    let store: ObjectStore;
    let close: () => Promise<void>;

    beforeEach(async () => {
      ({ store, close } = await open());
    });
    afterEach(() => close());

    it("gives back what was put", async () => {
      const facts = await store.put("a/b c/ü.bin", bytesOf("hello"));
      expect(facts).toMatchObject({ key: "a/b c/ü.bin", sizeBytes: 5 });
      expect(textOf(await store.get("a/b c/ü.bin"))).toBe("hello");
    });

    it("keeps its bytes when the caller reuses the buffers", async () => {
      const bytes = bytesOf("hello");
      await store.put("k", bytes);
      bytes.fill(0);
      const first = await store.get("k");
      first.fill(0);
      expect(textOf(await store.get("k"))).toBe("hello");
    });

    it("writes pieces one after the other", async () => {
      const pieces = ["he", "", "llo"].map(bytesOf);
      expect(await store.put("k", pieces)).toMatchObject({ sizeBytes: 5 });
      expect(textOf(await store.get("k"))).toBe("hello");
      const many = Array.from({ length: 2000 }, (_, i) => bytesOf(`${i};`));
      await store.put("many", many);
      expect((await store.get("many")).length).toBe(8890);
    });

    it("gives one range", async () => {
      await store.put("k", bytesOf("0123456789"));
      const range = { start: 2, end: 6 };
      expect(textOf(await store.get("k", { range }))).toBe("2345");
    });

    it("gives nothing for an empty range, and an empty object", async () => {
      await store.put("k", bytesOf("abc"));
      await store.put("empty", new Uint8Array(0));
      expect(await store.get("k", { range: { start: 3, end: 3 } })).toHaveLength(0);
      expect(await store.get("empty")).toHaveLength(0);
    });

    it("refuses a range that does not lie inside the object", async () => {
      await store.put("k", bytesOf("abc"));
      for (const range of [
        { start: 1, end: 4 },
        { start: -1, end: 2 },
        { start: 2, end: 1 },
      ])
        await expect(store.get("k", { range })).rejects.toMatchObject({
          condition: "RANGE_OUTSIDE_OBJECT",
          details: { key: "k", sizeBytes: 3 },
        });
    });

    it("says which object is missing", async () => {
      const missing = { family: "storage", condition: "OBJECT_NOT_FOUND", retryable: false };
      await expect(store.get("no/such")).rejects.toMatchObject(missing);
      await expect(store.head("no/such")).rejects.toMatchObject({
        ...missing,
        details: { key: "no/such" },
      });
    });

    it("does not take a folder for an object", async () => {
      await store.put("a/b", bytesOf("x"));
      await expect(store.get("a")).rejects.toMatchObject({ condition: "OBJECT_NOT_FOUND" });
      await expect(store.head("a")).rejects.toMatchObject({ condition: "OBJECT_NOT_FOUND" });
    });

    it("tells size and etag by head, as put and list do", async () => {
      const { modifiedMs, ...put } = await store.put("k", bytesOf("abc"));
      const head = await store.head("k");
      expect(head).toMatchObject(put);
      expect(Math.abs(head.modifiedMs - modifiedMs)).toBeLessThan(5000);
      for await (const listed of store.list("k")) expect(listed).toEqual(head);
    });

    it("changes the etag when the bytes change", async () => {
      const before = await store.put("k", bytesOf("abc"));
      const after = await store.put("k", bytesOf("abd"));
      expect(after.etag).not.toBe(before.etag);
      expect(textOf(await store.get("k"))).toBe("abd");
    });

    it("refuses to read an object that has changed since", async () => {
      const before = await store.put("k", bytesOf("abc"));
      expect(textOf(await store.get("k", { ifMatch: before.etag }))).toBe("abc");
      await store.put("k", bytesOf("abd"));
      await expect(store.get("k", { ifMatch: before.etag })).rejects.toMatchObject({
        condition: "OBJECT_CHANGED",
        retryable: false,
      });
    });

    it("lets one of many conditional writers win", async () => {
      const texts = ["one", "two", "three", "four", "five"];
      const writes = await Promise.allSettled(
        texts.map((text) => store.put("k", bytesOf(text), { ifNoneMatch: true })),
      );
      const won = writes.findIndex((write) => write.status === "fulfilled");
      expect(writes.filter((write) => write.status === "fulfilled")).toHaveLength(1);
      expect(textOf(await store.get("k"))).toBe(texts[won]);
      for (const write of writes)
        if (write.status === "rejected")
          expect(write.reason).toMatchObject({ condition: "PRECONDITION_FAILED" });
    });

    it("lists what starts with a prefix, in the byte order of whole keys", async () => {
      for (const key of ["a/b", "a-b", "a/b/c.x", "a0", "b", "a/é", "a/z"].filter(
        (k) => k !== "a/b",
      ))
        await store.put(key, bytesOf(key));
      expect(await keysOf(store, "a")).toEqual(["a-b", "a/b/c.x", "a/z", "a/é", "a0"]);
      expect(await keysOf(store, "a/")).toEqual(["a/b/c.x", "a/z", "a/é"]);
      expect(await keysOf(store, "a/b")).toEqual(["a/b/c.x"]);
      expect(await keysOf(store, "c")).toEqual([]);
      expect(await keysOf(store, "no/such/")).toEqual([]);
    });

    it("lists one level of folders on request", async () => {
      for (const key of ["t/a/x", "t/a/y/z", "t/a.b", "t/ab/x", "t/b", "t/ü d/x"])
        await store.put(key, bytesOf(key));
      const level = async (prefix: string): Promise<string[]> => {
        const keys: string[] = [];
        for await (const { key } of store.list(prefix, { oneLevel: true })) keys.push(key);
        return keys;
      };
      expect(await level("t/")).toEqual(["t/a.b", "t/a/", "t/ab/", "t/b", "t/ü d/"]);
      expect(await level("t/a")).toEqual(["t/a.b", "t/a/", "t/ab/"]);
      expect(await level("t/a/")).toEqual(["t/a/x", "t/a/y/"]);
      expect(await level("t")).toEqual(["t/"]);
      expect(await level("no/such/")).toEqual([]);
    });

    it("keeps keys apart that differ only in odd characters", async () => {
      const keys = ["a+b", "a b", "a%20b", "a&b", "a<b>", "a'b\"", "dt=2024-01-01", "ü", "a..b"];
      for (const key of keys) await store.put(`odd/${key}`, bytesOf(key));
      for (const key of keys) expect(textOf(await store.get(`odd/${key}`))).toBe(key);
      expect((await keysOf(store, "odd/")).sort()).toEqual(keys.map((key) => `odd/${key}`).sort());
      await store.delete(keys.map((key) => `odd/${key}`));
      expect(await keysOf(store, "odd/")).toEqual([]);
    });

    it("gives the end of an object with its facts, where it can", async () => {
      if (store.getTail === undefined) return;
      const { etag } = await store.put("k", bytesOf("0123456789"));
      await store.put("empty", new Uint8Array(0));
      const tail = await store.getTail("k", 4);
      expect(textOf(tail.bytes)).toBe("6789");
      expect(tail.facts).toEqual(await store.head("k"));
      expect(tail.facts).toMatchObject({ key: "k", sizeBytes: 10, etag });
      expect(textOf((await store.getTail("k", 99)).bytes)).toBe("0123456789");
      expect((await store.getTail("empty", 4)).facts).toMatchObject({ sizeBytes: 0 });
      await expect(store.getTail("no/such", 4)).rejects.toMatchObject({
        condition: "OBJECT_NOT_FOUND",
      });
    });

    it("deletes, and does not mind what is not there", async () => {
      await store.put("a/b", bytesOf("x"));
      await store.put("a/c", bytesOf("y"));
      await store.delete(["a/b", "no/such"]);
      expect(await keysOf(store, "")).toEqual(["a/c"]);
      await store.put("a/b", bytesOf("again"));
      expect(textOf(await store.get("a/b"))).toBe("again");
    });

    it("lists and deletes more objects than a page of S3's holds", async () => {
      const keys = Array.from({ length: 1003 }, (_, i) => `many/${String(i).padStart(4, "0")}`);
      await Promise.all(keys.map((key) => store.put(key, bytesOf("x"))));
      await store.put("other", bytesOf("x"));
      expect(await keysOf(store, "many/")).toEqual(keys);
      await store.delete(keys);
      expect(await keysOf(store, "")).toEqual(["other"]);
    });

    it("lets one of the writers of a large object win, with all of its bytes", async () => {
      const sizeBytes = LARGE_BYTES + 3;
      const write = (byte: number) => {
        const pieces = [
          new Uint8Array(1000).fill(byte),
          new Uint8Array(LARGE_BYTES - 997).fill(byte),
        ];
        return store.put("large", pieces, { ifNoneMatch: true });
      };
      expect(await write(1)).toMatchObject({ key: "large", sizeBytes });
      await expect(write(2)).rejects.toMatchObject({ condition: "PRECONDITION_FAILED" });
      expect(Buffer.from(await store.get("large")).equals(Buffer.alloc(sizeBytes, 1))).toBe(true);
      expect(await keysOf(store, "")).toEqual(["large"]);
    });

    it("reads into memory at once, where it can", async () => {
      const { etag } = await store.put("k", bytesOf("0123456789"));
      const target = new Uint8Array(6);
      const { readInto } = store;
      if (readInto === undefined) return;
      readInto.call(store, "k", { start: 3, end: 7 }, target.subarray(1, 5), etag);
      expect([...target]).toEqual([0, 51, 52, 53, 54, 0]);
      const changed = () => readInto.call(store, "k", { start: 0, end: 1 }, target, "other");
      expect(changed).toThrow(expect.objectContaining({ condition: "OBJECT_CHANGED" }));
      const outside = () => readInto.call(store, "k", { start: 0, end: 11 }, target);
      expect(outside).toThrow(expect.objectContaining({ condition: "RANGE_OUTSIDE_OBJECT" }));
      const missing = () => readInto.call(store, "no", { start: 0, end: 1 }, target);
      expect(missing).toThrow(expect.objectContaining({ condition: "OBJECT_NOT_FOUND" }));
    });
  });
}
