import { randomBytes } from "node:crypto";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { AllowedPlaces } from "../../src/aws/s3/allowed-places.ts";
import { S3Client } from "../../src/aws/s3/s3-client.ts";
import { S3ObjectStore } from "../../src/aws/s3/s3-object-store.ts";
import type { S3Settings } from "../../src/aws/s3/s3-settings.ts";
import { type S3Emulator, startS3Emulator } from "../emulator/s3/s3-emulator.ts";
import { firstFault, oftenFault, type S3Request } from "../emulator/s3/s3-fault.ts";

const KEYS = { accessKeyId: "faults", secretAccessKey: "faults-secret" };
const EXPIRED = { accessKeyId: "expired", secretAccessKey: "expired-secret", isExpired: true };
const NARROW = {
  accessKeyId: "narrow",
  secretAccessKey: "narrow-secret",
  allows: (_action: string, _bucket: string, key: string) => !key.startsWith("shut"),
};
const SLOW_DOWN = { kind: "error", status: 503, code: "SlowDown" } as const;
const is = (operation: S3Request["operation"]) => (request: S3Request) =>
  request.operation === operation;

describe("S3, when it fails,", () => {
  let emulator: S3Emulator;
  const clients: S3Client[] = [];
  const clientOf = (settings: Partial<S3Settings> = {}, keys = KEYS): S3Client => {
    const endpoint = { endpoint: emulator.endpoint, region: "us-east-1", pathStyle: true };
    const client = new S3Client({ ...endpoint, hedgeAfterMs: null, ...settings }, async () => keys);
    clients.push(client);
    return client;
  };
  const storeOf = (settings?: Partial<S3Settings>, keys = KEYS): S3ObjectStore =>
    new S3ObjectStore(clientOf(settings, keys), { bucket: "data" });

  beforeAll(async () => {
    emulator = await startS3Emulator({ credentials: [KEYS, EXPIRED, NARROW] });
    emulator.createBucket("data");
  });
  afterEach(() => {
    emulator.faults.clear();
    emulator.counters.reset();
    for (const client of clients.splice(0)) client.close();
  });
  afterAll(() => emulator.close());

  it("gives every byte though one request in five is refused with 503", async () => {
    emulator.faults.add(oftenFault(0.2, SLOW_DOWN, { seed: 3 }));
    const store = storeOf();
    const objects = Array.from({ length: 40 }, (_, i) => [`many/${i}`, randomBytes(500)] as const);
    await Promise.all(objects.map(([key, bytes]) => store.put(key, bytes)));
    const found = await Promise.all(objects.map(([key]) => store.get(key)));
    expect(found.map((bytes) => Buffer.from(bytes).toString("hex"))).toEqual(
      objects.map(([, bytes]) => bytes.toString("hex")),
    );
    expect(emulator.counters.statuses()[503]).toBeGreaterThan(5);
    await store.delete(objects.map(([key]) => key));
    expect(emulator.keys("data", "many/")).toEqual([]);
  });

  it("reads again what was cut off, and never gives part of it", async () => {
    const bytes = randomBytes(300_000);
    emulator.put("data", "cut", bytes);
    emulator.faults.add(firstFault(2, { kind: "reset", afterBytes: 100_000 }, is("GetObject")));
    expect(bytes.equals(await storeOf().get("cut"))).toBe(true);
    expect(emulator.counters.requests).toHaveLength(3);
  });

  it("asks again beside a GET that stalls, and after one on which nothing moves", async () => {
    emulator.put("data", "slow", Buffer.from("0123456789"));
    const stall = { kind: "stall", ms: 3000, afterBytes: 4 } as const;
    emulator.faults.add(firstFault(1, stall, is("GetObject")));
    const hedging = clientOf({ hedgeAfterMs: 15 });
    const started = performance.now();
    const range = { start: 0, end: 10 };
    const bytes = await new S3ObjectStore(hedging, { bucket: "data" }).get("slow", { range });
    expect(Buffer.from(bytes).toString()).toBe("0123456789");
    expect(performance.now() - started).toBeLessThan(1500);
    expect(hedging.usage).toMatchObject({ hedges: 1, retries: 0 });
    emulator.faults.add(firstFault(1, stall, is("GetObject")));
    const patient = clientOf({ idleTimeoutMs: 100 });
    await new S3ObjectStore(patient, { bucket: "data" }).get("slow");
    expect(patient.usage).toMatchObject({ hedges: 0, retries: 1 });
  });

  it("is not asked twice for an object whose size nobody knows", async () => {
    emulator.put("data", "whole", Buffer.from("0123456789"));
    emulator.faults.add(firstFault(1, { kind: "stall", ms: 300 }, is("GetObject")));
    const hedging = clientOf({ hedgeAfterMs: 15 });
    await new S3ObjectStore(hedging, { bucket: "data" }).get("whole");
    expect(hedging.usage).toMatchObject({ gets: 1, hedges: 0 });
  });

  it("knows its own conditional write again when the answer was lost", async () => {
    emulator.faults.add(firstFault(1, { kind: "lostAnswer" }, is("PutObject")));
    const facts = await storeOf().put("mine", Buffer.from("x"), { ifNoneMatch: true });
    expect(facts).toMatchObject({ key: "mine", sizeBytes: 1 });
    await expect(
      storeOf().put("mine", Buffer.from("x"), { ifNoneMatch: true }),
    ).rejects.toMatchObject({ condition: "PRECONDITION_FAILED", retryable: false });
  });

  it("does not take another's object for its own when its write failed first", async () => {
    emulator.faults.add((request) => {
      if (request.operation !== "PutObject" || emulator.get("data", "theirs") !== null) return;
      emulator.put("data", "theirs", Buffer.from("theirs"));
      return { kind: "error", status: 409, code: "ConditionalRequestConflict" };
    });
    await expect(
      storeOf().put("theirs", Buffer.from("mine"), { ifNoneMatch: true }),
    ).rejects.toMatchObject({ condition: "PRECONDITION_FAILED" });
    expect(String(emulator.get("data", "theirs"))).toBe("theirs");
  });

  it("puts large objects in parts, whatever is lost on the way, and leaves no upload open", async () => {
    const bytes = randomBytes((11 << 20) + 5);
    const store = storeOf({ partBytes: 5 << 20 });
    emulator.faults.add(firstFault(2, SLOW_DOWN, is("UploadPart")));
    emulator.faults.add(firstFault(1, { kind: "lostAnswer" }, is("CompleteMultipartUpload")));
    const pieces = [bytes.subarray(0, 7 << 20), bytes.subarray(7 << 20)];
    const { etag } = await store.put("large", pieces, { ifNoneMatch: true });
    expect(etag).toMatch(/-3$/);
    expect(bytes.equals(emulator.get("data", "large") ?? Buffer.alloc(0))).toBe(true);
    await expect(store.put("large", bytes, { ifNoneMatch: true })).rejects.toMatchObject({
      condition: "PRECONDITION_FAILED",
    });
    emulator.faults.add(
      oftenFault(
        1,
        { kind: "error", status: 400, code: "BadDigest" },
        { seed: 1, which: is("UploadPart") },
      ),
    );
    await expect(store.put("never", bytes)).rejects.toMatchObject({ condition: "STORAGE_FAILED" });
    expect(emulator.get("data", "never")).toBeNull();
    expect(emulator.openUploads("data")).toBe(0);
  });

  it("gives up an outage with a retryable error and few more requests than without retries", async () => {
    emulator.faults.add(() => SLOW_DOWN);
    const store = storeOf({ attempts: 4 });
    await expect(store.get("k")).rejects.toMatchObject({ condition: "THROTTLED", retryable: true });
    expect(emulator.counters.requests).toHaveLength(4);
    emulator.counters.reset();
    await Promise.allSettled(Array.from({ length: 60 }, (_, i) => store.get(`k${i}`)));
    expect(emulator.counters.requests.length).toBeLessThanOrEqual(60 + 100);
  });

  it("names bucket, key and the missing action when access is denied", async () => {
    emulator.put("data", "shut/a", Buffer.from("x"));
    const store = storeOf({}, NARROW);
    await expect(store.get("shut/a")).rejects.toMatchObject({
      condition: "ACCESS_DENIED",
      message: expect.stringMatching(/s3:GetObject must be allowed on arn:aws:s3:::data\/shut\/a/),
      details: { bucket: "data", key: "shut/a", action: "s3:GetObject" },
    });
    await expect(store.head("shut/a")).rejects.toMatchObject({ condition: "ACCESS_DENIED" });
    await expect(store.delete(["open", "shut/a"])).rejects.toMatchObject({
      condition: "ACCESS_DENIED",
      details: { key: "shut/a", action: "s3:DeleteObject" },
    });
  });

  it("finds a bucket in another region once, and says so where it cannot", async () => {
    emulator.createBucket("far", { region: "ap-southeast-2" });
    emulator.put("far", "k", Buffer.from("x"));
    const store = new S3ObjectStore(clientOf());
    for (const _ of [1, 2]) expect(await store.get("s3://far/k")).toHaveLength(1);
    expect(emulator.counters.statuses()).toEqual({ 200: 2, 301: 1 });
    const lost = { kind: "error", status: 301, code: "PermanentRedirect" } as const;
    emulator.faults.add(() => lost);
    await expect(storeOf().get("k")).rejects.toMatchObject({
      condition: "WRONG_REGION",
      message: expect.stringContaining("us-east-1"),
      details: { bucket: "data", region: "us-east-1" },
    });
  });

  it("never mixes two versions of an object", async () => {
    const store = storeOf();
    const { etag } = await store.put("k", Buffer.from("old old old"));
    await store.put("k", Buffer.from("new new new"));
    await expect(
      store.get("k", { range: { start: 0, end: 3 }, ifMatch: etag }),
    ).rejects.toMatchObject({ condition: "OBJECT_CHANGED", details: { key: "k" } });
  });

  it("goes by the server's clock where this machine's is wrong", async () => {
    emulator.put("data", "k", Buffer.from("x"));
    const skewed = { kind: "error", status: 403, code: "RequestTimeTooSkewed" } as const;
    emulator.faults.add(firstFault(1, skewed));
    expect(await storeOf().get("k")).toHaveLength(1);
    emulator.faults.add(() => skewed);
    await expect(storeOf().get("k")).rejects.toMatchObject({
      condition: "CREDENTIALS_REFUSED",
      message: expect.stringContaining("clock"),
    });
  });

  it("cannot be led outside the places that are granted", async () => {
    emulator.put("data", "salesman", Buffer.from("x"));
    emulator.put("data", "sales/a", Buffer.from("x"));
    const allowed = new AllowedPlaces(["data/sales"]);
    const store = new S3ObjectStore(clientOf(), { allowed });
    expect(await store.get("s3://data/sales/a")).toHaveLength(1);
    for (const key of [
      "s3://data/salesman",
      "s3://other/sales/a",
      "s3://data/",
      "s3://data/sales",
      "s3://data/sales/../salesman",
    ])
      await expect(store.get(key)).rejects.toMatchObject({ condition: "DATA_NOT_GRANTED" });
    const bound = new S3ObjectStore(clientOf(), { bucket: "data" });
    await expect(bound.get("s3://data/sales/a")).rejects.toMatchObject({
      condition: "OBJECT_NOT_FOUND",
    });
  });

  it("lists and deletes more than one page of objects", async () => {
    const keys = Array.from({ length: 2300 }, (_, i) => `pages/${String(i).padStart(5, "0")}`);
    for (const key of keys) emulator.put("data", key, Buffer.from("x"));
    emulator.faults.add(firstFault(2, { kind: "reset" }, is("ListObjectsV2")));
    const store = storeOf();
    const found: string[] = [];
    for await (const { key } of store.list("pages/")) found.push(key);
    expect(found).toEqual(keys);
    expect(emulator.counters.billed(({ status }) => status !== 0).lists).toBe(3);
    await store.delete(keys);
    expect(emulator.keys("data", "pages/")).toEqual([]);
    expect(emulator.counters.billed().deletes).toBe(3);
  });
});
