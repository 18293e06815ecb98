import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { deflateRawSync } from "node:zlib";
import { awsSession } from "../src/aws/engine/aws-session.ts";
import { ExecutionEnvironment } from "../test/emulator/lambda/execution-environment.ts";
import { LambdaEmulator } from "../test/emulator/lambda/lambda-emulator.ts";
import type { LambdaFunction } from "../test/emulator/lambda/lambda-function.ts";
import { startS3Emulator } from "../test/emulator/s3/s3-emulator.ts";
import { synthesizeEngine } from "../test/support/synthesized-engine.ts";

/**
 * What a query waits for when nothing is warm: the size of both functions as Lambda loads them, the time of their INIT
 * and of their first event, and the time from an engine without any environment to the first row of a small query.
 */
const RUNS = 5;
const BUCKET = "tindra-bench-data";
const KEYS = { accessKeyId: "bench", secretAccessKey: "bench" };
const TPCH = resolve(import.meta.dirname, "../test/data/tpch/sf0.01");
const SQL = `SELECT o_orderpriority, count(*) AS n FROM parquet.\`s3://${BUCKET}/orders.parquet\` GROUP BY 1`;

const engine = synthesizeEngine({
  engineName: "bench",
  dataBuckets: [{ bucketArn: `arn:aws:s3:::${BUCKET}` }],
});
const s3 = await startS3Emulator({ credentials: KEYS });
s3.createBucket(BUCKET);
s3.createBucket(engine.exchangeBucket);
s3.put(BUCKET, "orders.parquet", readFileSync(join(TPCH, "orders.parquet")));
const environment = {
  AWS_ACCESS_KEY_ID: KEYS.accessKeyId,
  AWS_SECRET_ACCESS_KEY: KEYS.secretAccessKey,
  AWS_ENDPOINT_URL_S3: s3.endpoint,
};
const lambda = await LambdaEmulator.start({
  functions: engine.functions,
  environment,
  parameters: { [engine.parameter.name]: engine.parameter.value },
});
Object.assign(process.env, environment, {
  AWS_REGION: "us-east-1",
  AWS_ENDPOINT_URL: lambda.endpoint,
});

try {
  for (const of of engine.functions) printSizes(of);
  await printQuery();
  for (const of of engine.functions) await printStart(of);
} finally {
  await lambda.close();
  await s3.close();
  engine.remove();
}

function printSizes({ name, code }: LambdaFunction): void {
  const sizes = readdirSync(code).map((file) => {
    const bytes = readFileSync(join(code, file));
    return { file, zipped: deflateRawSync(bytes).length };
  });
  const isFallback = (file: string): boolean => file === "parquet_wasm_bg.wasm";
  const total = (of: typeof sizes): string =>
    `${(of.reduce((sum, { zipped }) => sum + zipped, 0) / 1e6).toFixed(2)} MB`;
  const own = total(sizes.filter(({ file }) => !isFallback(file)));
  const fallback = total(sizes.filter(({ file }) => isFallback(file)));
  print(`${name}: ${own} zipped, and ${fallback} of parquet-wasm beside it`);
}

async function printQuery(): Promise<void> {
  const cold: number[] = [];
  const warm: number[] = [];
  const spark = await awsSession({ engine: "bench", region: "us-east-1" });
  for (let run = 0; run < RUNS; run++) {
    lambda.coolDown();
    cold.push(await timeOf(() => spark.sql(SQL).collect()));
    warm.push(await timeOf(() => spark.sql(SQL).collect()));
  }
  await spark.stop();
  print(`a small query: cold ${median(cold)} to its first row, warm ${median(warm)}`);
}

/** Sends an event that the function has had before to environments without a past. */
async function printStart(of: LambdaFunction): Promise<void> {
  const event = lambda.log.find(({ functionName }) => functionName === of.name)?.payload;
  if (event === undefined) throw new TypeError(`${of.name} was not invoked`);
  const init: number[] = [];
  const first: number[] = [];
  const second: number[] = [];
  for (let run = 0; run < RUNS; run++) {
    const fresh = new ExecutionEnvironment(of, {
      ...environment,
      AWS_ENDPOINT_URL: lambda.endpoint,
    });
    const invoke = (): Promise<number> => {
      const renamed = event.replace(/"requestId":"[^"]*"/, `"requestId":"${crypto.randomUUID()}"`);
      return timeOf(() => fresh.invoke(crypto.randomUUID(), renamed, {}));
    };
    const both = await invoke();
    const initMs = fresh.initMs ?? 0;
    init.push(initMs);
    first.push(both - initMs);
    second.push(await invoke());
    fresh.close();
  }
  print(`${of.name}: INIT ${median(init)}, first event ${median(first)}, second ${median(second)}`);
}

async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const startMs = performance.now();
  await work();
  return performance.now() - startMs;
}

function median(times: readonly number[]): string {
  const middle = times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;
  return `${middle.toFixed(0)} ms`;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
