import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { S3Clients } from "../emulator/s3/s3-clients.ts";
import { type S3Emulator, startS3Emulator } from "../emulator/s3/s3-emulator.ts";
import { firstFault } from "../emulator/s3/s3-fault.ts";

const KEYS = { accessKeyId: "regions", secretAccessKey: "regions-secret" };

describe("A bucket in another region", () => {
  let emulator: S3Emulator;
  let clients: S3Clients;

  beforeAll(async () => {
    emulator = await startS3Emulator({ credentials: KEYS });
    clients = new S3Clients(emulator);
    emulator.createBucket("far", { region: "ap-southeast-2" });
    for (let i = 0; i < 40; i++) emulator.put("far", `k${i}`, Buffer.from("x"));
  });
  afterEach(() => {
    emulator.faults.clear();
    emulator.counters.reset();
    clients.closeAll();
  });
  afterAll(() => emulator.close());

  it("is found by many reads at once, each sent away at most once", async () => {
    const store = clients.store(KEYS);
    const found = await Promise.all(
      Array.from({ length: 40 }, (_, i) => store.get(`s3://far/k${i}`)),
    );
    expect(found.every(({ length }) => length === 1)).toBe(true);
    expect(emulator.counters.statuses()).toMatchObject({ 200: 40 });
    expect(emulator.counters.requests.length).toBeLessThanOrEqual(80);
  });

  it("is found by reads that S3 sends away late, when the client knows better by then", async () => {
    const late = { kind: "stall", ms: 150 } as const;
    emulator.faults.add(firstFault(1, late, ({ key }) => key === "k0"));
    const store = clients.store(KEYS);
    const slow = store.get("s3://far/k0");
    await store.get("s3://far/k1");
    expect(await slow).toHaveLength(1);
    expect(emulator.counters.statuses()).toEqual({ 200: 2, 301: 2 });
  });

  it.each([301, 400])("is found by HEAD, whose refusal with %d has no body", async (status) => {
    const headers = { "x-amz-bucket-region": "ap-southeast-2" };
    const elsewhere = { kind: "error", status, code: "unseen", headers } as const;
    emulator.faults.add(firstFault(1, elsewhere));
    expect(await clients.store(KEYS).head("s3://far/k0")).toMatchObject({ sizeBytes: 1 });
    expect(emulator.counters.statuses()).toEqual({ 200: 1, [status]: 1 });
  });
});
