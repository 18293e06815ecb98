import { readdirSync, readFileSync } from "node:fs";
import { Stack } from "aws-cdk-lib";
import { Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { awsSession } from "../../src/aws/engine/aws-session.ts";
import type { Session } from "../../src/index.ts";
import { LambdaEmulator } from "../emulator/lambda/lambda-emulator.ts";
import { functionArn } from "../emulator/lambda/lambda-function.ts";
import { type S3Emulator, startS3Emulator } from "../emulator/s3/s3-emulator.ts";
import { SHUFFLING, SHUFFLING_ROWS, SHUFFLING_SQL } from "../support/engine-on-emulators.ts";
import {
  allows,
  credentialsOf,
  type PolicyStatement,
  statementsOf,
} from "../support/engine-policies.ts";
import { type SynthesizedEngine, synthesizeEngine } from "../support/synthesized-engine.ts";
import { expectSparkAnswer, TPCH_QUERIES, tpchSql } from "../support/tpch.ts";

const TPCH = new URL("../data/tpch/sf0.01/", import.meta.url);
const FILES = readdirSync(TPCH).filter((name) => name.endsWith(".parquet"));
const BUCKET = "tindra-data";
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
    { dataBuckets: [{ bucketArn: `arn:aws:s3:::${BUCKET}` }], memorySize: 512 },
    (within) => {
      const assumedBy = new ServicePrincipal("ec2.amazonaws.com");
      within.grantQuery(new Role(Stack.of(within), "Client", { assumedBy }));
    },
  );
  statements = statementsOf(engine.template, ROLES);
  const credentials = Object.values(ROLES).map((role) => credentialsOf(statements, role, denied));
  s3 = await startS3Emulator({ credentials });
  s3.createBucket(BUCKET);
  s3.createBucket(engine.exchangeBucket);
  for (const name of FILES) s3.put(BUCKET, `tpch/${name}`, readFileSync(new URL(name, TPCH)));
  s3.put(BUCKET, "orders/1.parquet", readFileSync(new URL("orders.parquet", TPCH)));
  lambda = await LambdaEmulator.start({
    functions: engine.functions.map((of) => ({
      ...of,
      environment: { ...of.environment, ...keysOf(of.name.replace(/^.*-/, "")) },
    })),
    environment: { AWS_ENDPOINT_URL_S3: s3.endpoint, TINDRA_S3_HEDGE: "false" },
    parameters: { [engine.parameter.name]: engine.parameter.value },
  });
  const client = {
    ...keysOf("client"),
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

const keysOf = (role: string) => ({
  AWS_ACCESS_KEY_ID: role,
  AWS_SECRET_ACCESS_KEY: `secret-of-${role}`,
});

describe("with what the template allows and no more,", () => {
  it.each(TPCH_QUERIES)("query %s of TPC-H gives Spark's rows", async (query) => {
    await expectSparkAnswer(query, spark.sql(tpchSql(query)));
  });

  it("a folder is read", async () => {
    const orders = spark.read.parquet(`s3://${BUCKET}/orders/`);
    expect(await orders.count()).toBe(15_000);
  });

  it("rows go through the exchange", async () => {
    for (const [key, value] of Object.entries(SHUFFLING)) spark.conf.set(key, value);
    const rows = await spark.sql(SHUFFLING_SQL).collect();
    expect(rows.map((row) => row.toArray())).toEqual(SHUFFLING_ROWS);
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

  it("a large result that cannot be written is given up", async () => {
    const takeBack = s3.faults.add(({ operation }) =>
      operation === "UploadPart" ? { kind: "error", status: 400, code: "InvalidPart" } : undefined,
    );
    const long = spark.sql("SELECT repeat(l_comment, 21) AS long FROM lineitem");
    await expect(long.collect()).rejects.toThrow();
    takeBack();
    expect(s3.openUploads(engine.exchangeBucket)).toBe(0);
  });
});

describe("what the roles allow", () => {
  beforeAll(() => {
    const coordinator = engine.functions.find(({ name }) => name.endsWith("coordinator"));
    for (const { functionName } of lambda.log) {
      const isCoordinator = functionName === coordinator?.name;
      const arn = functionArn(functionName);
      const role = isCoordinator ? "client" : "coordinator";
      note(role, "lambda:InvokeFunction", isCoordinator ? arn : `${arn}:live`);
    }
    const parameter = `arn:aws:ssm:us-east-1:000000000000:parameter${engine.parameter.name}`;
    note("client", "ssm:GetParameter", parameter); // by `awsSession`, else there were no session
  });

  it("is enough", () => {
    expect([...new Set(denied)]).toEqual([]);
  });

  it("is needed, statement by statement", () => {
    process.stdout.write(`${table(statements)}\n`);
    const unused = statements.filter(({ sid, used }) => used.size === 0 && sid !== OF_LAMBDA);
    expect(unused.map(({ role, sid }) => `${role} ${sid}`)).toEqual([]);
  });
});

function note(role: string, action: string, arn: string): void {
  if (!allows(statements, role, action, arn)) denied.push(`${role} ${action} ${arn}`);
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
