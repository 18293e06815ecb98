import { readdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, vi } from "vitest";
import { CoordinatorClient } from "../../src/aws/engine/coordinator-client.ts";
import type {
  CoordinatorAnswer,
  CoordinatorRequest,
} from "../../src/aws/engine/coordinator-message.ts";
import { SignedRequests } from "../../src/aws/engine/signed-requests.ts";
import { HttpInvokeClient } from "../../src/aws/lambda/http-invoke-client.ts";
import { S3Client } from "../../src/aws/s3/s3-client.ts";
import { S3ObjectStore } from "../../src/aws/s3/s3-object-store.ts";
import { Session } from "../../src/session/session.ts";
import { PrefixedObjectStore } from "../../src/storage/prefixed-object-store.ts";
import { LambdaEmulator } from "../emulator/lambda/lambda-emulator.ts";
import type { LambdaFunction } from "../emulator/lambda/lambda-function.ts";
import { type S3Emulator, startS3Emulator } from "../emulator/s3/s3-emulator.ts";
import { inRowGroups } from "./in-row-groups.ts";
import type { SynthesizedEngine } from "./synthesized-engine.ts";

export const EXCHANGE_BUCKET = "tindra-exchange";
export const DATA_BUCKET = "tindra-data";
/** Granted too, but in another region. */
export const FAR_BUCKET = "tindra-far";
const ROOT = resolve(import.meta.dirname, "../..");
const TPCH = resolve(import.meta.dirname, "../data/tpch/sf0.01");
/** As a role's: with secrets that can be told from all else. */
export const KEYS = {
  accessKeyId: "test",
  secretAccessKey: "the-secret-key-of-these-tests",
  sessionToken: "the-session-token-of-these-tests",
};

export interface EngineOptions {
  readonly executors?: number;
  readonly accountConcurrency?: number;
  readonly coordinatorSeconds?: number;
  readonly executorSeconds?: number;
  readonly memoryMb?: number;
  /** Functions from a synthesized app in place of those from source. */
  readonly synthesized?: SynthesizedEngine;
  /** True if slow GETs are sent twice; then requests cannot be counted. Default false. */
  readonly hedges?: boolean;
}

/** A query whose rows are too many to ride in task results. */
export const SHUFFLING_SQL = `SELECT o_orderpriority, count(*) AS n, max(l_comment) AS last
  FROM (SELECT * FROM lineitem UNION ALL SELECT * FROM lineitem) JOIN orders ON l_orderkey = o_orderkey
  GROUP BY 1 ORDER BY 1`;
/** Its rows, as DuckDB gives them. */
export const SHUFFLING_ROWS = [
  ["1-URGENT", 24028n, "zzle slyly against the final, e"],
  ["2-HIGH", 24530n, "zzle quickly alongside of the regular i"],
  ["3-MEDIUM", 23616n, "zzle furiously iron"],
  ["4-NOT SPECIFIED", 24370n, "ze slyly against the fu"],
  ["5-LOW", 23806n, "zzle: pending i"],
];
/** Settings under which it shuffles. */
export const SHUFFLING = {
  "spark.sql.autoBroadcastJoinThreshold": "-1",
  "spark.sql.shuffle.partitions": "4",
  "spark.sql.adaptive.enabled": "false",
};

/** An engine whose functions run from source on this machine's emulators, with TPC-H of scale factor 0.01 as its data. */
export class EngineOnEmulators implements AsyncDisposable {
  readonly s3: S3Emulator;
  readonly lambda: LambdaEmulator;
  private readonly exchangeBucket: string;
  private readonly coordinator: string;
  private readonly requests: SignedRequests;
  private readonly s3Client: S3Client;

  private constructor(
    s3: S3Emulator,
    lambda: LambdaEmulator,
    exchangeBucket: string,
    coordinator: string,
  ) {
    this.exchangeBucket = exchangeBucket;
    this.coordinator = coordinator;
    this.s3 = s3;
    this.lambda = lambda;
    const credentials = async () => KEYS;
    this.requests = new SignedRequests({
      region: "us-east-1",
      credentials,
      endpoint: lambda.endpoint,
    });
    this.s3Client = new S3Client({ endpoint: s3.endpoint, pathStyle: true }, credentials);
  }

