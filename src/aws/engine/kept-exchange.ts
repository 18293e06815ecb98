import { setTimeout as sleep } from "node:timers/promises";
import type {
  ByteRange,
  ListOptions,
  ObjectBytes,
  ObjectFacts,
  ObjectStore,
} from "../../storage/object-store.ts";

/** How many folders a sweep lists, where none has more than a thousand objects. */
export const SWEEP_LISTS = 2;

/**
 * The exchange of a query that another coordinator may have to go on with: nothing is deleted before the answer is
 * safe, then everything at once.
 */
export class KeptExchange implements ObjectStore {
  private readonly inner: ObjectStore;
  private readonly query: string;
  private readonly unwanted = new Set<string>();

  constructor(inner: ObjectStore, query: string) {
    this.inner = inner;
    this.query = query;
  }

  get(key: string, options?: { range?: ByteRange; ifMatch?: string }): Promise<Uint8Array> {
    return this.inner.get(key, options);
  }

  put(key: string, bytes: ObjectBytes, options?: { ifNoneMatch?: boolean }): Promise<ObjectFacts> {
    return this.inner.put(key, bytes, options);
  }

  head(key: string): Promise<ObjectFacts> {
    return this.inner.head(key);
  }

  list(prefix: string, options?: ListOptions): AsyncIterable<ObjectFacts> {
    return this.inner.list(prefix, options);
  }

  async delete(keys: readonly string[]): Promise<void> {
    for (const key of keys) this.unwanted.add(key);
  }

  /** True if `clear` has something to delete. */
  get hasUnwanted(): boolean {
    return this.unwanted.size > 0;
  }

  /** Deletes what is known not to be wanted any more. */
  async clear(): Promise<void> {
    if (this.hasUnwanted) await this.inner.delete([...this.unwanted]);
  }

  /** Deletes whatever is there, and after a while what tasks that nobody waits for have written since. */
  async sweep(graceMs: number): Promise<void> {
    await this.sweepOnce();
    await sleep(graceMs);
    await this.sweepOnce();
  }

  private async sweepOnce(): Promise<void> {
    const keys: string[] = [];
    for await (const { key } of this.inner.list(`${this.query}/`)) keys.push(key);
    if (keys.length > 0) await this.inner.delete(keys);
  }
}
