import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
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
    expect(fits.stderr).toMatch(/receipt: on AWS it would have cost \$0\.000/);
    expect(wrong).toMatchObject({ status: 2, stderr: expect.stringContaining("--budget wants") });
  });

  it("writes the result of a statement before the next one runs", async () => {
    const endless = "SELECT sum(id % 7) FROM range(0, 50000000000)";
    const ended = await tindra(["sql", "--format", "csv", `SELECT 1 AS a; ${endless}`], {
      interruptsOutput: true,
    });
    expect(ended).toMatchObject({ status: 130, stdout: "a\r\n1\r\n" });
  });

  it("says where in a file the error of a statement is", async () => {
    const run = async (script: string, name: string): Promise<string> => {
      const file = join(folder, name);
      writeFileSync(file, script);
      const ended = await tindra(["sql", "--format", "csv", "-f", file]);
      expect(ended.status).toBe(1);
      return ended.stderr;
    };
    const [syntax, analysis, data, files, unclosed] = await Promise.all([
      run("SELECT 1;\n\n-- next\n  SELECT 2 +\n  FROM t;", "syntax.sql"),
      run("SELECT 1; SELECT id,\n nope FROM range(1)", "analysis.sql"),
      run("SELECT 1;\nSELECT 1 / (id - id) FROM range(1)", "data.sql"),
      run("SELECT 1;\n SELECT * FROM parquet.`/nowhere`", "files.sql"),
      run("SELECT 1;\n SELECT 'a", "unclosed.sql"),
    ]);
    expect(syntax).toContain("(line 5, column 3)\n\n  FROM t\n  ^ SQLSTATE: 42601\nat ");
    expect(syntax).toMatch(/\nat .*\/syntax\.sql:5:3\n$/);
    expect(analysis).toMatch(/\nat .*\/analysis\.sql:2:2\n$/);
    expect(data).toMatch(/\/data\.sql:2:/);
    expect(files).toMatch(/\/files\.sql:2:/);
    expect(unclosed).toMatch(/\nat .*\/unclosed\.sql:2:9\n$/);
  });

  it("prints what EXPLAIN answers as text, and as a cell in the other formats", async () => {
    const text = await tindra(["sql", "-- why\nEXPLAIN SELECT 1 AS a"]);
    expect(text).toMatchObject({ status: 0, stderr: "" });
    expect(text.stdout).toMatch(/^== Physical Plan ==\n[^+|]/);
    const json = await tindra(["sql", "--format", "json", "EXPLAIN SELECT 1 AS a"]);
    expect(JSON.parse(json.stdout).rows[0][0]).toMatch(/^== Physical Plan ==\n/);
  });

  it("reads the query from standard input where none is given", async () => {
    const input = "-- only ; a comment\nSELECT ';' AS a /* ; */; SELECT 2 AS b;";
    const ended = await tindra(["sql", "--format", "csv"], { input });
    expect(ended).toMatchObject({ status: 0, stdout: "a\r\n;\r\nb\r\n2\r\n" });
  });

  it("ends quietly where its reader has gone away", async () => {
    const command = `"$0" "$1" sql --format csv "SELECT id FROM range(3000000); SELECT * FROM nowhere" 2>&1 | head -n 2; echo "\${PIPESTATUS[0]}"`;
    const child = spawn("bash", ["-c", command, process.execPath, MAIN]);
    const [stdout] = await Promise.all([text(child.stdout), once(child, "close")]);
    expect(stdout).toBe("id\r\n0\r\n0\n");
  });

  it("lets no control character of data, names or messages through to the terminal", async () => {
    const sql = "SELECT '\u001b[31mred\u0007\u009b2J' AS `a\u001b[2J`, X'1B1F' AS b, 'x\ny' AS c";
    const ended = await tindra(["sql", sql]);
    expect(ended.stdout).toContain("\\u001b[31mred\\a\\u009b2J");
    expect(ended.stdout).toContain("|a\\u001b[2J");
    expect(ended.stdout).toContain("|[1B 1F]|x\\ny|");
    const failed = await tindra(["sql", "SELECT CAST('\u001b[31mred' AS INT) AS a"]);
    expect(failed.stderr).toContain("\\u001b[31mred");
    for (const output of [ended.stdout, failed.stderr]) expect(output).not.toMatch(/(?!\n)\p{Cc}/u);
  });

  it("writes metrics and receipt after the result", async () => {
    const command = `"$0" "$1" sql --metrics --format csv "SELECT 1 AS a; SELECT 2 AS b" 2>&1`;
    const child = spawn("bash", ["-c", command, process.execPath, MAIN]);
    const [output] = await Promise.all([text(child.stdout), once(child, "close")]);
    expect(output).toMatch(
      /^a\r\n1\r\n1 rows in [\s\S]*\nreceipt: [\s\S]*\nb\r\n2\r\n1 rows in [\s\S]*\nreceipt: [\s\S]* written\n$/,
    );
  });

  it("refuses an output that cannot be made before the query runs", async () => {
    const endless = "SELECT sum(id % 7) FROM range(0, 50000000000)";
    const ended = await tindra(["sql", "--output", "/nowhere/out.csv", endless]);
    expect(ended).toMatchObject({ status: 1, stdout: "" });
    expect(ended.stderr).toContain("[CANNOT_WRITE_OUTPUT] Cannot write /nowhere/out.csv");
  });
});
