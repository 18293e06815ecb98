import { type RequestFacts, s3StorageError } from "./s3-error.ts";
import type { S3Location } from "./s3-location.ts";

/** Buckets, and prefixes in them, beyond which nothing is read or written. */
export class AllowedPlaces {
  private readonly prefixes: readonly string[];

  /** `bucket` or `bucket/prefix`; a prefix ends where a name in the key does. */
  constructor(places: readonly string[]) {
    this.prefixes = places.map((place) => (place.endsWith("/") ? place : `${place}/`));
  }

  /** Throws `DATA_NOT_GRANTED` for a place outside. */
  check({ bucket, key }: S3Location): void {
    const path = `${bucket}/${key}`;
    // S3 takes dot segments as they are, but what stands before it may not
    const climbs = key.split("/").some((name) => name === ".." || name === ".");
    if (!climbs && this.prefixes.some((prefix) => path.startsWith(prefix))) return;
    const request: RequestFacts = { bucket, key, action: "s3:GetObject" };
    const granted = this.prefixes.map((prefix) => `s3://${prefix}`);
    throw s3StorageError(request, {
      condition: "DATA_NOT_GRANTED",
      sqlState: "42501",
      message: `s3://${path} is not among the data of this engine: ${granted.join(", ")}. Name its bucket in dataBuckets and deploy again`,
      details: { granted },
    });
  }
}
