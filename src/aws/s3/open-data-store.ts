import type { DataAccess, DataStore } from "../../storage/data-store.ts";
import { LocalObjectStore } from "../../storage/local-object-store.ts";
import { RoutingObjectStore } from "../../storage/routing-object-store.ts";

/** This machine's files, and `s3://` with the environment's settings and credentials. */
export function openDataStore(folder: string): DataStore {
  const openS3 = async () => {
    const { openS3Data } = await import("./open-s3-data.ts");
    return openS3Data();
  };
  const remotes = { s3: openS3, s3a: openS3, s3n: openS3 };
  return new RoutingObjectStore(new LocalObjectStore(folder), remotes);
}

const extension = import.meta.url.endsWith(".ts") ? "ts" : "js";

/** For sessions that read S3 as they read local files. Workers open the module by its own name, bundled or not. */
export const S3_DATA: DataAccess = Object.freeze({
  openDataStore,
  module: new URL(`./open-data-store.${extension}`, import.meta.url).href,
});
