import { createHash } from "node:crypto";
import { S3Refusal } from "./s3-refusal.ts";

export interface StoredObject {
  readonly bytes: Buffer;
  /** Without quotation marks. */
  readonly etag: string;
  readonly modified: Date;
  /** Content type, `x-amz-meta-…` and `x-amz-checksum-…`, as they are answered. */
  readonly headers: { readonly [name: string]: string };
}

export interface Upload {
  readonly key: string;
  readonly headers: { readonly [name: string]: string };
  readonly started: Date;
  /** Of each part: the last part of the header's name, such as `crc32`; null where parts have none. */
  readonly algorithm: string | null;
  readonly parts: Map<number, UploadedPart>;
}

export interface UploadedPart {
  readonly bytes: Buffer;
  readonly etag: string;
  readonly checksum: string | null;
}

export interface Bucket {
  readonly name: string;
  /** Null: requests signed for any region are taken. */
  readonly region: string | null;
  readonly requesterPays: boolean;
  readonly objects: Map<string, StoredObject>;
  readonly uploads: Map<string, Upload>;
  /** The keys in byte order, until one is added or removed. */
  sortedKeys: readonly string[] | null;
}

/** All buckets of one server. */
export class S3State {
  readonly buckets = new Map<string, Bucket>();

  create(name: string, options: { region?: string | null; requesterPays?: boolean } = {}): Bucket {
    const bucket: Bucket = {
      name,
      region: options.region ?? null,
      requesterPays: options.requesterPays ?? false,
      objects: new Map(),
      uploads: new Map(),
      sortedKeys: null,
    };
    this.buckets.set(name, bucket);
    return bucket;
  }

  bucket(name: string): Bucket {
    const bucket = this.buckets.get(name);
    if (bucket === undefined)
      throw new S3Refusal(404, "NoSuchBucket", "The specified bucket does not exist", {
        fields: { BucketName: name },
      });
    return bucket;
  }
}

export function store(
  bucket: Bucket,
  key: string,
  object: Omit<StoredObject, "modified">,
): StoredObject {
  const modified = new Date(Math.floor(Date.now() / 1000) * 1000);
  const stored = { ...object, modified };
  if (!bucket.objects.has(key)) bucket.sortedKeys = null;
  bucket.objects.set(key, stored);
  return stored;
}

export function remove(bucket: Bucket, key: string): void {
  if (bucket.objects.delete(key)) bucket.sortedKeys = null;
}

export function sortedKeys(bucket: Bucket): readonly string[] {
  bucket.sortedKeys ??= [...bucket.objects.keys()].sort(byBytes);
  return bucket.sortedKeys;
}

export const byBytes = (a: string, b: string): number =>
  Buffer.compare(Buffer.from(a), Buffer.from(b));

export const md5Hex = (bytes: Uint8Array): string => createHash("md5").update(bytes).digest("hex");
