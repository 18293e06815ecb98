import { describe, expect, it } from "vitest";
import type { RemoteStore } from "../../../src/storage/lazy-object-store.ts";
import { RoutingObjectStore } from "../../../src/storage/routing-object-store.ts";
import { MemoryObjectStore } from "../../support/stores/memory-object-store.ts";

const closable = () => {
  const store = Object.assign(new MemoryObjectStore(), {
    isClosed: false,
    close: () => {
      store.isClosed = true;
    },
    getTail: async (key: string) => ({ facts: await store.head(key), bytes: await store.get(key) }),
  });
  return store satisfies RemoteStore;
};

describe("A routing store", () => {
  it("sends keys with a scheme to its store, which is opened by the first of them", async () => {
    const [local, remote] = [closable(), closable()];
    let opened = 0;
    const store = new RoutingObjectStore(local, {
      s3: async () => {
        opened++;
        return remote;
      },
    });
    await store.put("a", Buffer.from("local"));
    expect(opened).toBe(0);
    await store.put("s3://b/a", Buffer.from("remote"));
    expect(String(Buffer.from(await store.get("s3://b/a")))).toBe("remote");
    expect(String(Buffer.from(await local.get("a")))).toBe("local");
    expect((await store.head("S3://b/a").catch((error) => error)).condition).toBe(
      "OBJECT_NOT_FOUND",
    );
    const keys: string[] = [];
    for await (const { key } of store.list("s3://b/")) keys.push(key);
    expect(keys).toEqual(["s3://b/a"]);
    await store.delete(["a", "s3://b/a"]);
    await expect(local.get("a")).rejects.toMatchObject({ condition: "OBJECT_NOT_FOUND" });
    await expect(remote.get("s3://b/a")).rejects.toMatchObject({ condition: "OBJECT_NOT_FOUND" });
    expect(opened).toBe(1);
    store.close();
    await Promise.resolve();
    expect([local.isClosed, remote.isClosed]).toEqual([true, true]);
  });

  it("lets what answers for a key do all that it can", () => {
    const local = closable();
    const store = new RoutingObjectStore(local, { s3: async () => closable() });
    expect(store.storeOf("file:///a").readInto).toBeDefined();
    expect(store.storeOf("s3://b/a").readInto).toBeUndefined();
    expect(store.storeOf("s3://b/a").getTail).toBeDefined();
  });

  it("refuses schemes that it does not know", async () => {
    const store = new RoutingObjectStore(closable(), { s3: async () => closable() });
    await expect(store.get("gs://b/a")).rejects.toMatchObject({
      condition: "UNSUPPORTED_SCHEME",
      message: "`gs://b/a` cannot be read: gs:// is not among s3://, file://",
    });
  });
});
