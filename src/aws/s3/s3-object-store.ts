import type { StorageError } from "../../common/errors.ts";
import { checkRange } from "../../storage/check-range.ts";
import type {
  ByteRange,
  ListOptions,
  ObjectBytes,
  ObjectFacts,
  ObjectStore,
  ObjectTail,
} from "../../storage/object-store.ts";
import { objectChanged, storageError } from "../../storage/storage-error.ts";
import type { AllowedPlaces } from "./allowed-places.ts";
import { deleteObjects } from "./delete-objects.ts";
import { factsOf, headObject } from "./head-object.ts";
import type { HttpAnswer } from "./http-transport.ts";
import { listObjects } from "./list-objects.ts";
import { putObject } from "./put-object.ts";
import type { S3Client } from "./s3-client.ts";
import { isObjectMissing, statusOf } from "./s3-error.ts";
import { parseS3Path, type S3Location, s3Path } from "./s3-location.ts";

export interface S3ObjectStoreOptions {
  /** Keys are those of this bucket. Without it they are `s3://bucket/key`. */
  readonly bucket?: string;
  /** What may be read and written; everything that the credentials may, unless said. */
  readonly allowed?: AllowedPlaces;
}

/** Objects in S3. Keys are `s3://bucket/key`, or the keys of one bucket. */
export class S3ObjectStore implements ObjectStore {
  private readonly client: S3Client;
  private readonly options: S3ObjectStoreOptions;

  constructor(client: S3Client, options: S3ObjectStoreOptions = {}) {
    this.client = client;
    this.options = options;
  }

  async get(
    key: string,
    options: { range?: ByteRange; ifMatch?: string } = {},
  ): Promise<Uint8Array> {
    const { range, ifMatch } = options;
    if (range === undefined) return (await this.read(key, ifMatch)).body;
    if (!isPlain(range)) return this.refuse(key, range);
    const sizeBytes = range.end - range.start;
    try {
      const asked = `bytes=${range.start}-${range.end - 1}`;
      const answer = await this.read(key, ifMatch, asked, sizeBytes);
      if (answer.body.length !== sizeBytes) checkRange(key, range, factsOf(answer).sizeBytes);
      return answer.body;
    } catch (thrown) {
      if (statusOf(thrown) === 416) return this.refuse(key, range);
      throw thrown;
    }
  }

  async getTail(key: string, sizeBytes: number): Promise<ObjectTail> {
    try {
      const answer = await this.read(key, undefined, `bytes=-${sizeBytes}`, sizeBytes);
      return { facts: { key, ...factsOf(answer) }, bytes: answer.body };
    } catch (thrown) {
      if (statusOf(thrown) !== 416) throw thrown;
      return { facts: await this.head(key), bytes: new Uint8Array(0) };
    }
  }

  async put(
    key: string,
    bytes: ObjectBytes,
    options: { ifNoneMatch?: boolean } = {},
  ): Promise<ObjectFacts> {
    const pieces = bytes instanceof Uint8Array ? [bytes] : bytes;
    const put = putObject(this.client, this.placeOf(key), pieces, options.ifNoneMatch ?? false);
    return { key, ...(await put) };
  }

  async head(key: string): Promise<ObjectFacts> {
    const answer = await headObject(this.client, this.placeOf(key));
    return { key, ...factsOf(answer) };
  }

  async *list(prefix: string, options: ListOptions = {}): AsyncIterable<ObjectFacts> {
    const place = this.placeOf(prefix);
    for await (const facts of listObjects(this.client, place, options))
      yield { ...facts, key: this.keyOf({ bucket: place.bucket, key: facts.key }) };
  }

  delete(keys: readonly string[]): Promise<void> {
    return deleteObjects(
      this.client,
      keys.map((key) => this.placeOf(key)),
    );
  }

  private async read(
    key: string,
    ifMatch: string | undefined,
    range?: string,
    sizeBytes?: number,
  ): Promise<HttpAnswer> {
    const request = this.client.send({
      ...this.placeOf(key),
      kind: "gets",
      action: "s3:GetObject",
      method: "GET",
      headers: {
        ...(range === undefined ? {} : { range }),
        ...(ifMatch === undefined ? {} : { "if-match": `"${ifMatch}"` }),
      },
      ...(sizeBytes === undefined ? {} : { hedgedBytes: sizeBytes }),
    });
    try {
      return await request;
    } catch (thrown) {
      if (ifMatch !== undefined && statusOf(thrown) === 412)
        throw objectChanged(key, ifMatch, "another");
      if (ifMatch !== undefined && isObjectMissing(thrown)) throw objectGone(key, thrown);
      throw thrown;
    }
  }

  /** S3 knows no empty range, and none that ends before it starts: what is there decides. */
  private async refuse(key: string, range: ByteRange): Promise<Uint8Array> {
    checkRange(key, range, (await this.head(key)).sizeBytes);
    return new Uint8Array(0);
  }

  private placeOf(key: string): S3Location {
    const { bucket, allowed } = this.options;
    const place = bucket === undefined ? parseS3Path(key) : { bucket, key };
    allowed?.check(place);
    return place;
  }

  private keyOf(place: S3Location): string {
    return this.options.bucket === undefined ? s3Path(place) : place.key;
  }
}

const objectGone = (key: string, cause: unknown): StorageError =>
  storageError(
    "OBJECT_NOT_FOUND",
    key,
    `No object \`${key}\`, which was there when the query was planned; run the query again`,
    {},
    cause,
  );

const isPlain = ({ start, end }: ByteRange): boolean =>
  Number.isInteger(start) && Number.isInteger(end) && 0 <= start && start < end;
