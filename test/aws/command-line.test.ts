import { execFile } from "node:child_process";
import { resolve } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DATA_BUCKET, EngineOnEmulators } from "../support/engine-on-emulators.ts";

const run = promisify(execFile);
const MAIN = resolve(import.meta.dirname, "../../src/cli/main.ts");
const ORDERS = `s3://${DATA_BUCKET}/tpch/orders.parquet`;

/** Nothing that AWS's own tools would find any in, and no look for them outside this machine. */
const NO_CREDENTIALS = {
  AWS_ACCESS_KEY_ID: "",
  AWS_SECRET_ACCESS_KEY: "",
  HOME: "/nonexistent",
  AWS_EC2_METADATA_DISABLED: "true",
};

describe("tindra sql --on aws", () => {
  let engine: EngineOnEmulators;
  beforeAll(async () => {
    engine = await EngineOnEmulators.start({ executors: 2 });
  });
  afterAll(() => engine[Symbol.asyncDispose]());

  const tindra = (args: readonly string[], more: { readonly [name: string]: string } = {}) =>
    run(process.execPath, [MAIN, ...args], {
      env: { PATH: process.env["PATH"], ...engine.environment(), ...more },
    });
  const onEngine = ["--on", "aws", "--engine", "test", "--format", "csv"];

  it("runs a query on the engine", async () => {
    const sql = `SELECT o_orderstatus, count(*) AS n FROM parquet.\`${ORDERS}\` GROUP BY 1 ORDER BY 1`;
    const { stdout, stderr } = await tindra(["sql", ...onEngine, sql]);
    expect(stdout.trim().split(/\r?\n/)).toEqual(["o_orderstatus,n", "F,7304", "O,7333", "P,363"]);
    expect(stderr).toMatch(/^receipt: it cost \$0\.000\d{3} \(us-east-1, arm64/);
    expect(stderr).toMatch(/tasks in \d invocations .* GB·s .* GET, .* bytes read/);
    expect(engine.lambda.log.some(({ functionName }) => functionName === "executor")).toBe(true);
  });

  it("names tables, explains and shows schemas there", async () => {
    const table = ["--table", `orders=${ORDERS}`];
    const { stdout } = await tindra(["sql", ...onEngine, ...table, "SELECT count(*) FROM orders"]);
    expect(stdout).toContain("15000");
    const [explained, schema] = await Promise.all([
      tindra(["explain", "--on", "aws", "--engine", "test", ...table, "SELECT 1 FROM orders"]),
      tindra(["schema", "--on", "aws", "--engine", "test", ORDERS]),
    ]);
    expect(explained.stdout).toContain("== Physical Plan ==");
    expect(schema.stdout).toContain("o_orderkey: long");
  });

  it.each([
    [["sql", "--on", "aws", "--engine", "nowhere", "SELECT 1"], {}, "ENGINE_NOT_FOUND"],
    [["sql", "--on", "aws", "--engine", "../x", "SELECT 1"], {}, "ENGINE_NOT_FOUND"],
    [["sql", ...onEngine, "SELECT 1"], { AWS_REGION: "" }, "NO_REGION"],
    [["sql", ...onEngine, "SELECT 1"], NO_CREDENTIALS, "NO_CREDENTIALS"],
    [["sql", "--table", `t=${ORDERS}`, "SELECT 1 FROM t"], NO_CREDENTIALS, "NO_CREDENTIALS"],
    [["sql", ...onEngine, "SELECT nope"], {}, "UNRESOLVED_COLUMN"],
    [["sql", ...onEngine, "SELECT * FROM parquet.`s3://other/x`"], {}, "DATA_NOT_GRANTED"],
    [
      ["sql", ...onEngine, "SELECT * FROM parquet.`s3://tindra-exchange/control/`"],
      {},
      "DATA_NOT_GRANTED",
    ],
    [
      ["sql", ...onEngine, "SELECT * FROM parquet.`s3://tindra-data/tpch-other/x`"],
      {},
      "DATA_NOT_GRANTED",
    ],
  ])("%j with %j fails with %s", async (args, environment, condition) => {
    const failed = await tindra(args, environment).catch((thrown: unknown) => thrown);
    expect(failed).toMatchObject({ code: 1, stderr: expect.stringContaining(condition) });
  });
});
