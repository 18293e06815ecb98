import { type Json, StorageError } from "../common/errors.ts";

/** What a store can answer other than the bytes asked for; see `ObjectStore`. */
export type StorageCondition =
  | "OBJECT_NOT_FOUND"
  | "PRECONDITION_FAILED"
  | "THROTTLED"
  | "NETWORK_FAILED"
  | "ACCESS_DENIED"
  | "DISK_FULL"
  | "OBJECT_CHANGED"
  | "RANGE_OUTSIDE_OBJECT"
  | "UNSUPPORTED_SCHEME"
  | "STORAGE_FAILED";

const SQL_STATES: Record<StorageCondition, string> = {
  OBJECT_NOT_FOUND: "42K03",
  PRECONDITION_FAILED: "40001",
  THROTTLED: "57014",
  NETWORK_FAILED: "08006",
  ACCESS_DENIED: "42501",
  DISK_FULL: "53100",
  OBJECT_CHANGED: "KD007",
  RANGE_OUTSIDE_OBJECT: "58030",
  UNSUPPORTED_SCHEME: "0A000",
  STORAGE_FAILED: "58030",
};

const RETRYABLE: ReadonlySet<StorageCondition> = new Set(["THROTTLED", "NETWORK_FAILED"]);

/** A `StorageError` of a condition, with the key among its details. */
export function storageError(
  condition: StorageCondition,
  key: string,
  message: string,
  details: { readonly [key: string]: Json } = {},
  cause?: unknown,
): StorageError {
  return new StorageError({
    condition,
    message,
    sqlState: SQL_STATES[condition],
    retryable: RETRYABLE.has(condition),
    details: { key, ...details },
    ...(cause === undefined ? {} : { cause }),
  });
}

/** The error of a key without an object. */
export const objectNotFound = (key: string, cause?: unknown): StorageError =>
  storageError("OBJECT_NOT_FOUND", key, `No object \`${key}\``, {}, cause);

/** The error of a write that found an object it may not replace. */
export const preconditionFailed = (key: string): StorageError =>
  storageError("PRECONDITION_FAILED", key, `Object \`${key}\` is there already`);

/** The error of an object that is no longer the one that was planned with. */
export const objectChanged = (key: string, expected: string, found: string): StorageError =>
  storageError(
    "OBJECT_CHANGED",
    key,
    `Object \`${key}\` changed since the query was planned; run the query again`,
    { expectedEtag: expected, foundEtag: found },
  );
