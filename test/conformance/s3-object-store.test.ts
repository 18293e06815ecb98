import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type CredentialSource, credentialChain } from "../../src/aws/s3/credentials.ts";
import { S3Client } from "../../src/aws/s3/s3-client.ts";
import { S3ObjectStore } from "../../src/aws/s3/s3-object-store.ts";
import { type S3Emulator, startS3Emulator } from "../emulator/s3/s3-emulator.ts";
import { LARGE_BYTES, objectStoreConformance } from "./object-store.ts";

const KEYS = { accessKeyId: "conformance", secretAccessKey: "conformance-secret" };

async function inNewBucket(client: S3Client) {
  const bucket = `conformance-${randomUUID()}`;
  await client.send({
    bucket,
    key: "",
    kind: "puts",
    action: "s3:CreateBucket",
    method: "PUT",
  });
  const close = async () => client.close();
  return { store: new S3ObjectStore(client, { bucket }), close };
}

/** The contract of all stores, with large objects in parts; what `credentials` gives may do everything. */
function s3Conformance(endpoint: () => string, credentials: () => CredentialSource): void {
  const open = () =>
    inNewBucket(
      new S3Client(
        {
          endpoint: endpoint(),
          region: "us-east-1",
          pathStyle: true,
          partBytes: LARGE_BYTES,
        },
        credentials(),
      ),
    );
  objectStoreConformance("S3ObjectStore", open);

  it("S3ObjectStore puts large objects in parts", async () => {
    const { store, close } = await open();
    const { etag } = await store.put("large", new Uint8Array(LARGE_BYTES + 1));
    expect(etag).toMatch(/-2$/);
    expect(await store.head("large")).toMatchObject({ etag, sizeBytes: LARGE_BYTES + 1 });
    await close();
  });
}

describe("On the emulator", () => {
  let emulator: S3Emulator;

  beforeAll(async () => {
    emulator = await startS3Emulator({ credentials: KEYS });
  });
  afterAll(() => emulator.close());

  s3Conformance(
    () => emulator.endpoint,
    () => async () => KEYS,
  );
});

/** A server that nobody here wrote, such as LocalStack; its keys come from the environment. */
const foreign = process.env["TINDRA_TEST_S3_ENDPOINT"];
if (foreign !== undefined)
  describe("On the server at TINDRA_TEST_S3_ENDPOINT", () => {
    s3Conformance(() => foreign, credentialChain);
  });
