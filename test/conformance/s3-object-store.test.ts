import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe } from "vitest";
import { credentialChain } from "../../src/aws/s3/credentials.ts";
import { S3Client } from "../../src/aws/s3/s3-client.ts";
import { S3ObjectStore } from "../../src/aws/s3/s3-object-store.ts";
import { type S3Emulator, startS3Emulator } from "../emulator/s3/s3-emulator.ts";
import { objectStoreConformance } from "./object-store.ts";

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

describe("On the emulator", () => {
  let emulator: S3Emulator;

  beforeAll(async () => {
    emulator = await startS3Emulator({ credentials: KEYS });
  });
  afterAll(() => emulator.close());

  const settings = () => ({ endpoint: emulator.endpoint, region: "us-east-1", pathStyle: true });
  objectStoreConformance("S3ObjectStore", () =>
    inNewBucket(new S3Client(settings(), async () => KEYS)),
  );
});

/** A server that nobody here wrote, such as LocalStack; its keys come from the environment. */
const foreign = process.env["TINDRA_TEST_S3_ENDPOINT"];
if (foreign !== undefined)
  describe("On the server at TINDRA_TEST_S3_ENDPOINT", () => {
    const settings = { endpoint: foreign, region: "us-east-1", pathStyle: true };
    objectStoreConformance("S3ObjectStore", () =>
      inNewBucket(new S3Client(settings, credentialChain())),
    );
  });
