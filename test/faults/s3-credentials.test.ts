import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { cachedCredentials } from "../../src/aws/s3/cached-credentials.ts";
import { S3Clients } from "../emulator/s3/s3-clients.ts";
import { type S3Emulator, startS3Emulator } from "../emulator/s3/s3-emulator.ts";

const session = (accessKeyId: string) => ({
  accessKeyId,
  secretAccessKey: `${accessKeyId}-secret`,
  sessionToken: `${accessKeyId}-token`,
  isExpired: false,
});
const MORNING = session("morning");
const EVENING = session("evening");
const YESTERDAY = { ...session("yesterday"), isExpired: true };

describe("A session token that expires while a client is at work", () => {
  let emulator: S3Emulator;
  let clients: S3Clients;

  beforeAll(async () => {
    emulator = await startS3Emulator({ credentials: [MORNING, EVENING, YESTERDAY] });
    clients = new S3Clients(emulator);
    emulator.createBucket("data");
    for (let i = 0; i < 120; i++) emulator.put("data", `k${i}`, Buffer.from("x"));
  });
  afterEach(() => {
    MORNING.isExpired = false;
    emulator.faults.clear();
    emulator.counters.reset();
    clients.closeAll();
  });
  afterAll(() => emulator.close());

  it("is renewed once, and every request goes well", async () => {
    let asked = 0;
    const source = cachedCredentials(async () => (asked++ === 0 ? MORNING : EVENING));
    const store = clients.store(source, { maxRequests: 16 });
    let served = 0;
    emulator.faults.add(() => {
      MORNING.isExpired = ++served >= 30;
      return undefined;
    });
    const found = await Promise.all(
      Array.from({ length: 120 }, (_, i) => store.get(`s3://data/k${i}`)),
    );
    expect(found.every(({ length }) => length === 1)).toBe(true);
    expect(asked).toBe(2);
    const statuses = emulator.counters.statuses();
    expect(statuses[200]).toBe(120);
    expect(statuses[400]).toBeGreaterThan(0);
    expect(statuses[400]).toBeLessThan(60);
  });

  it("is said to have expired where its source gives the same again", async () => {
    let asked = 0;
    const source = cachedCredentials(async () => {
      asked++;
      return YESTERDAY;
    });
    const error = await clients
      .store(source)
      .get("s3://data/k0")
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      condition: "CREDENTIALS_EXPIRED",
      retryable: false,
      message: expect.stringContaining("sign in again"),
    });
    expect(JSON.stringify(error)).not.toMatch(/secret|token/);
    expect(asked).toBe(2);
    expect(emulator.counters.requests).toHaveLength(1);
  });
});
