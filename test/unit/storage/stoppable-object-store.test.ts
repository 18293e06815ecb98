import { describe, expect, it } from "vitest";
import type { ObjectStore } from "../../../src/storage/object-store.ts";
import { StoppableObjectStore } from "../../../src/storage/stoppable-object-store.ts";
import { MemoryObjectStore } from "../../support/stores/memory-object-store.ts";

async function keysOf(store: ObjectStore, prefix: string): Promise<string[]> {
  const keys: string[] = [];
  for await (const { key } of store.list(prefix)) keys.push(key);
  return keys;
}

const STOPPED = { condition: "OPERATION_CANCELED", family: "cancelled" };

describe("StoppableObjectStore", () => {
  it("is its inner store until the signal aborts, then refuses everything", async () => {
    const stop = new AbortController();
    const store = new StoppableObjectStore(new MemoryObjectStore(), stop.signal);
    await store.put("a/1", Buffer.from("one"));
    const bytes = await store.get("a/1", { range: { start: 1, end: 3 } });
    expect(Buffer.from(bytes).toString()).toBe("ne");
    expect((await store.head("a/1")).sizeBytes).toBe(3);
    expect(await keysOf(store, "a/")).toEqual(["a/1"]);
    stop.abort();
    const requests = [
      () => store.get("a/1"),
      () => store.put("a/2", Buffer.from("two")),
      () => store.head("a/1"),
      () => keysOf(store, "a/"),
      () => store.delete(["a/1"]),
    ];
    for (const request of requests) await expect(request()).rejects.toMatchObject(STOPPED);
  });

  it("does not wait for what is under way, and lets it fail unheard", async () => {
    const stop = new AbortController();
    const late = Promise.withResolvers<Uint8Array>();
    const inner: ObjectStore = Object.assign(new MemoryObjectStore(), { get: () => late.promise });
    const reading = new StoppableObjectStore(inner, stop.signal).get("a");
    setTimeout(() => stop.abort(), 1);
    await expect(reading).rejects.toMatchObject(STOPPED);
    late.reject(new Error("reset"));
    await new Promise((resolve) => setTimeout(resolve, 1));
  });
});
