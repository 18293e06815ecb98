/** CPU and time of a request to S3, through the AWS SDK and through our own client, against the emulator in another process. */
import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { GetObjectCommand, PutObjectCommand, S3Client as SdkClient } from "@aws-sdk/client-s3";
import { S3Client } from "../src/aws/s3/s3-client.ts";
import { S3ObjectStore } from "../src/aws/s3/s3-object-store.ts";

const KEYS = { accessKeyId: "test", secretAccessKey: "test" };
const AT_ONCE = 16;
const MIB = 1 << 20;
const BUCKET = "bench";

interface Way {
  readonly name: string;
  readonly get: (key: string) => Promise<Uint8Array>;
  readonly put: (key: string, bytes: Uint8Array) => Promise<unknown>;
  readonly close: () => void;
}

async function measure(requests: number, send: () => Promise<unknown>) {
  let left = requests;
  const worker = async (): Promise<void> => {
    while (left-- > 0) await send();
  };
  const cpu = process.cpuUsage();
  const start = performance.now();
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  const used = process.cpuUsage(cpu);
  const cpuMs = (used.user + used.system) / 1000 / requests;
  return { cpuMs, perSecond: (requests / (performance.now() - start)) * 1000 };
}

function ways(endpoint: string): readonly Way[] {
  const sdk = new SdkClient({
    endpoint,
    region: "us-east-1",
    forcePathStyle: true,
    credentials: KEYS,
  });
  const client = new S3Client({ endpoint, region: "us-east-1", pathStyle: true }, async () => KEYS);
  const store = new S3ObjectStore(client, { bucket: BUCKET });
  return [
    {
      name: "AWS SDK",
      get: async (Key) => {
        const { Body } = await sdk.send(new GetObjectCommand({ Bucket: BUCKET, Key }));
        return (await Body?.transformToByteArray()) ?? new Uint8Array(0);
      },
      put: (Key, Body) => sdk.send(new PutObjectCommand({ Bucket: BUCKET, Key, Body })),
      close: () => sdk.destroy(),
    },
    {
      name: "own client",
      get: (key) => store.get(key),
      put: (key, bytes) => store.put(key, bytes),
      close: () => client.close(),
    },
  ];
}

const main = new URL("../test/emulator/s3/main.ts", import.meta.url).pathname;
const emulator = spawn(process.execPath, [main, "--bucket", BUCKET], {
  stdio: ["ignore", "pipe", "inherit"],
});
try {
  const [first] = await once(emulator.stdout, "data");
  const clients = ways(String(first).trim());
  const print = (text: string): boolean => process.stdout.write(`${text}\n`);
  print("| request | client | CPU ms a request | requests a second |\n|---|---|---|---|");
  for (const sizeBytes of [4096, 65_536, MIB, 8 * MIB]) {
    const bytes = randomBytes(sizeBytes);
    const requests = Math.max(24, Math.min(800, Math.round((128 * MIB) / sizeBytes)));
    for (const kind of ["GET", "PUT"] as const)
      for (const { name, get, put } of clients) {
        await put("k", bytes);
        const send = () => (kind === "GET" ? get("k") : put("k", bytes));
        await measure(Math.ceil(requests / 4), send);
        const { cpuMs, perSecond } = await measure(requests, send);
        const size = sizeBytes < MIB ? `${sizeBytes / 1024} KiB` : `${sizeBytes / MIB} MiB`;
        print(`| ${kind} ${size} | ${name} | ${cpuMs.toFixed(3)} | ${Math.round(perSecond)} |`);
      }
  }
  for (const { close } of clients) close();
} finally {
  emulator.kill();
}
