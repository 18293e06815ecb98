import type {
  ByteRange,
  ListOptions,
  ObjectBytes,
  ObjectFacts,
  ObjectStore,
} from "../../../src/storage/object-store.ts";

/** One request to a store. */
export interface StoreRequest {
  readonly kind: "get" | "put" | "head" | "list" | "delete";
  readonly key: string;
  readonly range?: ByteRange;
  /** Sent or received; 0 before a GET. */
  readonly sizeBytes: number;
}

/** How many requests of each kind a store got, and the bytes they moved. */
export interface RequestCounts {
  readonly gets: number;
  readonly puts: number;
  readonly heads: number;
  readonly lists: number;
  readonly deletes: number;
  readonly bytesRead: number;
  readonly bytesWritten: number;
}

/** Called around each request; what it throws is what the store's caller gets. */
export interface RequestHooks {
  /** Throwing here is a request that never reached the store. */
  readonly before?: (request: StoreRequest) => void;
  /** Throwing here is an answer that was lost: the store did what was asked. */
  readonly after?: (request: StoreRequest) => void;
}

const NONE: RequestCounts = {
  gets: 0,
  puts: 0,
  heads: 0,
  lists: 0,
  deletes: 0,
  bytesRead: 0,
  bytesWritten: 0,
};

const COUNTERS = {
  get: "gets",
  put: "puts",
  head: "heads",
  list: "lists",
  delete: "deletes",
} as const;

/** Counts the requests to another store, failed ones too, and lets a test break them. */
export class CountingObjectStore implements ObjectStore {
  readonly readInto?: NonNullable<ObjectStore["readInto"]>;
  private readonly inner: ObjectStore;
  private readonly hooks: RequestHooks;
  private totals = NONE;

  constructor(inner: ObjectStore, hooks: RequestHooks = {}) {
    this.inner = inner;
    this.hooks = hooks;
    const readInto = inner.readInto?.bind(inner);
    if (readInto !== undefined)
      this.readInto = (key, range, target, ifMatch) => {
        this.start({ kind: "get", key, range, sizeBytes: 0 });
        readInto(key, range, target, ifMatch);
        this.finish({ kind: "get", key, range, sizeBytes: range.end - range.start });
      };
  }

  /** Since the start or the last `reset`. */
  get counts(): RequestCounts {
    return this.totals;
  }

  reset(): void {
    this.totals = NONE;
  }

  async get(
    key: string,
    options: { range?: ByteRange; ifMatch?: string } = {},
  ): Promise<Uint8Array> {
    const { range } = options;
    const asked = range === undefined ? { key } : { key, range };
    this.start({ kind: "get", ...asked, sizeBytes: 0 });
    const bytes = await this.inner.get(key, options);
    this.finish({ kind: "get", ...asked, sizeBytes: bytes.length });
    return bytes;
  }

  async put(
    key: string,
    bytes: ObjectBytes,
    options: { ifNoneMatch?: boolean } = {},
  ): Promise<ObjectFacts> {
    const pieces = bytes instanceof Uint8Array ? [bytes] : bytes;
    const sizeBytes = pieces.reduce((sum, piece) => sum + piece.length, 0);
    const request = { kind: "put", key, sizeBytes } as const;
    this.start(request);
    const facts = await this.inner.put(key, bytes, options);
    this.finish(request);
    return facts;
  }

  async head(key: string): Promise<ObjectFacts> {
    const request = { kind: "head", key, sizeBytes: 0 } as const;
    this.start(request);
    const facts = await this.inner.head(key);
    this.finish(request);
    return facts;
  }

  async *list(prefix: string, options?: ListOptions): AsyncIterable<ObjectFacts> {
    const request = { kind: "list", key: prefix, sizeBytes: 0 } as const;
    this.start(request);
    yield* this.inner.list(prefix, options);
    this.finish(request);
  }

  async delete(keys: readonly string[]): Promise<void> {
    const request = { kind: "delete", key: keys[0] ?? "", sizeBytes: 0 } as const;
    this.start(request);
    await this.inner.delete(keys);
    this.finish(request);
  }

  private start(request: StoreRequest): void {
    const counter = COUNTERS[request.kind];
    this.totals = { ...this.totals, [counter]: this.totals[counter] + 1 };
    this.hooks.before?.(request);
  }

  private finish(request: StoreRequest): void {
    const counter = { get: "bytesRead", put: "bytesWritten" } as const;
    if (request.kind === "get" || request.kind === "put") {
      const name = counter[request.kind];
      this.totals = { ...this.totals, [name]: this.totals[name] + request.sizeBytes };
    }
    this.hooks.after?.(request);
  }
}
