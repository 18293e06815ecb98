/** Requests as S3 bills them, those answered with 500 and above left out, and what they carried. */
export interface S3Usage {
  readonly gets: number;
  readonly heads: number;
  /** With every request of a multipart upload. */
  readonly puts: number;
  readonly lists: number;
  /** Requests, not objects; free of charge. */
  readonly deletes: number;
  readonly bytesRead: number;
  readonly bytesWritten: number;
  /** Requests sent again after a failure … */
  readonly retries: number;
  /** … and GETs sent a second time for being slow. */
  readonly hedges: number;
}

export type RequestKind = "gets" | "heads" | "puts" | "lists" | "deletes";

export const NO_USAGE: S3Usage = Object.freeze({
  gets: 0,
  heads: 0,
  puts: 0,
  lists: 0,
  deletes: 0,
  bytesRead: 0,
  bytesWritten: 0,
  retries: 0,
  hedges: 0,
});

/** What was used between two readings of one client's usage. */
export function usageSince(now: S3Usage, before: S3Usage): S3Usage {
  return {
    gets: now.gets - before.gets,
    heads: now.heads - before.heads,
    puts: now.puts - before.puts,
    lists: now.lists - before.lists,
    deletes: now.deletes - before.deletes,
    bytesRead: now.bytesRead - before.bytesRead,
    bytesWritten: now.bytesWritten - before.bytesWritten,
    retries: now.retries - before.retries,
    hedges: now.hedges - before.hedges,
  };
}

export function usageSum(a: S3Usage, b: S3Usage): S3Usage {
  return {
    gets: a.gets + b.gets,
    heads: a.heads + b.heads,
    puts: a.puts + b.puts,
    lists: a.lists + b.lists,
    deletes: a.deletes + b.deletes,
    bytesRead: a.bytesRead + b.bytesRead,
    bytesWritten: a.bytesWritten + b.bytesWritten,
    retries: a.retries + b.retries,
    hedges: a.hedges + b.hedges,
  };
}
