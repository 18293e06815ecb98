import { execFile } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { chosenPort, localStack } from "../../localstack/local-stack.ts";
import { bootstrap, runCdk } from "../../localstack/run-cdk.ts";
import { awsSession } from "../../src/aws/engine/aws-session.ts";
import { credentialChain } from "../../src/aws/s3/credentials.ts";
import { S3Client } from "../../src/aws/s3/s3-client.ts";
import { S3ObjectStore } from "../../src/aws/s3/s3-object-store.ts";
import { s3SettingsOf } from "../../src/aws/s3/s3-settings.ts";
import type { Session } from "../../src/index.ts";
import { expectSparkAnswer, tpchSql } from "../support/tpch.ts";
import { resourcesOf } from "./account.ts";

const TPCH = new URL("../data/tpch/sf0.01/", import.meta.url);
const TABLES = readdirSync(TPCH).filter((name) => name.endsWith(".parquet"));
const BUCKET = "tindra-test-data";
const ENGINE = "lstest";
const CONTEXT = ["-c", `engine=${ENGINE}`, "-c", `dataBuckets=${BUCKET}/tpch`];
const DEPLOY = ["deploy", "--require-approval", "never", ...CONTEXT];
const stack = localStack(chosenPort());

describe("an engine on LocalStack", () => {
  const client = new S3Client(s3SettingsOf(process.env), credentialChain());
  let before: Record<string, string[]>;

  beforeAll(async () => {
    await client.send({
      bucket: BUCKET,
      key: "",
      kind: "puts",
      action: "s3:CreateBucket",
      method: "PUT",
    });
    const store = new S3ObjectStore(client, { bucket: BUCKET });
    for (const name of TABLES) await store.put(`tpch/${name}`, readFileSync(new URL(name, TPCH)));
    await bootstrap(stack);
    before = await resourcesOf(stack);
  });
  afterAll(() => client.close());

  it("is deployed by cdk", async () => {
    expect(await runCdk(stack, DEPLOY)).toContain(`✅  Tindra-${ENGINE}`);
    const { functions, parameters } = await resourcesOf(stack);
    expect(functions).toEqual([`tindra-${ENGINE}-coordinator`, `tindra-${ENGINE}-executor`]);
    expect(parameters).toContain(`/tindra/engines/${ENGINE}`);
  });

  it("has nothing to change when it is deployed again", async () => {
    expect(await runCdk(stack, DEPLOY)).toContain(`✅  Tindra-${ENGINE} (no changes)`);
  });

  describe("runs", () => {
    let spark: Session;
    beforeAll(async () => {
      spark = await awsSession({ engine: ENGINE, region: "us-east-1" });
      for (const name of TABLES)
        spark.read
          .parquet(`s3://${BUCKET}/tpch/${name}`)
          .createOrReplaceTempView(name.replace(".parquet", ""));
    });
    afterAll(() => spark.stop());

    it.each(["01", "03", "06"])("query %s of TPC-H with Spark's rows", async (query) => {
      await expectSparkAnswer(query, spark.sql(tpchSql(query)));
    });

    it("a query of the command line", async () => {
      const main = new URL("../../src/cli/main.ts", import.meta.url).pathname;
      const sql = `SELECT count(*) AS n FROM parquet.\`s3://${BUCKET}/tpch/orders.parquet\``;
      const args = ["sql", "--on", "aws", "--engine", ENGINE, "--format", "csv", sql];
      const { stdout } = await promisify(execFile)(process.execPath, [main, ...args]);
      expect(stdout).toBe("n\r\n15000\r\n");
    });

    it("nothing that leaves an object of the exchange behind", async () => {
      const buckets = (await resourcesOf(stack))["buckets"] ?? [];
      const exchange = buckets.find((name) => name.includes("exchange"));
      const left: string[] = [];
      const store = new S3ObjectStore(client, { bucket: exchange ?? "" });
      for await (const { key } of store.list("exchange/")) left.push(key);
      expect(left).toEqual([]);
    });
  });

  it("leaves nothing when it is destroyed", async () => {
    await runCdk(stack, ["destroy", "--force", ...CONTEXT]);
    expect(await resourcesOf(stack)).toEqual(before);
  });
});