  static async start(options: EngineOptions = {}): Promise<EngineOnEmulators> {
    const s3 = await startS3Emulator({ credentials: KEYS });
    const exchangeBucket = options.synthesized?.exchangeBucket ?? EXCHANGE_BUCKET;
    s3.createBucket(exchangeBucket);
    s3.createBucket(DATA_BUCKET);
    s3.createBucket(FAR_BUCKET, { region: "eu-north-1" });
    s3.put(FAR_BUCKET, "region.parquet", readFileSync(`${TPCH}/region.parquet`));
    for (const name of readdirSync(TPCH).filter((file) => file.endsWith(".parquet"))) {
      const bytes = readFileSync(`${TPCH}/${name}`);
      s3.put(DATA_BUCKET, `tpch/${name}`, bytes);
      if (options.synthesized) s3.put(DATA_BUCKET, `split/${name}`, inRowGroups(bytes));
    }
    const lambda = await LambdaEmulator.start({
      functions: options.synthesized?.functions ?? functionsOf(options),
      environment: {
        AWS_ACCESS_KEY_ID: KEYS.accessKeyId,
        AWS_SECRET_ACCESS_KEY: KEYS.secretAccessKey,
        AWS_SESSION_TOKEN: KEYS.sessionToken,
        AWS_ENDPOINT_URL_S3: s3.endpoint,
        TINDRA_S3_HEDGE: String(options.hedges ?? false),
      },
      parameters: {
        "/tindra/engines/test": JSON.stringify({
          coordinator: "coordinator",
          executor: "executor",
          exchangeBucket: EXCHANGE_BUCKET,
          dataBuckets: [`${DATA_BUCKET}/tpch`],
          region: "us-east-1",
          memoryMb: options.memoryMb ?? 512,
          architecture: "arm64",
          concurrency: options.executors ?? 8,
        }),
      },
      ...(options.accountConcurrency === undefined
        ? {}
        : { accountConcurrency: options.accountConcurrency }),
    });
    const coordinator = options.synthesized?.functions.find(({ name }) =>
      name.endsWith("coordinator"),
    );
    return new EngineOnEmulators(s3, lambda, exchangeBucket, coordinator?.name ?? "coordinator");
  }

  client(staleMs = 3000): CoordinatorClient {
    const bucket = new S3ObjectStore(this.s3Client, { bucket: this.exchangeBucket });
    return new CoordinatorClient({
      client: new HttpInvokeClient(this.requests),
      functionName: this.coordinator,
      results: new PrefixedObjectStore(bucket, "result/"),
      staleMs,
    });
  }

  /** With TPC-H's tables as views. */
  session(settings: { readonly [key: string]: string } = {}, folder = "tpch"): Session {
    const session = Session.remote(this.client(), settings);
    for (const table of TABLES)
      session.read
        .parquet(`s3://${DATA_BUCKET}/${folder}/${table}.parquet`)
        .createOrReplaceTempView(table);
    return session;
  }

  /** Asks the coordinator as a client does. */
  async invokeCoordinator(request: CoordinatorRequest): Promise<CoordinatorAnswer> {
    const client = new HttpInvokeClient(this.requests);
    const { body } = await client.invoke(this.coordinator, JSON.stringify(request));
    return JSON.parse(body) as CoordinatorAnswer;
  }

  /** What a client's environment needs to find the engine. */
  environment(): { readonly [name: string]: string } {
    return {
      AWS_ACCESS_KEY_ID: KEYS.accessKeyId,
      AWS_SECRET_ACCESS_KEY: KEYS.secretAccessKey,
      AWS_SESSION_TOKEN: KEYS.sessionToken,
      AWS_REGION: "us-east-1",
      AWS_ENDPOINT_URL: this.lambda.endpoint,
      AWS_ENDPOINT_URL_S3: this.s3.endpoint,
    };
  }

  /** No object of the exchange outlives its query by more than the time that a coordinator sweeps. */
  async expectNothingLeft(): Promise<void> {
    await vi.waitFor(
      () => expect(this.s3.keys(this.exchangeBucket, "exchange/")).toEqual([]),
      5000,
    );
  }

  /** Deletes what a query could not. */
  clearExchange(): Promise<void> {
    const exchange = new S3ObjectStore(this.s3Client, { bucket: this.exchangeBucket });
    return exchange.delete(this.s3.keys(this.exchangeBucket, "exchange/"));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.requests.close();
    this.s3Client.close();
    await this.lambda.close();
    await this.s3.close();
  }
}

const TABLES = [
  "customer",
  "lineitem",
  "nation",
  "orders",
  "part",
  "partsupp",
  "region",
  "supplier",
];

function functionsOf(options: EngineOptions): readonly LambdaFunction[] {
  const { executors = 8, memoryMb = 512, coordinatorSeconds = 60, executorSeconds = 30 } = options;
  const environment = {
    TINDRA_ENGINE: "test",
    TINDRA_EXCHANGE_BUCKET: EXCHANGE_BUCKET,
    TINDRA_DATA_BUCKETS: JSON.stringify([`${DATA_BUCKET}/tpch`, FAR_BUCKET]),
    TINDRA_MEMORY_MB: String(memoryMb),
    TINDRA_ARCHITECTURE: "arm64",
    TINDRA_CONCURRENCY: String(executors),
    TINDRA_EXECUTOR: "executor",
    NODE_COMPILE_CACHE: resolve(ROOT, "node_modules/.cache/functions"),
  };
  return ["coordinator", "executor"].map((name) => ({
    name,
    handler: `functions/${name}.ts.handler`,
    code: ROOT,
    memoryMb,
    timeoutSeconds: name === "coordinator" ? coordinatorSeconds : executorSeconds,
    environment,
    reservedConcurrency: null,
  }));
}
