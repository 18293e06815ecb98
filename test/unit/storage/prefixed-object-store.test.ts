import { expect, it } from "vitest";
import { PrefixedObjectStore } from "../../../src/storage/prefixed-object-store.ts";
import { MemoryObjectStore } from "../../support/stores/memory-object-store.ts";

it("PrefixedObjectStore sees and touches only what begins with its prefix", async () => {
  const inner = new MemoryObjectStore();
  await inner.put("a/x", new Uint8Array([1]));
  await inner.put("b/x", new Uint8Array([2]));
  const store = new PrefixedObjectStore(inner, "a/");
  expect(await store.get("x")).toEqual(new Uint8Array([1]));
  expect((await store.put("y", new Uint8Array([3]))).key).toBe("y");
  expect((await store.head("y")).key).toBe("y");
  await expect(store.put("y", new Uint8Array(), { ifNoneMatch: true })).rejects.toMatchObject({
    condition: "PRECONDITION_FAILED",
    details: { key: "a/y" },
  });
  const keys: string[] = [];
  for await (const { key } of store.list("")) keys.push(key);
  expect(keys).toEqual(["x", "y"]);
  await store.delete(["x", "y"]);
  await expect(store.get("x")).rejects.toMatchObject({ condition: "OBJECT_NOT_FOUND" });
  expect(await inner.get("b/x")).toEqual(new Uint8Array([2]));
});
