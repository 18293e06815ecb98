import type { DataStore } from "./data-store.ts";
import { LazyObjectStore, type RemoteStore } from "./lazy-object-store.ts";
import type {
  ByteRange,
  ListOptions,
  ObjectBytes,
  ObjectFacts,
  ObjectStore,
} from "./object-store.ts";
import { storageError } from "./storage-error.ts";

const SCHEME = /^([A-Za-z][A-Za-z0-9+.-]*):\/\//;

/** Several stores behind one: keys with a scheme, such as `s3://`, go to its store, `file:` and all others to the local one. */
export class RoutingObjectStore implements DataStore {
  private readonly local: DataStore;
  private readonly remotes: ReadonlyMap<string, LazyObjectStore>;

  /** A scheme's store is opened for the first key that has it. */
  constructor(
    local: DataStore,
    remotes: { readonly [scheme: string]: () => Promise<RemoteStore> },
  ) {
    this.local = local;
    this.remotes = new Map(
      Object.entries(remotes).map(([scheme, open]) => [scheme, new LazyObjectStore(open)]),
    );
  }

  /** Throws `UNSUPPORTED_SCHEME`. */
  storeOf(key: string): ObjectStore {
    const scheme = SCHEME.exec(key)?.[1]?.toLowerCase();
    if (scheme === undefined || scheme === "file") return this.local;
    const remote = this.remotes.get(scheme);
    if (remote !== undefined) return remote;
    const known = [...this.remotes.keys(), "file"].map((name) => `${name}://`).join(", ");
    throw storageError(
      "UNSUPPORTED_SCHEME",
      key,
      `\`${key}\` cannot be read: ${scheme}:// is not among ${known}`,
      { scheme },
    );
  }

  async get(key: string, options?: { range?: ByteRange; ifMatch?: string }): Promise<Uint8Array> {
    return this.storeOf(key).get(key, options);
  }

  async put(
    key: string,
    bytes: ObjectBytes,
    options?: { ifNoneMatch?: boolean },
  ): Promise<ObjectFacts> {
    return this.storeOf(key).put(key, bytes, options);
  }

  async head(key: string): Promise<ObjectFacts> {
    return this.storeOf(key).head(key);
  }

  async *list(prefix: string, options?: ListOptions): AsyncIterable<ObjectFacts> {
    yield* this.storeOf(prefix).list(prefix, options);
  }

  async delete(keys: readonly string[]): Promise<void> {
    const stores = Map.groupBy(keys, (key) => this.storeOf(key));
    await Promise.all([...stores].map(([store, own]) => store.delete(own)));
  }

  close(): void {
    this.local.close();
    for (const remote of this.remotes.values()) remote.close();
  }
}
