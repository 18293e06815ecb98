import { describe, expect, it } from "vitest";
import { storageError } from "../../../src/storage/storage-error.ts";
import {
  CountingObjectStore,
  type RequestHooks,
} from "../../support/stores/counting-object-store.ts";
import { MemoryObjectStore } from "../../support/stores/memory-object-store.ts";
import { RetryingObjectStore } from "../../support/stores/retrying-object-store.ts";

const bytes = (text: string) => new TextEncoder().encode(text);

function failing(
  times: number,
  when: keyof RequestHooks,
  condition: "THROTTLED" | "ACCESS_DENIED" = "THROTTLED",
) {
  let left = times;
  const fail = () => {
    if (left-- > 0) throw storageError(condition, "k", "Slow down");
  };
  const waits: number[] = [];
  const memory = new MemoryObjectStore();
  const counting = new CountingObjectStore(memory, { [when]: fail });
  const store = new RetryingObjectStore(counting, {
    attempts: 4,
    baseMs: 10,
    capMs: 50,
    random: () => 1,
    wait: async (ms) => waits.push(ms),
  });
  return { store, memory, counting, waits };
}

describe("RetryingObjectStore", () => {
  it("waits longer before each further try, up to the cap", async () => {
    const { store, memory, waits, counting } = failing(3, "before");
    await memory.put("k", bytes("x"));
    expect(await store.get("k")).toEqual(bytes("x"));
    expect(waits).toEqual([20, 40, 50]);
    expect(counting.counts.gets).toBe(4);
  });

  it("gives up after its last try with the store's own error", async () => {
    const { store, counting } = failing(9, "before");
    await expect(store.head("k")).rejects.toMatchObject({ condition: "THROTTLED" });
    expect(counting.counts.heads).toBe(4);
  });

  it("does not ask again for what will not change", async () => {
    const { store, counting } = failing(9, "before", "ACCESS_DENIED");
    await expect(store.get("k")).rejects.toMatchObject({ condition: "ACCESS_DENIED" });
    expect(counting.counts.gets).toBe(1);
  });

  it("knows its own conditional write again when the answer was lost", async () => {
    const { store } = failing(1, "after");
    expect(await store.put("k", bytes("mine"), { ifNoneMatch: true })).toMatchObject({
      sizeBytes: 4,
    });
  });

  it("still loses a conditional write to another writer", async () => {
    const { store, memory } = failing(1, "before");
    await memory.put("k", bytes("theirs"));
    await expect(store.put("k", bytes("mine"), { ifNoneMatch: true })).rejects.toMatchObject({
      condition: "PRECONDITION_FAILED",
    });
  });

  it("lists each object once although the listing broke on the way", async () => {
    const { store, memory } = failing(1, "after");
    for (const key of ["a", "b", "c"]) await memory.put(key, bytes(key));
    const keys: string[] = [];
    for await (const { key } of store.list("")) keys.push(key);
    expect(keys).toEqual(["a", "b", "c"]);
  });
});
