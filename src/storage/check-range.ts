import type { ByteRange } from "./object-store.ts";
import { storageError } from "./storage-error.ts";

/** Throws `RANGE_OUTSIDE_OBJECT` unless the range lies inside an object of `sizeBytes`. */
export function checkRange(key: string, range: ByteRange, sizeBytes: number): void {
  const { start, end } = range;
  if (
    Number.isInteger(start) &&
    Number.isInteger(end) &&
    0 <= start &&
    start <= end &&
    end <= sizeBytes
  )
    return;
  throw storageError(
    "RANGE_OUTSIDE_OBJECT",
    key,
    `Bytes ${start} to ${end} of \`${key}\` were asked for, but it has ${sizeBytes}`,
    { start, end, sizeBytes },
  );
}
