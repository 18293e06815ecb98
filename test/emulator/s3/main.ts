import { parseArgs } from "node:util";
import { startS3Emulator } from "./s3-emulator.ts";

const { values } = parseArgs({
  options: {
    port: { type: "string", default: "0" },
    "access-key": { type: "string", default: "test" },
    "secret-key": { type: "string", default: "test" },
    bucket: { type: "string", multiple: true, default: [] },
  },
});
const emulator = await startS3Emulator({
  port: Number(values.port),
  credentials: {
    accessKeyId: values["access-key"],
    secretAccessKey: values["secret-key"],
  },
});
for (const bucket of values.bucket) emulator.createBucket(bucket);
process.stdout.write(`${emulator.endpoint}\n`);
