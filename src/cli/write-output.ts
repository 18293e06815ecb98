import { randomUUID } from "node:crypto";
import { open, rename, unlink } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { setImmediate as eventLoop } from "node:timers/promises";
import { CancelledError, StorageError } from "../common/errors.ts";
import { unlessAborted } from "../common/unless-aborted.ts";
import { printable } from "./printable.ts";

type Pieces = AsyncIterable<string | Uint8Array>;
const PIECE_BYTES = 1 << 16;

/** Where the results of a command go, one after the other. */
export interface Output {
  /** Resolves when the pieces are written: to false where nobody reads any more. */
  write(pieces: Pieces): Promise<boolean>;
  finish(): Promise<void>;
  /** Leaves nothing of an output that did not come to its end. */
  discard(): Promise<void>;
}

/** Standard output. A reader that has gone away is no error. Control characters of data do not reach a terminal. */
export function stdoutOutput(signal: AbortSignal): Output {
  const { stdout } = process;
  // Without a listener the fault of a write would end the process.
  stdout.on("error", () => undefined);
  return {
    async write(pieces) {
      try {
        for await (const chunk of joined(stdout.isTTY ? printablePieces(pieces) : pieces))
          await unlessAborted(written(stdout, chunk), signal, interrupted);
        return true;
      } catch (thrown) {
        if ((thrown as NodeJS.ErrnoException).code === "EPIPE") return false;
        throw thrown;
      }
    },
    finish: async () => undefined,
    discard: async () => undefined,
  };
}

/** A file, all or nothing: its name appears when the last byte is written. Rejects where it cannot be made. */
export async function fileOutput(path: string, signal: AbortSignal): Promise<Output> {
  const unfinished = join(dirname(path), `.${basename(path)}.${randomUUID()}.unfinished`);
  const naming = <T>(work: Promise<T>): Promise<T> =>
    work.catch((cause: unknown) => {
      throw cannotWrite(path, cause);
    });
  const file = await naming(open(unfinished, "w"));
  return {
    async write(pieces) {
      for await (const chunk of joined(pieces)) {
        if (signal.aborted) throw interrupted();
        await naming(file.writeFile(chunk));
      }
      return true;
    },
    async finish() {
      await naming(file.close());
      await naming(rename(unfinished, path));
    },
    async discard() {
      await file.close().catch(() => undefined);
      await unlink(unfinished).catch(() => undefined);
    },
  };
}

const interrupted = (): CancelledError =>
  new CancelledError({
    condition: "OPERATION_CANCELED",
    message: "The query was cancelled.",
    sqlState: "HY008",
  });

function written(stream: NodeJS.WritableStream, chunk: Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    stream.write(chunk, (error) => (error ? reject(error) : resolve()));
  });
}

function cannotWrite(path: string, cause: unknown): StorageError {
  return new StorageError({
    condition: "CANNOT_WRITE_OUTPUT",
    message: `Cannot write ${path}: ${(cause as Error).message}`,
    sqlState: "58030",
    details: { path },
    cause,
  });
}

async function* printablePieces(pieces: Pieces): Pieces {
  for await (const piece of pieces) yield typeof piece === "string" ? printable(piece) : piece;
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
