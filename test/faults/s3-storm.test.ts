import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { S3Client } from "../../src/aws/s3/s3-client.ts";
import { S3ObjectStore } from "../../src/aws/s3/s3-object-store.ts";
import { seeded } from "../support/seeded.ts";

const REQUESTS = 5000;
const SHARE = 0.2;

/** Signatures are not looked at here, as the emulator would do. */
describe("S3 that is busy for long", () => {
  const next = seeded(7);
  let refused = 0;
  const server = createServer((_request, response) => {
    const isRefused = next() < SHARE;
    if (isRefused) refused++;
    response.writeHead(isRefused ? 503 : 200, { "content-length": 0 }).end();
  });

  beforeAll(() => new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve)));
  afterAll(() => {
    server.close();
    server.closeAllConnections();
  });

  it("serves thousands of GETs though one in five is refused", async () => {
    const { port } = server.address() as AddressInfo;
    const client = new S3Client(
      { endpoint: `http://127.0.0.1:${port}`, region: "us-east-1", pathStyle: true, attempts: 16 },
      async () => ({ accessKeyId: "a", secretAccessKey: "s" }),
    );
    const store = new S3ObjectStore(client, { bucket: "data" });
    const ended = await Promise.allSettled(Array.from({ length: REQUESTS }, () => store.get("k")));
    client.close();
    expect(ended.filter(({ status }) => status === "rejected")).toEqual([]);
    expect(refused).toBeGreaterThan(REQUESTS * SHARE * 0.9);
  });
});
