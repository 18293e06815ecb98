import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { Session } from "../../src/index.ts";
import { type S3Emulator, startS3Emulator } from "../emulator/s3/s3-emulator.ts";
import { oftenFault } from "../emulator/s3/s3-fault.ts";

const MAIN = new URL("../../src/cli/main.ts", import.meta.url).pathname;
const TPCH = new URL("../data/tpch/sf0.01/", import.meta.url);
const KEYS = { accessKeyId: "local", secretAccessKey: "local-secret" };
const DENIED = {
  accessKeyId: "other",
  secretAccessKey: "other-secret",
  allows: (action: string) => action !== "s3:GetObject",
};

interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

describe("tindra on this machine, its tables in S3,", () => {
  let emulator: S3Emulator;
  let home = "";

  const tindra = (
    args: readonly string[],
    env: { readonly [name: string]: string } = {},
  ): Promise<Ended> => {
    const child = spawn(process.execPath, [MAIN, ...args], {
      env: {
        PATH: process.env["PATH"] ?? "",
        HOME: home,
        TMPDIR: home,
        AWS_ENDPOINT_URL: emulator.endpoint,
        AWS_REGION: "eu-west-1",
        AWS_ACCESS_KEY_ID: KEYS.accessKeyId,
        AWS_SECRET_ACCESS_KEY: KEYS.secretAccessKey,
        AWS_EC2_METADATA_DISABLED: "true",
        TINDRA_S3_HEDGE: "false",
        ...env,
      },
    });
    const ended = { stdout: "", stderr: "" };
    for (const stream of ["stdout", "stderr"] as const)
      child[stream].on("data", (chunk) => {
        ended[stream] += chunk;
      });
    return new Promise((resolve) =>
      child.on("close", (status) =>
        resolve({ status, ...ended, stdout: ended.stdout.replaceAll("\r\n", "\n") }),
      ),
    );
  };
  const sql = (path: string, query: string, env?: { readonly [name: string]: string }) =>
    tindra(["sql", "--table", `t=${path}`, "--format", "csv", query], env);

  beforeAll(async () => {
    home = mkdtempSync(join(tmpdir(), "tindra-s3-test-"));
    emulator = await startS3Emulator({ credentials: [KEYS, DENIED] });
    emulator.createBucket("tpch");
    for (const name of readdirSync(TPCH).filter((file) => file.endsWith(".parquet")))
      emulator.put(
        "tpch",
        `${name.replace(".parquet", "")}/part-0.parquet`,
        readFileSync(new URL(name, TPCH)),
      );
  });
  afterAll(async () => {
    await emulator.close();
    rmSync(home, { recursive: true });
  });
  beforeEach(() => {
    emulator.faults.clear();
    emulator.counters.reset();
  });

  it("lists a folder once, reads each footer once, and asks for no heads", async () => {
    const query = "SELECT n_name FROM t WHERE n_regionkey = 3 ORDER BY n_name LIMIT 2";
    expect(await sql("s3://tpch/nation", query)).toEqual({
      status: 0,
      stdout: "n_name\nFRANCE\nGERMANY\n",
      stderr: "",
    });
    expect(emulator.counters.billed()).toMatchObject({ lists: 1, gets: 2, heads: 0, puts: 0 });
    const cost = "EXPLAIN COST SELECT n_name FROM parquet.`s3://tpch/nation` WHERE n_regionkey = 3";
    const { stdout } = await tindra(["sql", cost]);
    expect(stdout).toMatch(/1 GETs of footers, 1 LISTs/);
  });

  it("asks for a file by one GET, with no list at all", async () => {
    const query = "SELECT count(*) AS n FROM parquet.`s3a://tpch/region/part-0.parquet`";
    const ended = await tindra(["sql", "--format", "csv", query]);
    expect(ended).toEqual({ status: 0, stdout: "n\n5\n", stderr: "" });
    expect(emulator.counters.billed()).toMatchObject({ lists: 0, gets: 1, heads: 0 });
  });

  it("is read by sessions of programs too", async () => {
    const env = {
      AWS_ENDPOINT_URL: emulator.endpoint,
      AWS_REGION: "us-east-1",
      AWS_ACCESS_KEY_ID: KEYS.accessKeyId,
      AWS_SECRET_ACCESS_KEY: KEYS.secretAccessKey,
    };
    for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
    try {
      await using spark = Session.local({ workers: 1 });
      const names = spark.read.parquet("s3://tpch/region/").select("r_name").orderBy("r_name");
      expect(await names.first()).toEqual({ r_name: "AFRICA" });
    } finally {
      vi.unstubAllEnvs();
    }
  });

  it("takes globs and the root of a bucket", async () => {
    const ended = await sql("s3://tpch/n*/*.parquet", "SELECT max(n_nationkey) AS m FROM t");
    expect(ended).toMatchObject({ status: 0, stdout: "m\n24\n" });
    expect(emulator.counters.billed()).toMatchObject({ lists: 2, heads: 0 });
  });

  it("gives the right rows when one request in five is refused with 503", async () => {
    const slow = { kind: "error", status: 503, code: "SlowDown" } as const;
    emulator.faults.add(oftenFault(0.2, slow, { seed: 11 }));
    const query = "SELECT count(*) AS n, sum(l_quantity) AS q FROM t";
    expect(await sql("s3://tpch/lineitem/", query)).toEqual({
      status: 0,
      stdout: "n,q\n60175,1536127.00\n",
      stderr: "",
    });
  });

  it("says what is wrong with places, keys and permissions", async () => {
    const said = async (path: string, env?: { readonly [name: string]: string }) => {
      const { status, stderr } = await sql(path, "SELECT count(*) FROM t", env);
      expect(status).toBe(1);
      expect(stderr).not.toMatch(/-secret|guess|Signature=/);
      return stderr;
    };
    const [bucket, folder, file, name, denied, wrong, none, scheme] = await Promise.all([
      said("s3://nowhere/x"),
      said("s3://tpch/nothing"),
      said("s3://tpch/nothing.parquet"),
      said("s3://Not_A_Bucket/x"),
      said("s3://tpch/region", {
        AWS_ACCESS_KEY_ID: "other",
        AWS_SECRET_ACCESS_KEY: "other-secret",
      }),
      said("s3://tpch/region", { AWS_SECRET_ACCESS_KEY: "guess" }),
      said("s3://tpch/region", { AWS_ACCESS_KEY_ID: "", AWS_SECRET_ACCESS_KEY: "" }),
      said("gs://tpch/region"),
    ]);
    expect(bucket).toMatch(/^\[BUCKET_NOT_FOUND\] There is no bucket `nowhere`/);
    expect(folder).toMatch(/^\[PATH_NOT_FOUND\] .*s3:\/\/tpch\/nothing/);
    expect(file).toMatch(/^\[PATH_NOT_FOUND\] .*s3:\/\/tpch\/nothing.parquet/);
    expect(name).toMatch(/^\[INVALID_S3_PATH\] `s3:\/\/Not_A_Bucket\/x/);
    expect(denied).toMatch(
      /^\[ACCESS_DENIED\] .*s3:\/\/tpch\/region\/part-0.parquet .*s3:GetObject must be allowed on arn:aws:s3:::tpch\/region\/part-0.parquet/,
    );
    expect(wrong).toMatch(/^\[CREDENTIALS_REFUSED\] .*SignatureDoesNotMatch/);
    expect(none).toMatch(/^\[NO_CREDENTIALS\] .*aws configure/);
    expect(scheme).toMatch(/^\[UNSUPPORTED_SCHEME\] .*s3:\/\//);
  });
});
