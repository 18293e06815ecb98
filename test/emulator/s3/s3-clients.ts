import type { CredentialSource } from "../../../src/aws/s3/credentials.ts";
import { S3Client } from "../../../src/aws/s3/s3-client.ts";
import { S3ObjectStore } from "../../../src/aws/s3/s3-object-store.ts";
import type { S3Settings } from "../../../src/aws/s3/s3-settings.ts";
import type { S3Credentials } from "./s3-credentials.ts";
import type { S3Emulator } from "./s3-emulator.ts";

/** Clients of one emulator, in us-east-1 and without hedging unless said otherwise. */
export class S3Clients {
  private readonly emulator: S3Emulator;
  private readonly open: S3Client[] = [];

  constructor(emulator: S3Emulator) {
    this.emulator = emulator;
  }

  client(
    credentials: S3Credentials | CredentialSource,
    settings: Partial<S3Settings> = {},
  ): S3Client {
    const { endpoint } = this.emulator;
    const client = new S3Client(
      { endpoint, region: "us-east-1", pathStyle: true, hedgeAfterMs: null, ...settings },
      typeof credentials === "function" ? credentials : async () => credentials,
    );
    this.open.push(client);
    return client;
  }

  /** A client's store of everything, by `s3://bucket/key`. */
  store(
    credentials: S3Credentials | CredentialSource,
    settings: Partial<S3Settings> = {},
  ): S3ObjectStore {
    return new S3ObjectStore(this.client(credentials, settings));
  }

  closeAll(): void {
    for (const client of this.open.splice(0)) client.close();
  }
}
