import type { ObjectFacts } from "./object-store.ts";

/** The entry of a folder in a list of one level; its key ends in `/`. */
export const folderFacts = (key: string): ObjectFacts => ({
  key,
  sizeBytes: 0,
  etag: "",
  modifiedMs: 0,
});
