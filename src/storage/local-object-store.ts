import { randomUUID } from "node:crypto";
import { read, readSync } from "node:fs";
import {
  link,
  mkdir,
  open,
  readdir,
  realpath,
  rename,
  rmdir,
  stat,
  unlink,
} from "node:fs/promises";
import { basename, dirname, isAbsolute, join, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { StorageError } from "../common/errors.ts";
import { checkRange } from "./check-range.ts";
import { errnoOf, fileError } from "./file-error.ts";
import { etagOf, type FileHandle, FileHandles } from "./file-handles.ts";
import { folderFacts } from "./folder-facts.ts";
import type {
  ByteRange,
  ListOptions,
  ObjectBytes,
  ObjectFacts,
  ObjectStore,
} from "./object-store.ts";
import { objectChanged, preconditionFailed, storageError } from "./storage-error.ts";

const readFile = promisify(read);
const UNFINISHED = ".tindra-unfinished-";
const PUT_TRIES = 20;

/** How a directory serves as a store. */
export interface LocalObjectStoreOptions {
  /** How many descriptors stay open for reading. A store whose objects soon go needs 0. */
  readonly openFiles?: number;
  /** True if `delete` removes the folders below the root that it leaves empty. */
  readonly removesEmptyFolders?: boolean;
}

/**
 * The files below a folder. A key may also be an absolute path or a `file:` URL. `head` of a key that ends in `/`
 * answers for a folder. Call `close` when done.
 */
export class LocalObjectStore implements ObjectStore {
  readonly root: string;
  private readonly handles: FileHandles;
  private readonly removesEmptyFolders: boolean;

  constructor(root: string, options: LocalObjectStoreOptions = {}) {
    this.root = root;
    this.handles = new FileHandles(options.openFiles ?? 64);
    this.removesEmptyFolders = options.removesEmptyFolders ?? false;
  }

  async get(
    key: string,
    options: { range?: ByteRange; ifMatch?: string } = {},
  ): Promise<Uint8Array> {
    const handle = this.open(key, options.ifMatch);
    try {
      const range = options.range ?? { start: 0, end: handle.sizeBytes };
      checkRange(key, range, handle.sizeBytes);
      const target = new Uint8Array(range.end - range.start);
      let filled = 0;
      while (filled < target.length) {
        const { bytesRead } = await readFile(
          handle.fd,
          target,
          filled,
          target.length - filled,
          range.start + filled,
        );
        if (bytesRead === 0) throw shortened(key, handle);
        filled += bytesRead;
      }
      return target;
    } catch (thrown) {
      throw asStorageError(key, thrown);
    } finally {
      this.handles.release(handle);
    }
  }

  readInto(key: string, range: ByteRange, target: Uint8Array, ifMatch?: string): void {
    const handle = this.open(key, ifMatch);
    try {
      checkRange(key, range, handle.sizeBytes);
      const sizeBytes = range.end - range.start;
      let filled = 0;
      while (filled < sizeBytes) {
        const bytesRead = readSync(
          handle.fd,
          target,
          filled,
          sizeBytes - filled,
          range.start + filled,
        );
        if (bytesRead === 0) throw shortened(key, handle);
        filled += bytesRead;
      }
    } catch (thrown) {
      throw asStorageError(key, thrown);
    } finally {
      this.handles.release(handle);
    }
  }

  async put(
    key: string,
    bytes: ObjectBytes,
    options: { ifNoneMatch?: boolean } = {},
  ): Promise<ObjectFacts> {
    const path = this.pathOf(key);
    for (let tries = 1; ; tries++) {
      try {
        return await this.putOnce(key, path, bytes, options.ifNoneMatch ?? false);
      } catch (thrown) {
        const folderVanished = errnoOf(thrown) === "ENOENT" && tries < PUT_TRIES;
        if (!folderVanished) throw putError(key, thrown);
      }
    }
  }

  private async putOnce(
    key: string,
    path: string,
    bytes: ObjectBytes,
    onlyNew: boolean,
  ): Promise<ObjectFacts> {
    const folder = dirname(path);
    await mkdir(folder, { recursive: true });
    const unfinished = join(folder, UNFINISHED + randomUUID());
    try {
      await writeNew(unfinished, bytes instanceof Uint8Array ? [bytes] : bytes);
      const facts = await this.factsOf(key, unfinished);
      if (onlyNew) {
        await link(unfinished, path);
        await unlink(unfinished);
      } else await rename(unfinished, path);
      return facts;
    } catch (thrown) {
      await unlink(unfinished).catch(() => undefined);
      throw thrown;
    }
  }

  async head(key: string): Promise<ObjectFacts> {
    try {
      return await this.factsOf(key, this.pathOf(key));
    } catch (thrown) {
      throw asStorageError(key, thrown);
    }
  }

  async *list(prefix: string, { oneLevel = false }: ListOptions = {}): AsyncIterable<ObjectFacts> {
    const slash = prefix.lastIndexOf("/") + 1;
    const [folderKey, namePrefix] = [prefix.slice(0, slash), prefix.slice(slash)];
    if (oneLevel) yield* this.level(folderKey, namePrefix);
    else yield* this.walk(folderKey, namePrefix);
  }

  async delete(keys: readonly string[]): Promise<void> {
    for (const key of keys) {
      const path = this.pathOf(key);
      this.handles.drop(path);
      try {
        await unlink(path);
      } catch (thrown) {
        if (fileError(key, thrown).condition !== "OBJECT_NOT_FOUND") throw fileError(key, thrown);
      }
      if (this.removesEmptyFolders) await this.removeEmptyFolders(dirname(path));
    }
  }

  /** Closes the descriptors kept open. */
  close(): void {
    this.handles.close();
  }

  private async *level(folderKey: string, namePrefix: string): AsyncIterable<ObjectFacts> {
    for (const { name } of await this.entriesIn(folderKey, namePrefix)) {
      const key = folderKey + name;
      const facts = name.endsWith("/") ? folderFacts(key) : await this.fileFacts(key);
      if (facts !== null) yield facts;
    }
  }

  /** A linked folder that the walk is in already is passed over: it would never end. */
  private async *walk(folderKey: string, namePrefix: string): AsyncIterable<ObjectFacts> {
    for (const { name, isLink } of await this.entriesIn(folderKey, namePrefix)) {
      const key = folderKey + name;
      if (!name.endsWith("/")) {
        const facts = await this.fileFacts(key);
        if (facts !== null) yield facts;
      } else if (!isLink || !(await this.leadsBack(key))) yield* this.walk(key, "");
    }
  }

  /** Null where the file is gone by now. */
  private fileFacts(key: string): Promise<ObjectFacts | null> {
    return this.factsOf(key, this.pathOf(key)).catch((thrown: unknown) => goneOrThrow(key, thrown));
  }

  /** True if a linked folder is one of those that its key goes through. */
  private async leadsBack(key: string): Promise<boolean> {
    const path = this.pathOf(key).replace(/\/+$/, "");
    const target = await realpath(path).catch(() => null);
    if (target === null) return true;
    for (let above = dirname(path); ; above = dirname(above)) {
      if ((await realpath(above)) === target) return true;
      if (above === dirname(above)) return false;
    }
  }

  /** Entries of a folder in key order, folders with a `/` behind their names. */
  private async entriesIn(folderKey: string, namePrefix: string): Promise<FolderEntry[]> {
    const folder = this.pathOf(folderKey === "" ? "." : folderKey);
    const entries: FolderEntry[] = [];
    try {
      for (const entry of await readdir(folder, { withFileTypes: true })) {
        if (!entry.name.startsWith(namePrefix) || entry.name.startsWith(UNFINISHED)) continue;
        const isLink = entry.isSymbolicLink();
        const isFolder =
          entry.isDirectory() ||
          (isLink &&
            (await stat(join(folder, entry.name)).catch(() => null))?.isDirectory() === true);
        entries.push({ name: isFolder ? `${entry.name}/` : entry.name, isLink });
      }
    } catch (thrown) {
      goneOrThrow(folderKey, thrown);
    }
    return entries.sort((a, b) => byBytes(a.name, b.name));
  }

  private async factsOf(key: string, path: string): Promise<ObjectFacts> {
    const stats = await stat(path, { bigint: true });
    const isFolder = stats.isDirectory();
    if (isFolder !== key.endsWith("/"))
      throw fileError(key, Object.assign(new Error(), { code: "EISDIR" }));
    return {
      key,
      sizeBytes: isFolder ? 0 : Number(stats.size),
      etag: etagOf(stats),
      modifiedMs: Number(stats.mtimeMs),
    };
  }

  private open(key: string, ifMatch: string | undefined): FileHandle {
    let handle: FileHandle;
    try {
      handle = this.handles.acquire(this.pathOf(key));
    } catch (thrown) {
      throw asStorageError(key, thrown);
    }
    if (ifMatch === undefined || ifMatch === handle.etag) return handle;
    this.handles.release(handle);
    throw objectChanged(key, ifMatch, handle.etag);
  }

  private async removeEmptyFolders(folder: string): Promise<void> {
    for (let at = folder; at.startsWith(this.root + sep); at = dirname(at)) {
      try {
        await rmdir(at);
      } catch {
        return;
      }
    }
  }

  private pathOf(key: string): string {
    if (key.startsWith("file:")) return fileUrlPath(key);
    return isAbsolute(key) ? key : join(this.root, key);
  }
}

interface FolderEntry {
  readonly name: string;
  readonly isLink: boolean;
}

const PIECES_A_WRITE = 512;

async function writeNew(path: string, pieces: readonly Uint8Array[]): Promise<void> {
  const file = await open(path, "wx");
  try {
    for (let at = 0; at < pieces.length; at += PIECES_A_WRITE) {
      let rest = pieces.slice(at, at + PIECES_A_WRITE);
      while (rest.length > 0) {
        const { bytesWritten } = await file.writev(rest);
        rest = withoutFirst(rest, bytesWritten);
      }
    }
  } finally {
    await file.close();
  }
}

function withoutFirst(pieces: readonly Uint8Array[], sizeBytes: number): Uint8Array[] {
  let left = sizeBytes;
  return pieces.flatMap((piece) => {
    const cut = Math.min(left, piece.length);
    left -= cut;
    return cut === piece.length ? [] : [piece.subarray(cut)];
  });
}

function fileUrlPath(key: string): string {
  const rest = key.slice("file:".length);
  if (rest.startsWith("///")) return rest.slice(2);
  if (rest.startsWith("//")) return fileURLToPath(key);
  return rest;
}

const shortened = (key: string, handle: FileHandle): StorageError =>
  objectChanged(key, handle.etag, "shorter");

const asStorageError = (key: string, thrown: unknown): StorageError =>
  thrown instanceof StorageError ? thrown : fileError(key, thrown);

function putError(key: string, thrown: unknown): StorageError {
  const code = errnoOf(thrown);
  if (code === "EEXIST" && isFromLink(thrown)) return preconditionFailed(key);
  if (code === "ENOTDIR" || code === "EISDIR" || code === "EEXIST")
    return storageError(
      "STORAGE_FAILED",
      key,
      `\`${basename(key)}\` cannot be written: a file and a folder would have the same name`,
      { code },
      thrown,
    );
  return asStorageError(key, thrown);
}

const isFromLink = (thrown: unknown): boolean =>
  thrown instanceof Error && "syscall" in thrown && thrown.syscall === "link";

function goneOrThrow(key: string, thrown: unknown): null {
  const error = asStorageError(key, thrown);
  if (error.condition === "OBJECT_NOT_FOUND") return null;
  throw error;
}

const byBytes = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));
