import { randomUUID } from "node:crypto";
import { createWriteStream } from "node:fs";
import { rename, unlink } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { setImmediate as eventLoop } from "node:timers/promises";
import { StorageError } from "../common/errors.ts";

type Pieces = AsyncIterable<string | Uint8Array>;
const PIECE_BYTES = 1 << 16;

/** Writes to standard output, until the signal aborts. A reader that has gone away is no error. */
export async function writeToStdout(pieces: Pieces, signal: AbortSignal): Promise<void> {
  try {
    await pipeline(Readable.from(joined(pieces)), process.stdout, { end: false, signal });
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code !== "EPIPE") throw thrown;
  }
}

/** Writes a file all or nothing: its name appears when the last byte is written. */
export async function writeToFile(
  path: string,
  pieces: Pieces,
  signal: AbortSignal,
): Promise<void> {
  const unfinished = join(dirname(path), `.${basename(path)}.${randomUUID()}.unfinished`);
  try {
    await pipeline(Readable.from(joined(pieces)), createWriteStream(unfinished), { signal });
    await rename(unfinished, path);
  } catch (thrown) {
    await unlink(unfinished).catch(() => undefined);
    if (signal.aborted || (thrown as NodeJS.ErrnoException).code === undefined) throw thrown;
    throw new StorageError({
      condition: "CANNOT_WRITE_OUTPUT",
      message: `Cannot write ${path}: ${(thrown as Error).message}`,
      sqlState: "58030",
      details: { path },
      cause: thrown,
    });
  }
}

/** Small pieces put together. Between them the program hears whether it is interrupted. */
async function* joined(pieces: Pieces): AsyncGenerator<Uint8Array, void, void> {
  let texts: string[] = [];
  let size = 0;
  for await (const piece of pieces) {
    if (typeof piece !== "string") {
      yield piece;
      continue;
    }
    texts.push(piece);
    size += piece.length;
    if (size < PIECE_BYTES) continue;
    yield Buffer.from(texts.join(""));
    await eventLoop();
    texts = [];
    size = 0;
  }
  if (texts.length > 0) yield Buffer.from(texts.join(""));
}
