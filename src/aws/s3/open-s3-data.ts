import type { RemoteStore } from "../../storage/lazy-object-store.ts";
import { S3Client } from "./s3-client.ts";
import { S3ObjectStore } from "./s3-object-store.ts";
import { s3SettingsOf } from "./s3-settings.ts";

/** S3 as the environment says, with a client of its own. */
export function openS3Data(): RemoteStore {
  const client = new S3Client(s3SettingsOf(process.env));
  return Object.assign(new S3ObjectStore(client), { close: () => client.close() });
}
