import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { AllowedPlaces } from "../../src/aws/s3/allowed-places.ts";
import { S3ObjectStore } from "../../src/aws/s3/s3-object-store.ts";
import { S3Clients } from "../emulator/s3/s3-clients.ts";
import { type S3Emulator, startS3Emulator } from "../emulator/s3/s3-emulator.ts";

const OWNER = { accessKeyId: "owner", secretAccessKey: "owner-secret" };
/** May read objects, and not list them. */
const READER = {
  accessKeyId: "reader",
  secretAccessKey: "reader-secret",
  allows: (action: string) => action !== "s3:ListBucket",
};

describe("What S3 refuses", () => {
  let emulator: S3Emulator;
  let clients: S3Clients;

  beforeAll(async () => {
    emulator = await startS3Emulator({ credentials: [OWNER, READER] });
    clients = new S3Clients(emulator);
    emulator.createBucket("data");
    emulator.createBucket("paid", { requesterPays: true });
    emulator.put("paid", "k", Buffer.from("x"));
  });
  afterEach(() => {
    emulator.faults.clear();
    clients.closeAll();
  });
  afterAll(() => emulator.close());

  it("for want of a key's permission names that key and action", async () => {
    emulator.put("data", "k", Buffer.from("x"));
    const key = "arn:aws:kms:us-east-1:000000000000:key/1234";
    emulator.faults.add(() => ({
      kind: "error",
      status: 403,
      code: "AccessDenied",
      message: `User: arn:aws:sts::000000000000:assumed-role/r/s is not authorized to perform: kms:Decrypt on resource: ${key} because no identity-based policy allows the kms:Decrypt action`,
    }));
    await expect(clients.store(OWNER).get("s3://data/k")).rejects.toMatchObject({
      condition: "ACCESS_DENIED",
      message: `Access to s3://data/k is denied: kms:Decrypt must be allowed on ${key}`,
      details: { action: "kms:Decrypt", resource: key },
    });
  });

  it("of a missing object to those who may not list is that it may be missing", async () => {
    await expect(clients.store(READER).get("s3://data/none")).rejects.toMatchObject({
      condition: "ACCESS_DENIED",
      message:
        "No object `s3://data/none`, or none that may be seen: s3:ListBucket must be allowed on arn:aws:s3:::data to know",
    });
  });

  it.each([OWNER, READER])(
    "of an object that was deleted after the planning is that it is gone, to $accessKeyId",
    async (keys) => {
      const store = clients.store(keys);
      const { etag } = await store.put("s3://data/gone", Buffer.from("0123456789"));
      await store.delete(["s3://data/gone"]);
      const range = { start: 0, end: 4 };
      await expect(store.get("s3://data/gone", { range, ifMatch: etag })).rejects.toMatchObject({
        condition: "OBJECT_NOT_FOUND",
        retryable: false,
        message:
          "No object `s3://data/gone`, which was there when the query was planned; run the query again",
        details: { key: "s3://data/gone" },
      });
    },
  );

  it("to those who do not pay is given to those who say that they do", async () => {
    await expect(clients.store(OWNER).get("s3://paid/k")).rejects.toMatchObject({
      condition: "ACCESS_DENIED",
    });
    const store = clients.store(OWNER, { requesterPays: true, partBytes: 5 << 20 });
    expect(await store.get("s3://paid/k")).toHaveLength(1);
    expect(await store.head("s3://paid/k")).toMatchObject({ sizeBytes: 1 });
    expect(await store.getTail("s3://paid/k", 1)).toMatchObject({ facts: { sizeBytes: 1 } });
    await store.put("s3://paid/new", Buffer.from("y"));
    await store.put("s3://paid/large", Buffer.alloc((5 << 20) + 1));
    const found: string[] = [];
    for await (const { key } of store.list("s3://paid/")) found.push(key);
    expect(found).toEqual(["s3://paid/k", "s3://paid/large", "s3://paid/new"]);
    await store.delete(["s3://paid/new", "s3://paid/large"]);
    expect(emulator.keys("paid")).toEqual(["k"]);
  });

  it("of a bucket that is granted and does not exist is named", async () => {
    const allowed = new AllowedPlaces(["data", "no-such-bucket/sales"]);
    const store = new S3ObjectStore(clients.client(OWNER), { allowed });
    const key = "s3://no-such-bucket/sales/a";
    const missing = {
      condition: "BUCKET_NOT_FOUND",
      retryable: false,
      message: "There is no bucket `no-such-bucket`",
      details: { bucket: "no-such-bucket" },
    };
    await expect(store.get(key)).rejects.toMatchObject(missing);
    await expect(store.get(key, { ifMatch: "e" })).rejects.toMatchObject(missing);
    await expect(store.getTail(key, 4)).rejects.toMatchObject(missing);
    await expect(store.put(key, Buffer.from("x"))).rejects.toMatchObject(missing);
    await expect(store.delete([key])).rejects.toMatchObject(missing);
    await expect(
      store.list("s3://no-such-bucket/sales/")[Symbol.asyncIterator]().next(),
    ).rejects.toMatchObject(missing);
  });
});
