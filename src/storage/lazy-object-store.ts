import type { DataStore } from "./data-store.ts";
import type {
  ByteRange,
  ListOptions,
  ObjectBytes,
  ObjectFacts,
  ObjectTail,
} from "./object-store.ts";

/** A store behind a network. */
export interface RemoteStore extends DataStore {
  getTail(key: string, sizeBytes: number): Promise<ObjectTail>;
}

/** A store that is opened by the first request to it. */
export class LazyObjectStore implements RemoteStore {
  private readonly open: () => Promise<RemoteStore>;
  private opened: Promise<RemoteStore> | null = null;

  constructor(open: () => Promise<RemoteStore>) {
    this.open = open;
  }

  async get(key: string, options?: { range?: ByteRange; ifMatch?: string }): Promise<Uint8Array> {
    return (await this.store()).get(key, options);
  }

  async getTail(key: string, sizeBytes: number): Promise<ObjectTail> {
    return (await this.store()).getTail(key, sizeBytes);
  }

  async put(
    key: string,
    bytes: ObjectBytes,
    options?: { ifNoneMatch?: boolean },
  ): Promise<ObjectFacts> {
    return (await this.store()).put(key, bytes, options);
  }

  async head(key: string): Promise<ObjectFacts> {
    return (await this.store()).head(key);
  }

  async *list(prefix: string, options?: ListOptions): AsyncIterable<ObjectFacts> {
    yield* (await this.store()).list(prefix, options);
  }

  async delete(keys: readonly string[]): Promise<void> {
    await (await this.store()).delete(keys);
  }

  close(): void {
    this.opened?.then(
      (store) => store.close(),
      () => undefined,
    );
  }

  private store(): Promise<RemoteStore> {
    this.opened ??= this.open();
    return this.opened;
  }
}
