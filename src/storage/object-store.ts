/** Bytes `start` to `end` (exclusive) of an object. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/** What a store knows of an object besides its bytes. */
export interface ObjectFacts {
  readonly key: string;
  readonly sizeBytes: number;
  /** Changes when the object's bytes do. */
  readonly etag: string;
  readonly modifiedMs: number;
}

/** The end of an object, or all of it where it is shorter. */
export interface ObjectTail {
  readonly facts: ObjectFacts;
  readonly bytes: Uint8Array;
}

/** How a store lists. */
export interface ListOptions {
  /**
   * Only what lies directly in the folder that the prefix ends in. A folder that lies there, whose name the rest of the
   * prefix begins, is one entry: its key ends in `/`, and nothing else is known of it.
   */
  readonly oneLevel?: boolean;
}

/** The bytes of an object, in one piece or several. */
export type ObjectBytes = Uint8Array | readonly Uint8Array[];

/**
 * Objects by key. Keys use `/`, whatever the machine does.
 *
 * Errors are `StorageError`s whose condition tells them apart: `OBJECT_NOT_FOUND`, `PRECONDITION_FAILED` (a lost
 * conditional write), `THROTTLED` and `NETWORK_FAILED` (both retryable), `ACCESS_DENIED`, `DISK_FULL`,
 * `OBJECT_CHANGED` (`ifMatch` no longer holds), `RANGE_OUTSIDE_OBJECT`.
 */
export interface ObjectStore {
  /** All of the object or one range of it, which must lie inside. */
  get(key: string, options?: { range?: ByteRange; ifMatch?: string }): Promise<Uint8Array>;
  /** All or nothing; pieces are written one after the other. `ifNoneMatch`: only where no such object is. */
  put(key: string, bytes: ObjectBytes, options?: { ifNoneMatch?: boolean }): Promise<ObjectFacts>;
  head(key: string): Promise<ObjectFacts>;
  /** All objects whose key starts with the prefix, in key order. */
  list(prefix: string, options?: ListOptions): AsyncIterable<ObjectFacts>;
  /** Keys that are not there are no error. */
  delete(keys: readonly string[]): Promise<void>;
  /**
   * Where the bytes are this machine's own: reads a range at once into `target`, without a copy in between.
   * Counts as a GET.
   */
  readInto?(key: string, range: ByteRange, target: Uint8Array, ifMatch?: string): void;
  /** Where requests are dear: facts and the last bytes with one GET, so that reading a file needs no `head`. */
  getTail?(key: string, sizeBytes: number): Promise<ObjectTail>;
  /** Where several stores are behind one: the one that answers for a key, with all that it can do. */
  storeOf?(key: string): ObjectStore;
}
