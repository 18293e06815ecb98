import { LocalObjectStore } from "./local-object-store.ts";
import type { ObjectStore } from "./object-store.ts";

/** A store of the user's data, to be closed when done. */
export interface DataStore extends ObjectStore {
  close(): void;
}

/** How data is reached from this thread and from others. */
export interface DataAccess {
  /** Paths that are not full are below the folder. */
  readonly openDataStore: (folder: string) => DataStore;
  /** A module that exports the same function, for threads; null: `openLocalData`. */
  readonly module: string | null;
}

/** This machine's files and nothing else. */
export const LOCAL_DATA: DataAccess = Object.freeze({
  openDataStore: (folder: string) => new LocalObjectStore(folder),
  module: null,
});

/** Opens the data on another thread than the one that chose how. */
export async function openDataStore(module: string | null, folder: string): Promise<DataStore> {
  if (module === null) return LOCAL_DATA.openDataStore(folder);
  const access = (await import(module)) as Pick<DataAccess, "openDataStore">;
  return access.openDataStore(folder);
}
