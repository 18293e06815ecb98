import type { ObjectStore } from "../../storage/object-store.ts";
import { PrefixedObjectStore } from "../../storage/prefixed-object-store.ts";
import { AllowedPlaces } from "../s3/allowed-places.ts";
import type { S3Client } from "../s3/s3-client.ts";
import { S3ObjectStore } from "../s3/s3-object-store.ts";
import type { EngineEnvironment } from "./engine-environment.ts";

/** The stores of an engine's functions. Keys of `exchange` and `control` begin with a query's id. */
export interface EngineStores {
  /** What the engine was granted, by `s3://bucket/key`. */
  readonly data: ObjectStore;
  /** Rows on their way from stage to stage. */
  readonly exchange: ObjectStore;
  /** Requests, checkpoints, large task specs. */
  readonly control: ObjectStore;
  /** Answers that are too large to be sent. */
  readonly results: ObjectStore;
}

export function engineStores(
  client: S3Client,
  { exchangeBucket, dataBuckets }: EngineEnvironment,
): EngineStores {
  const bucket = new S3ObjectStore(client, { bucket: exchangeBucket });
  return {
    data: new S3ObjectStore(client, { allowed: new AllowedPlaces(dataBuckets) }),
    exchange: new PrefixedObjectStore(bucket, "exchange/"),
    control: new PrefixedObjectStore(bucket, "control/"),
    results: new PrefixedObjectStore(bucket, "result/"),
  };
}
