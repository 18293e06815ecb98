import { once } from "node:events";
import { createServer as createHttpServer } from "node:http";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import { afterEach, describe, expect, it } from "vitest";
import { HttpTransport } from "../../../../src/aws/s3/http-transport.ts";

/** Listens, and then never gets to accept what is connected. */
const DEAF_SERVER = `
  const { parentPort } = require("node:worker_threads");
  const server = require("node:net").createServer();
  server.listen({ port: 0, host: "127.0.0.1", backlog: 1 }, () => {
    parentPort.postMessage(server.address().port);
    setImmediate(() => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0));
  });
`;

describe("A connection", () => {
  const ends: (() => unknown)[] = [];
  afterEach(async () => {
    for (const end of ends.splice(0)) await end();
  });

  const get = (origin: string, connectTimeoutMs: number) => {
    const transport = new HttpTransport({ maxSockets: 4, idleTimeoutMs: 20_000, connectTimeoutMs });
    ends.push(() => transport.close());
    const request = { method: "GET", path: "/k", headers: {}, body: [], signal: undefined };
    return () => transport.send({ ...request, origin: new URL(origin) });
  };
  const listen = async (server: Server): Promise<number> => {
    await once(server.listen(0, "127.0.0.1"), "listening");
    return (server.address() as AddressInfo).port;
  };
  const LATE = {
    condition: "NETWORK_FAILED",
    retryable: true,
    message: expect.stringContaining("no connection within 100 ms"),
  };

  it("that is not taken in time is given up", async () => {
    const worker = new Worker(DEAF_SERVER, { eval: true });
    ends.push(() => worker.terminate());
    const [port] = (await once(worker, "message")) as [number];
    await sleep(50);
    const waiting = Array.from({ length: 4 }, () => connect(port, "127.0.0.1"));
    for (const socket of waiting) {
      socket.on("error", () => undefined);
      ends.push(() => socket.destroy());
    }
    await sleep(50);
    await expect(get(`http://127.0.0.1:${port}`, 100)()).rejects.toMatchObject(LATE);
  });

  it("whose TLS is not agreed on in time is given up", async () => {
    const sockets: Socket[] = [];
    const server = createServer((socket) => sockets.push(socket));
    const port = await listen(server);
    ends.push(() => {
      for (const socket of sockets) socket.destroy();
      server.close();
    });
    await expect(get(`https://127.0.0.1:${port}`, 100)()).rejects.toMatchObject(LATE);
  });

  it("that is there in time may be slow, when it is new and when it is used again", async () => {
    const server = createHttpServer((_request, response) => {
      setTimeout(() => response.end("x"), 150);
    });
    const port = await listen(server);
    ends.push(() => server.close());
    const send = get(`http://127.0.0.1:${port}`, 100);
    for (const _ of [1, 2]) expect((await send()).status).toBe(200);
  });
});
