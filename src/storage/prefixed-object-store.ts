import type {
  ByteRange,
  ListOptions,
  ObjectBytes,
  ObjectFacts,
  ObjectStore,
} from "./object-store.ts";

/** The objects of another store whose keys begin with a prefix, by the rest of their keys. Errors name the whole key. */
export class PrefixedObjectStore implements ObjectStore {
  private readonly inner: ObjectStore;
  private readonly prefix: string;

  constructor(inner: ObjectStore, prefix: string) {
    this.inner = inner;
    this.prefix = prefix;
  }

  get(key: string, options?: { range?: ByteRange; ifMatch?: string }): Promise<Uint8Array> {
    return this.inner.get(this.prefix + key, options);
  }

  async put(
    key: string,
    bytes: ObjectBytes,
    options?: { ifNoneMatch?: boolean },
  ): Promise<ObjectFacts> {
    return { ...(await this.inner.put(this.prefix + key, bytes, options)), key };
  }

  async head(key: string): Promise<ObjectFacts> {
    return { ...(await this.inner.head(this.prefix + key)), key };
  }

  async *list(prefix: string, options?: ListOptions): AsyncIterable<ObjectFacts> {
    for await (const facts of this.inner.list(this.prefix + prefix, options))
      yield { ...facts, key: facts.key.slice(this.prefix.length) };
  }

  delete(keys: readonly string[]): Promise<void> {
    return this.inner.delete(keys.map((key) => this.prefix + key));
  }
}
