import { type BigIntStats, closeSync, fstatSync, openSync, statSync } from "node:fs";
import { objectNotFound } from "./storage-error.ts";

/** A file opened for reading and what was true of it then. */
export interface FileHandle {
  readonly fd: number;
  readonly sizeBytes: number;
  readonly etag: string;
  readonly modifiedMs: number;
  readers: number;
  dropped: boolean;
  readonly ino: number;
  /** `modifiedMs` with its fraction. */
  readonly exactMs: number;
}

/** The etag of a local file: differs when its size, its time or the file itself does. */
export function etagOf(stats: BigIntStats): string {
  return `${stats.size.toString(16)}-${stats.mtimeNs.toString(16)}-${stats.ino.toString(16)}`;
}

/**
 * Descriptors of files read lately, at most `limit` of them, least recently used closed first. `acquire` asks the file
 * system whether the path still names the same bytes.
 */
export class FileHandles {
  private readonly byPath = new Map<string, FileHandle>();
  private readonly limit: number;

  constructor(limit: number) {
    this.limit = limit;
  }

  /** The handle, which the caller must release. Throws what the file system throws. */
  acquire(path: string): FileHandle {
    const known = this.byPath.get(path);
    if (known !== undefined) {
      this.byPath.delete(path);
      if (isStillTrue(path, known)) {
        this.byPath.set(path, known);
        known.readers++;
        return known;
      }
      this.retire(known);
    }
    const opened = open(path);
    if (this.limit > 0) {
      this.byPath.set(path, opened);
      this.trim();
    } else opened.dropped = true;
    return opened;
  }

  release(handle: FileHandle): void {
    handle.readers--;
    if (handle.dropped && handle.readers === 0) closeSync(handle.fd);
  }

  drop(path: string): void {
    const handle = this.byPath.get(path);
    if (handle === undefined) return;
    this.byPath.delete(path);
    this.retire(handle);
  }

  close(): void {
    for (const path of [...this.byPath.keys()]) this.drop(path);
  }

  private trim(): void {
    for (const path of this.byPath.keys()) {
      if (this.byPath.size <= this.limit) return;
      this.drop(path);
    }
  }

  private retire(handle: FileHandle): void {
    handle.dropped = true;
    if (handle.readers === 0) closeSync(handle.fd);
  }
}

/** Numbers, which lose some nanoseconds of the time: whole numbers take several times as long to ask for. */
function isStillTrue(path: string, handle: FileHandle): boolean {
  const stats = statSync(path, { throwIfNoEntry: false });
  return (
    stats !== undefined &&
    stats.size === handle.sizeBytes &&
    stats.mtimeMs === handle.exactMs &&
    stats.ino === handle.ino
  );
}

function open(path: string): FileHandle {
  const fd = openSync(path, "r");
  try {
    const stats = fstatSync(fd, { bigint: true });
    if (stats.isDirectory()) throw objectNotFound(path);
    return {
      fd,
      sizeBytes: Number(stats.size),
      etag: etagOf(stats),
      modifiedMs: Number(stats.mtimeMs),
      readers: 1,
      dropped: false,
      ino: Number(stats.ino),
      exactMs: fstatSync(fd).mtimeMs,
    };
  } catch (thrown) {
    closeSync(fd);
    throw thrown;
  }
}
