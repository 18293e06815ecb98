import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Session } from "../../src/index.ts";
import { expectTypedError } from "../support/typed-error.ts";

const MAIN = new URL("../../src/cli/main.ts", import.meta.url).pathname;
/** Writes some MB between its stages at once, and ends in hours. */
const ENDLESS =
  "SELECT sum(n) FROM (SELECT id AS k, count(*) AS n FROM range(0, 300000) GROUP BY id) JOIN range(0, 100000000000) ON k = id % 1000003";

/** Leaves some 40 MB between its stages. */
const MUCH = "SELECT id, count(*) AS n FROM range(0, 2000000) GROUP BY id ORDER BY n, id LIMIT 1";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "tindra-ended-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Everything below the folder but folders. */
const filesLeft = (): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => entry.name);

describe("a query of a session that is ended", () => {
  it("by its signal, its timeout or the session's stop says so, leaves no file, and the session goes on", async () => {
    const spark = Session.local({ workers: 2, tempDir: folder });
    const endless = spark.sql(ENDLESS);
    const abort = new AbortController();
    const watch = setInterval(() => filesLeft().length > 0 && abort.abort(), 20);
    const cancelled = await expectTypedError(() => endless.run({ signal: abort.signal }));
    expect(cancelled).toMatchObject({
      family: "cancelled",
      condition: "OPERATION_CANCELED",
      sqlState: "HY008",
    });
    expect(filesLeft()).toEqual([]);
    clearInterval(watch);
    const late = await expectTypedError(() => endless.run({ timeoutMs: 300 }));
    expect(late).toMatchObject({
      family: "cancelled",
      condition: "QUERY_TIMED_OUT",
      details: { timeoutMs: 300 },
    });
    expect(filesLeft()).toEqual([]);
    expect(await spark.range(5).count()).toBe(5);
    const before = await expectTypedError(() => endless.run({ signal: AbortSignal.abort() }));
    expect(before.condition).toBe("OPERATION_CANCELED");
    const running = expectTypedError(() => endless.run());
    await sleep(200);
    await spark.stop();
    expect((await running).condition).toBe("OPERATION_CANCELED");
    expect(readdirSync(folder)).toEqual([]);
  });

  it("by its memory names the limit, leaves no file, and the session goes on", async () => {
    await using spark = Session.local({ workers: 1, memory: "32m", tempDir: folder });
    const error = await expectTypedError(() =>
      spark.sql("SELECT count(*) FROM (SELECT DISTINCT id FROM range(0, 5000000))").run(),
    );
    expect(error).toMatchObject({
      family: "resources",
      condition: "MEMORY_LIMIT_EXCEEDED",
      sqlState: "53200",
    });
    expect(error.details["limitBytes"]).toBeLessThanOrEqual(32 << 20);
    expect(filesLeft()).toEqual([]);
    expect(await spark.range(5).count()).toBe(5);
  });
});

describe("tindra as a process", () => {
  interface Ended {
    readonly status: number | null;
    readonly stdout: string;
    readonly stderr: string;
  }

  /** Runs it with its temporary files in the folder, under a shell's limit if need be. */
  function tindra(
    args: readonly string[],
    limit: string,
    interrupt?: () => boolean,
  ): Promise<Ended> {
    const shell = ["-c", `${limit} exec "$0" "$@"`, process.execPath, MAIN, ...args];
    const env = { ...process.env, TMPDIR: folder, NODE_DISABLE_COMPILE_CACHE: "1" };
    const child = spawn("sh", shell, { env });
    let stdout = "";
    let stderr = "";
    child.stdout.on("data", (chunk) => (stdout += chunk));
    child.stderr.on("data", (chunk) => (stderr += chunk));
    const timer = setInterval(() => {
      if (interrupt?.()) child.kill("SIGINT");
    }, 50);
    return new Promise((resolve) =>
      child.on("close", (status) => {
        clearInterval(timer);
        resolve({ status, stdout, stderr });
      }),
    );
  }

  it("ends with 130 when interrupted, with no output half-written and no file left", async () => {
    let sent = false;
    const hasBegun = (): boolean => {
      if (sent || filesLeft().length === 0) return false;
      sent = true;
      return true;
    };
    const output = join(folder, "out.csv");
    const ended = await tindra(
      ["sql", "--output", output, "--format", "csv", ENDLESS],
      "",
      hasBegun,
    );
    expect(sent).toBe(true);
    expect(ended).toMatchObject({ status: 130, stdout: "" });
    expect(readdirSync(folder)).toEqual([]);
  });

  it("says that the disk is full, leaves no file, and ends with 1", async () => {
    const ended = await tindra(
      ["sql", "--workers", "2", "--set", "spark.sql.shuffle.partitions=4", MUCH],
      "ulimit -f 512;",
    );
    expect(ended).toMatchObject({ status: 1, stdout: "" });
    expect(ended.stderr).toMatch(/^\[DISK_FULL\] No space is left .* SQLSTATE: [0-9A-Z]{5}\n/);
    expect(readdirSync(folder)).toEqual([]);
  });

  it.each([
    ["SELECT 1 / 0", "[DIVIDE_BY_ZERO] Division by zero.", "SQLSTATE: 22012"],
    ["SELECT nope FROM range(1)", "[UNRESOLVED_COLUMN.WITH_SUGGESTION]", "at line 1, column 8"],
    ["SELECT 1 +", "[PARSE_SYNTAX_ERROR]", "line 1, column 11"],
  ])("prints condition, message, SQLSTATE and position: %s", async (sql, first, second) => {
    const ended = await tindra(["sql", sql], "");
    expect(ended).toMatchObject({ status: 1, stdout: "" });
    expect(ended.stderr.startsWith(first)).toBe(true);
    expect(ended.stderr).toContain(second);
  });
});
