import type { StorageError } from "../common/errors.ts";
import { objectNotFound, type StorageCondition, storageError } from "./storage-error.ts";

const CONDITIONS: { readonly [code: string]: StorageCondition } = {
  ENOSPC: "DISK_FULL",
  EDQUOT: "DISK_FULL",
  EFBIG: "DISK_FULL",
  EACCES: "ACCESS_DENIED",
  EPERM: "ACCESS_DENIED",
  EROFS: "ACCESS_DENIED",
};

const SAYINGS: { readonly [condition: string]: string } = {
  DISK_FULL: "No space is left on the disk of",
  ACCESS_DENIED: "This process may not open",
  STORAGE_FAILED: "The file system failed on",
};

/** What the file system threw for a key, as a `StorageError`. A folder where an object should be counts as no object. */
export function fileError(key: string, thrown: unknown): StorageError {
  const code = errnoOf(thrown);
  if (code === "ENOENT" || code === "ENOTDIR" || code === "EISDIR")
    return objectNotFound(key, thrown);
  const condition = CONDITIONS[code] ?? "STORAGE_FAILED";
  const reason =
    condition === "STORAGE_FAILED" && thrown instanceof Error ? `: ${thrown.message}` : "";
  return storageError(
    condition,
    key,
    `${SAYINGS[condition]} \`${key}\`${reason}`,
    { code },
    thrown,
  );
}

/** The file system's error code, such as `ENOENT`; empty for anything else thrown. */
export function errnoOf(thrown: unknown): string {
  if (thrown instanceof Error && "code" in thrown && typeof thrown.code === "string")
    return thrown.code;
  return "";
}
