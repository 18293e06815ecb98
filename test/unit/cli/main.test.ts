import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const MAIN = new URL("../../../src/cli/main.ts", import.meta.url).pathname;
const CUSTOMERS = new URL("../../../examples/telco-churn/data", import.meta.url).pathname;

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "tindra-cli-test-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the program; its temporary files go to `tempDir`. */
function tindra(
  args: readonly string[],
  options: {
    readonly input?: string;
    readonly interruptAfterMs?: number;
    /** As soon as something was written. */
    readonly interruptsOutput?: boolean;
    readonly tempDir?: string;
  } = {},
): Promise<Ended> {
  const child = spawn(process.execPath, [MAIN, ...args], {
    env: { ...process.env, TMPDIR: options.tempDir ?? folder },
  });
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (chunk) => {
    if (options.interruptsOutput === true && stdout === "") child.kill("SIGINT");
    stdout += chunk;
  });
  child.stderr.on("data", (chunk) => {
    stderr += chunk;
  });
  child.stdin.end(options.input ?? "");
  if (options.interruptAfterMs !== undefined)
    setTimeout(() => child.kill("SIGINT"), options.interruptAfterMs);
  return new Promise((resolve) =>
    child.on("close", (status) => resolve({ status, stdout, stderr })),
  );
}

