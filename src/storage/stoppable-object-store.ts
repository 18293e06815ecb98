import { CancelledError } from "../common/errors.ts";
import { unlessAborted } from "../common/unless-aborted.ts";
import type {
  ByteRange,
  ListOptions,
  ObjectBytes,
  ObjectFacts,
  ObjectStore,
} from "./object-store.ts";

/**
 * Another store that its user stops waiting for: once the signal aborts, requests under way and all further ones reject
 * with `OPERATION_CANCELED`. What was sent may still be carried out.
 */
export class StoppableObjectStore implements ObjectStore {
  private readonly inner: ObjectStore;
  private readonly signal: AbortSignal;

  constructor(inner: ObjectStore, signal: AbortSignal) {
    this.inner = inner;
    this.signal = signal;
  }

  get(key: string, options?: { range?: ByteRange; ifMatch?: string }): Promise<Uint8Array> {
    return this.unlessStopped(() => this.inner.get(key, options));
  }

  put(key: string, bytes: ObjectBytes, options?: { ifNoneMatch?: boolean }): Promise<ObjectFacts> {
    return this.unlessStopped(() => this.inner.put(key, bytes, options));
  }

  head(key: string): Promise<ObjectFacts> {
    return this.unlessStopped(() => this.inner.head(key));
  }

  async *list(prefix: string, options?: ListOptions): AsyncIterable<ObjectFacts> {
    const objects = this.inner.list(prefix, options)[Symbol.asyncIterator]();
    for (;;) {
      const next = await this.unlessStopped(() => objects.next());
      if (next.done === true) return;
      yield next.value;
    }
  }

  delete(keys: readonly string[]): Promise<void> {
    return this.unlessStopped(() => this.inner.delete(keys));
  }

  private async unlessStopped<T>(request: () => Promise<T>): Promise<T> {
    if (this.signal.aborted) throw stopped();
    return unlessAborted(request(), this.signal, stopped);
  }
}

const stopped = (): CancelledError =>
  new CancelledError({
    condition: "OPERATION_CANCELED",
    message: "Nobody waits for this request any more",
    sqlState: "HY008",
  });
