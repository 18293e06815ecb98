import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { LocalObjectStore } from "../../src/storage/local-object-store.ts";
import type { ObjectStore } from "../../src/storage/object-store.ts";
import { CountingObjectStore } from "../support/stores/counting-object-store.ts";
import { MemoryObjectStore } from "../support/stores/memory-object-store.ts";
import { RetryingObjectStore } from "../support/stores/retrying-object-store.ts";
import { objectStoreConformance } from "./object-store.ts";

const inMemory = async (store: ObjectStore) => ({ store, close: async () => undefined });

async function local(openFiles: number) {
  const root = await mkdtemp(join(tmpdir(), "tindra-store-"));
  const store = new LocalObjectStore(root, { openFiles, removesEmptyFolders: openFiles === 0 });
  const close = async () => {
    store.close();
    await rm(root, { recursive: true });
  };
  return { store, close };
}

objectStoreConformance("MemoryObjectStore", () => inMemory(new MemoryObjectStore()));
objectStoreConformance("LocalObjectStore", () => local(2));
objectStoreConformance("LocalObjectStore that keeps no file open", () => local(0));
objectStoreConformance("CountingObjectStore", () =>
  inMemory(new CountingObjectStore(new MemoryObjectStore())),
);
objectStoreConformance("RetryingObjectStore", () =>
  inMemory(new RetryingObjectStore(new MemoryObjectStore())),
);