describe.concurrent("tindra", () => {
  it("prints the rows of a query and nothing else", async () => {
    const sql = "SELECT contract, count(*) AS n FROM c GROUP BY contract ORDER BY n DESC LIMIT 1";
    const ended = await tindra(["sql", "--table", `c=${CUSTOMERS}`, "--format", "json", sql]);
    expect(ended).toEqual({
      status: 0,
      stdout:
        '{"schema":[{"name":"contract","type":"string"},{"name":"n","type":"bigint"}],"rows":[["Month-to-month",4279]]}\n',
      stderr: "",
    });
  });

  it("runs the statements of a script one after the other", async () => {
    const input =
      "CREATE TEMP VIEW v AS SELECT 1 AS a; -- ; not here\nSET spark.sql.ansi.enabled = false;\nSELECT a / 0 AS x FROM v;";
    const ended = await tindra(["sql", "--format", "csv", "-"], { input });
    expect(ended.status).toBe(0);
    expect(ended.stdout).toBe("key,value\r\nspark.sql.ansi.enabled,false\r\nx\r\n\r\n");
  });

  it("prints plans and schemas", async () => {
    const file = join(folder, "q.sql");
    writeFileSync(file, "SELECT id FROM range(10) WHERE id > 5");
    const explained = await tindra(["explain", "--mode", "extended", "-f", file]);
    expect(explained.stdout).toMatch(/^== Parsed Logical Plan ==\n[\s\S]*== Physical Plan ==\n/);
    const schema = await tindra(["schema", "--format", "jsonl", CUSTOMERS]);
    expect(schema.stdout.split("\n")[10]).toBe(
      '{"name":"monthly_charges","type":"decimal(6,2)","nullable":true}',
    );
  });

  it("writes its output, its events and its metrics", async () => {
    const output = join(folder, "out.csv");
    const events = join(folder, "events.jsonl");
    const args = ["--output", output, "--events", events, "--metrics", "--format", "csv"];
    const ended = await tindra(["sql", ...args, "SELECT sum(id) AS s FROM range(4)"]);
    expect(ended).toMatchObject({ status: 0, stdout: "" });
    expect(ended.stderr).toMatch(/^1 rows in \d+ ms; read 0 B/);
    expect(readFileSync(output, "utf8")).toBe("s\r\n6\r\n");
    expect(readFileSync(events, "utf8")).toMatch(/^\{"event":"queryStarted"/);
    rmSync(output);
    rmSync(events);
  });

  it("leaves nothing half-written when the query fails", async () => {
    const output = join(folder, "half.csv");
    const sql = "SELECT 1 / (id - 3) AS x FROM range(5)";
    const ended = await tindra(["sql", "--output", output, sql]);
    expect(ended.status).toBe(1);
    expect(ended.stdout).toBe("");
    expect(ended.stderr).toMatch(/^\[DIVIDE_BY_ZERO\] Division by zero\..* SQLSTATE: 22012\n/);
    expect(readdirSync(folder).filter((name) => name.includes("half"))).toEqual([]);
  });

  it("says where an error is", async () => {
    const syntax = await tindra(["sql", "SELECT 1 +\nFROM"]);
    expect(syntax.status).toBe(1);
    expect(syntax.stderr).toMatch(/line 2, column 1/);
    expect(syntax.stderr).toContain("\nFROM\n^");
    const analysis = await tindra(["sql", "SELECT id,\n  nope FROM range(3)"]);
    expect(analysis).toMatchObject({ status: 1, stdout: "" });
    expect(analysis.stderr).toMatch(
      /^\[UNRESOLVED_COLUMN.*`id`.*SQLSTATE: 42703\nat line 2, column 3/,
    );
  });

  it.each([
    [["frob"], "tindra: Unknown command frob"],
    [["sql", "--set", "spark.sql.ansi.enabled=maybe", "SELECT 1"], "should be boolean"],
    [["sql", "--memory", "lots", "SELECT 1"], "Failed to parse byte string"],
    [["sql", ";"], "The query is empty"],
    [["explain", "--mode", "loud", "SELECT 1"], "Unknown explain mode: loud"],
  ])("ends with status 2 for %j", async (args, message) => {
    const ended = await tindra(args);
    expect(ended).toMatchObject({ status: 2, stdout: "" });
    expect(ended.stderr).toContain(message);
    expect(ended.stderr).toContain("Try tindra --help");
  });

  it.each([
    [["sql", "--table", "t=/nowhere.parquet", "SELECT * FROM t"], "PATH_NOT_FOUND"],
    [["sql", "-f", "/nowhere.sql"], "PATH_NOT_FOUND"],
    [["sql", "--output", "/nowhere/out.csv", "SELECT 1"], "CANNOT_WRITE_OUTPUT"],
    [["schema", MAIN], "FAILED_READ_FILE"],
  ])("ends with status 1 for %j", async (args, condition) => {
    const ended = await tindra(args);
    expect(ended).toMatchObject({ status: 1, stdout: "" });
    expect(ended.stderr).toContain(`[${condition}`);
  });

  it("ends with status 130 when interrupted, and leaves no file behind", async () => {
    const sql = "SELECT sum(id % 7) FROM range(0, 50000000000)";
    const tempDir = mkdtempSync(join(folder, "interrupted-"));
    const ended = await tindra(["sql", sql], { tempDir, interruptAfterMs: 3000 });
    expect(ended).toMatchObject({ status: 130, stdout: "" });
    expect(readdirSync(tempDir)).toEqual([]);
  });

  it("stops writing when it is interrupted", async () => {
    const sql = "SELECT id, id * 2 AS b, id * 3 AS c FROM range(3000000)";
    const ended = await tindra(["sql", "--format", "csv", sql], { interruptsOutput: true });
    expect(ended.status).toBe(130);
    expect(ended.stdout.split("\n").length).toBeLessThan(1_500_000);
  });

  it("refuses a query above its budget before it starts, and prints the receipt of others", async () => {
    const table = ["--table", `c=${CUSTOMERS}`];
    const query = "SELECT count(DISTINCT contract) AS n FROM c";
    const run = (...flags: string[]) =>
      tindra(["sql", ...table, "--format", "json", ...flags, query]);
    const [bytes, dollars, fits, wrong] = await Promise.all([
      run("--max-bytes", "1k"),
      run("--budget", "0.0000001"),
      run("--budget", "0.01", "--max-bytes", "1g", "--metrics"),
      run("--budget", "much"),
    ]);
    expect(bytes.status).toBe(1);
    expect(bytes.stderr).toMatch(/^\[MAX_BYTES_EXCEEDED\] .*1024 bytes/);
    expect(dollars.stderr).toMatch(/^\[BUDGET_EXCEEDED\] .*\$1e-7/);
    expect(fits).toMatchObject({ status: 0, stdout: expect.stringContaining("[[3]]") });
    expect(fits.stderr).toMatch(/receipt: on AWS it would have cost \$0\.0000/);
    expect(wrong).toMatchObject({ status: 2, stderr: expect.stringContaining("--budget wants") });
  });
});
