import { checkRange } from "../../../src/storage/check-range.ts";
import { folderFacts } from "../../../src/storage/folder-facts.ts";
import type {
  ByteRange,
  ListOptions,
  ObjectBytes,
  ObjectFacts,
  ObjectStore,
} from "../../../src/storage/object-store.ts";
import {
  objectChanged,
  objectNotFound,
  preconditionFailed,
} from "../../../src/storage/storage-error.ts";

interface StoredObject {
  readonly bytes: Uint8Array;
  readonly facts: ObjectFacts;
}

/** Objects in this process's memory. Bytes are copied on the way in and out. */
export class MemoryObjectStore implements ObjectStore {
  private readonly objects = new Map<string, StoredObject>();
  private version = 0;

  async get(
    key: string,
    options: { range?: ByteRange; ifMatch?: string } = {},
  ): Promise<Uint8Array> {
    const { bytes } = this.find(key, options.ifMatch);
    const range = options.range ?? { start: 0, end: bytes.length };
    checkRange(key, range, bytes.length);
    return bytes.slice(range.start, range.end);
  }

  readInto(key: string, range: ByteRange, target: Uint8Array, ifMatch?: string): void {
    const { bytes } = this.find(key, ifMatch);
    checkRange(key, range, bytes.length);
    target.set(bytes.subarray(range.start, range.end));
  }

  async put(
    key: string,
    bytes: ObjectBytes,
    options: { ifNoneMatch?: boolean } = {},
  ): Promise<ObjectFacts> {
    if (options.ifNoneMatch === true && this.objects.has(key)) throw preconditionFailed(key);
    const copy = new Uint8Array(Buffer.concat(bytes instanceof Uint8Array ? [bytes] : bytes));
    const facts = {
      key,
      sizeBytes: copy.length,
      etag: `v${++this.version}`,
      modifiedMs: Date.now(),
    };
    this.objects.set(key, { bytes: copy, facts });
    return facts;
  }

  async head(key: string): Promise<ObjectFacts> {
    return this.find(key).facts;
  }

  async *list(prefix: string, { oneLevel = false }: ListOptions = {}): AsyncIterable<ObjectFacts> {
    const found = [...this.objects.keys()].filter((key) => key.startsWith(prefix));
    const keys = oneLevel ? [...new Set(found.map((key) => entryOf(key, prefix)))] : found;
    keys.sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
    for (const key of keys) yield this.objects.get(key)?.facts ?? folderFacts(key);
  }

  async delete(keys: readonly string[]): Promise<void> {
    for (const key of keys) this.objects.delete(key);
  }

  private find(key: string, ifMatch?: string): StoredObject {
    const found = this.objects.get(key);
    if (found === undefined) throw objectNotFound(key);
    if (ifMatch !== undefined && ifMatch !== found.facts.etag)
      throw objectChanged(key, ifMatch, found.facts.etag);
    return found;
  }
}

/** The key, or the folder below the prefix that it lies in. */
function entryOf(key: string, prefix: string): string {
  const slash = key.indexOf("/", prefix.length);
  return slash < 0 ? key : key.slice(0, slash + 1);
}
