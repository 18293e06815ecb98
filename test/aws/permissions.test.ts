import { readdirSync, readFileSync } from "node:fs";
import { Duration, Stack } from "aws-cdk-lib";
import { Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { awsSession } from "../../src/aws/engine/aws-session.ts";
import { SignedRequests } from "../../src/aws/engine/signed-requests.ts";
import { HttpInvokeClient } from "../../src/aws/lambda/http-invoke-client.ts";
import { S3Client } from "../../src/aws/s3/s3-client.ts";
import { S3ObjectStore } from "../../src/aws/s3/s3-object-store.ts";
import type { Session } from "../../src/index.ts";
import { LambdaEmulator, type LoggedInvocation } from "../emulator/lambda/lambda-emulator.ts";
import { type S3Emulator, startS3Emulator } from "../emulator/s3/s3-emulator.ts";
import { SHUFFLING, SHUFFLING_ROWS, SHUFFLING_SQL } from "../support/engine-on-emulators.ts";
import { type PolicyStatement, statementsOf } from "../support/engine-policies.ts";
import { callerOf, credentialsOf, keysOf } from "../support/role-keys.ts";
import { type SynthesizedEngine, synthesizeEngine } from "../support/synthesized-engine.ts";
import { expectSparkAnswer, TPCH_QUERIES, tpchSql } from "../support/tpch.ts";

const TPCH = new URL("../data/tpch/sf0.01/", import.meta.url);
const FILES = readdirSync(TPCH).filter((name) => name.endsWith(".parquet"));
const BUCKET = "tindra-data";
/** Of which one folder is granted, and whose owner lets others pay. */
const SHARED = "tindra-shared";
const ROLES = { TindraCoordinator: "coordinator", TindraExecutor: "executor", Client: "client" };
/** Lambda itself writes the logs, to which the emulator has no service. */
const OF_LAMBDA = "WriteItsLog";

let engine: SynthesizedEngine;
let statements: PolicyStatement[];
let s3: S3Emulator;
let lambda: LambdaEmulator;
let spark: Session;
const denied: string[] = [];

beforeAll(async () => {
  engine = synthesizeEngine(
    {
      dataBuckets: [
        { bucketArn: `arn:aws:s3:::${BUCKET}` },
        { bucketArn: `arn:aws:s3:::${SHARED}`, prefix: "sales" },
      ],
      memorySize: 512,
      requesterPays: true,
      timeouts: { coordinator: Duration.seconds(10), executor: Duration.seconds(10) },
    },
    (within) => {
      const assumedBy = new ServicePrincipal("ec2.amazonaws.com");
      within.grantQuery(new Role(Stack.of(within), "Client", { assumedBy }));
    },
  );
  statements = statementsOf(engine.template, ROLES);
  const roles = Object.values(ROLES);
  s3 = await startS3Emulator({
    credentials: roles.map((role) => credentialsOf(statements, role, denied)),
  });
  s3.createBucket(BUCKET);
  s3.createBucket(SHARED, { requesterPays: true });
  s3.createBucket(engine.exchangeBucket);
  for (const name of FILES) s3.put(BUCKET, `tpch/${name}`, readFileSync(new URL(name, TPCH)));
  const orders = readFileSync(new URL("orders.parquet", TPCH));
  for (const key of ["sales/2025/1.parquet", "sales/2026/1.parquet", "other/1.parquet"])
    s3.put(SHARED, key, orders);
  lambda = await LambdaEmulator.start({
    functions: engine.functions.map((of) => ({
      ...of,
      environment: { ...of.environment, ...variablesOf(of.name.replace(/^.*-/, "")) },
    })),
    environment: { AWS_ENDPOINT_URL_S3: s3.endpoint, TINDRA_S3_HEDGE: "false" },
    parameters: { [engine.parameter.name]: engine.parameter.value },
    callers: roles.map((role) => callerOf(statements, role, denied)),
  });
  const client = {
    ...variablesOf("client"),
    AWS_ENDPOINT_URL: lambda.endpoint,
    AWS_ENDPOINT_URL_S3: s3.endpoint,
  };
  for (const [name, value] of Object.entries(client)) vi.stubEnv(name, value);
  spark = await awsSession({ engine: "tindra", region: "us-east-1" });
  for (const name of FILES)
    spark.read
      .parquet(`s3://${BUCKET}/tpch/${name}`)
      .createOrReplaceTempView(name.replace(".parquet", ""));
}, 120_000);
afterAll(async () => {
  await spark?.stop();
  await lambda?.close();
  await s3?.close();
  engine?.remove();
  vi.unstubAllEnvs();
});

function variablesOf(role: string): Record<string, string> {
  const { accessKeyId, secretAccessKey, sessionToken } = keysOf(role);
  return {
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_SESSION_TOKEN: sessionToken,
  };
}

describe("with what the template allows and no more,", () => {
  it.each(TPCH_QUERIES)("query %s of TPC-H gives Spark's rows", async (query) => {
    await expectSparkAnswer(query, spark.sql(tpchSql(query)));
  });

  it.each([
    ["sales/*", 30_000],
    ["sales/2026/", 15_000],
    ["sales/*/1.parquet", 30_000],
    ["sales/2025/1.parquet", 15_000],
  ])("%s is read, of a bucket with one folder granted", async (path, rows) => {
    const orders = spark.read.parquet(`s3://${SHARED}/${path}`);
    expect(await orders.filter("length(o_comment) > 0").count()).toBe(rows);
  });

  it("a whole bucket is listed", async () => {
    const orders = spark.read.parquet(`s3://${BUCKET}/tpch/orders*.parquet`);
    expect(await orders.count()).toBe(15_000);
  });

  it("rows go through the exchange", async () => {
    for (const [key, value] of Object.entries(SHUFFLING)) spark.conf.set(key, value);
    const rows = await spark.sql(SHUFFLING_SQL).collect();
    expect(rows.map((row) => row.toArray())).toEqual(SHUFFLING_ROWS);
  });

  it("a query goes on in another coordinator", async () => {
    const late = { kind: "late", ms: 2600 } as const;
    const takeBack = lambda.addFault(({ functionName }) =>
      functionName.endsWith("executor") ? late : undefined,
    );
    const rows = await spark.sql(SHUFFLING_SQL).collect();
    takeBack();
    expect(rows.map((row) => row.toArray())).toEqual(SHUFFLING_ROWS);
    await vi.waitFor(
      () => expect(lambda.log.map(whoInvokes)).toContain("coordinator invokes coordinator"),
      5000,
    );
  });

  it("a task is told of more than an invocation can carry", async () => {
    const sql = "SELECT count(*) AS n FROM orders WHERE o_comment <> repeat('long', 1320000)";
    await Promise.allSettled([spark.sql(sql).collect()]); // its plan may be too large for the answer
    const byKey = lambda.log.filter(({ payload }) => payload.startsWith('{"specKey"'));
    expect(byKey.map(({ isError }) => isError)).toContain(false);
  });

  it("results that are large together are fetched", async () => {
    const sql = "SELECT l_comment FROM lineitem UNION ALL SELECT l_comment FROM lineitem";
    expect(await spark.sql(sql).collect()).toHaveLength(2 * 60_175);
  });

  it("a large result is fetched", async () => {
    const long = await spark.sql("SELECT repeat(l_comment, 20) AS long FROM lineitem").collect();
    expect(long).toHaveLength(60_175);
  });

  it.each([
    ["result", "SELECT repeat(l_comment, 21) AS long FROM lineitem"],
    [
      "exchange",
      SHUFFLING_SQL.replaceAll("SELECT *", "SELECT l_orderkey, repeat(l_comment, 21) AS l_comment"),
    ],
  ])("a large object of %s/ that cannot be written is given up", async (folder, sql) => {
    const takeBack = s3.faults.add(({ operation, key }) =>
      operation === "UploadPart" && key.startsWith(folder)
        ? { kind: "error", status: 400, code: "InvalidPart" }
        : undefined,
    );
    await expect(spark.sql(sql).collect()).rejects.toThrow();
    takeBack();
    expect(s3.openUploads(engine.exchangeBucket)).toBe(0);
  });
});

describe("what the roles allow", () => {
  it("is enough", () => {
    // Told 403 in place of 404, a task that looks whether it was killed knows as much.
    const looks = `executor s3:ListBucket arn:aws:s3:::${engine.exchangeBucket}`;
    expect([...new Set(denied)].filter((denial) => denial !== looks)).toEqual([]);
  });

  it("is needed, each action on each resource", () => {
    process.stdout.write(`${table(statements)}\n`);
    const unused = statements
      .filter(({ sid }) => sid !== OF_LAMBDA)
      .flatMap(({ role, sid, actions, resources, used }) =>
        actions.flatMap((action) =>
          resources
            .filter((resource) => !used.has(`${action} ${resource}`))
            .map((resource) => `${role} ${sid} ${action} ${resource}`),
        ),
      );
    expect(unused).toEqual([]);
  });

  it("is used by whom it is meant for", () => {
    expect([...new Set(lambda.log.map(whoInvokes))].sort()).toEqual([
      "client invokes coordinator",
      "coordinator invokes coordinator",
      "coordinator invokes executor",
    ]);
  });

  it.each([
    ["executor", "executor"],
    ["executor", "coordinator"],
    ["client", "executor"],
  ])("does not let the %s invoke the %s", async (role, name) => {
    const requests = new SignedRequests({
      region: "us-east-1",
      credentials: async () => keysOf(role),
      endpoint: lambda.endpoint,
    });
    const of = engine.functions.find((each) => each.name.endsWith(name));
    const answer = await new HttpInvokeClient(requests).invoke(of?.name ?? "", "{}");
    requests.close();
    expect(answer).toMatchObject({ status: 403, errorType: "AccessDeniedException" });
  });

  it.each([
    ["coordinator", SHARED, "other/"],
    ["coordinator", SHARED, "sales"],
    ["coordinator", SHARED, ""],
    ["executor", SHARED, "sales/"],
    ["executor", BUCKET, "tpch/"],
    ["client", SHARED, "sales/"],
  ])("does not let the %s list %s/%s", async (role, bucket, prefix) => {
    await expect(listed(role, bucket, prefix)).rejects.toMatchObject({
      condition: "ACCESS_DENIED",
      details: { action: "s3:ListBucket", bucket },
    });
  });

  it("lets the coordinator list the folder that was granted", async () => {
    const keys = ["sales/2025/1.parquet", "sales/2026/1.parquet"];
    expect(await listed("coordinator", SHARED, "sales/")).toEqual(keys);
  });
});

const whoInvokes = ({ accessKeyId, functionName }: LoggedInvocation): string =>
  `${accessKeyId} invokes ${functionName.replace(/^.*-/, "")}`;

async function listed(role: string, bucket: string, prefix: string): Promise<string[]> {
  const settings = { endpoint: s3.endpoint, pathStyle: true, requesterPays: true };
  const client = new S3Client(settings, async () => keysOf(role));
  try {
    const keys: string[] = [];
    for await (const { key } of new S3ObjectStore(client, { bucket }).list(prefix)) keys.push(key);
    return keys;
  } finally {
    client.close();
  }
}

function table(rows: readonly PolicyStatement[]): string {
  const cells = rows.flatMap(({ role, sid, actions, resources, used }) =>
    actions.flatMap((action) =>
      resources.map((resource) => {
        const needed = used.has(`${action} ${resource}`) ? "yes" : "-";
        return [role, sid, action, resource, sid === OF_LAMBDA ? "by Lambda" : needed];
      }),
    ),
  );
  const all = [["role", "statement", "action", "resource", "used"], ...cells];
  const widths = [0, 1, 2, 3, 4].map((at) => Math.max(...all.map((row) => row[at]?.length ?? 0)));
  return all
    .map((row) => row.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join("  "))
    .join("\n");
}
