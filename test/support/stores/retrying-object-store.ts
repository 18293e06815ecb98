import { setTimeout as sleep } from "node:timers/promises";
import { TindraError } from "../../../src/common/errors.ts";
import type {
  ByteRange,
  ListOptions,
  ObjectBytes,
  ObjectFacts,
  ObjectStore,
} from "../../../src/storage/object-store.ts";

/** How often and when a request is tried again. */
export interface RetryPolicy {
  /** Tries in all, the first one included. */
  readonly attempts: number;
  /** The wait before try `n + 1` is random, up to `baseMs * 2 ** n` and at most `capMs` (full jitter). */
  readonly baseMs: number;
  readonly capMs: number;
  readonly random?: () => number;
  readonly wait?: (ms: number) => Promise<unknown>;
}

const POLICY: RetryPolicy = { attempts: 5, baseMs: 25, capMs: 2000 };

/**
 * Asks another store again where its error is retryable. A conditional write whose answer was lost counts as won when
 * the object holds the very bytes.
 */
export class RetryingObjectStore implements ObjectStore {
  readonly readInto?: NonNullable<ObjectStore["readInto"]>;
  private readonly inner: ObjectStore;
  private readonly policy: RetryPolicy;

  constructor(inner: ObjectStore, policy: Partial<RetryPolicy> = {}) {
    this.inner = inner;
    this.policy = { ...POLICY, ...policy };
    const readInto = inner.readInto?.bind(inner);
    if (readInto !== undefined) this.readInto = readInto;
  }

  get(key: string, options?: { range?: ByteRange; ifMatch?: string }): Promise<Uint8Array> {
    return this.retrying(() => this.inner.get(key, options));
  }

  put(
    key: string,
    bytes: ObjectBytes,
    options: { ifNoneMatch?: boolean } = {},
  ): Promise<ObjectFacts> {
    return this.retrying(async (attempt) => {
      try {
        return await this.inner.put(key, bytes, options);
      } catch (thrown) {
        const mayBeOurs = attempt > 1 && conditionOf(thrown) === "PRECONDITION_FAILED";
        const ours = mayBeOurs && sameBytes(await this.inner.get(key), bytes);
        if (!ours) throw thrown;
        return this.inner.head(key);
      }
    });
  }

  head(key: string): Promise<ObjectFacts> {
    return this.retrying(() => this.inner.head(key));
  }

  async *list(prefix: string, options?: ListOptions): AsyncIterable<ObjectFacts> {
    const seen = new Set<string>();
    for (let attempt = 1; ; attempt++) {
      try {
        for await (const facts of this.inner.list(prefix, options)) {
          if (seen.has(facts.key)) continue;
          seen.add(facts.key);
          yield facts;
        }
        return;
      } catch (thrown) {
        await this.waitOrThrow(attempt, thrown);
      }
    }
  }

  delete(keys: readonly string[]): Promise<void> {
    return this.retrying(() => this.inner.delete(keys));
  }

  private async retrying<T>(request: (attempt: number) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await request(attempt);
      } catch (thrown) {
        await this.waitOrThrow(attempt, thrown);
      }
    }
  }

  private async waitOrThrow(attempt: number, thrown: unknown): Promise<void> {
    const { attempts, baseMs, capMs, random = Math.random, wait = sleep } = this.policy;
    const again = thrown instanceof TindraError && thrown.retryable && attempt < attempts;
    if (!again) throw thrown;
    await wait(random() * Math.min(capMs, baseMs * 2 ** attempt));
  }
}

const conditionOf = (thrown: unknown): string =>
  thrown instanceof TindraError ? thrown.condition : "";

const sameBytes = (found: Uint8Array, bytes: ObjectBytes): boolean =>
  Buffer.compare(found, bytes instanceof Uint8Array ? bytes : Buffer.concat(bytes)) === 0;
