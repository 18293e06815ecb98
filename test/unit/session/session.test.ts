import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { functions as F, Session } from "../../../src/index.ts";

let tempDir = "";
let session: Session;
beforeAll(() => {
  tempDir = mkdtempSync(join(tmpdir(), "tindra-session-test-"));
  session = Session.local({ workers: 2, memory: "512m", tempDir });
});
afterAll(async () => {
  await session.stop();
  expect(readdirSync(tempDir)).toEqual([]);
  rmSync(tempDir, { recursive: true });
});

const long = () => session.range(0, 2_000_000_000).agg(F.sum(F.col("id").mod(7)));

describe("a session", () => {
  it("runs several queries at once", async () => {
    const counts = await Promise.all([1, 2, 3, 4].map((n) => session.range(n * 1000).count()));
    expect(counts).toEqual([1000, 2000, 3000, 4000]);
  });

  it("cancels a query when its signal aborts, and runs the next one", async () => {
    const abort = new AbortController();
    const running = long().collect({ signal: abort.signal });
    setTimeout(() => abort.abort(), 50);
    await expect(running).rejects.toMatchObject({ condition: "OPERATION_CANCELED" });
    expect(await session.range(3).count()).toBe(3);
  });

  it("runs nothing when the signal was aborted before", async () => {
    const events: string[] = [];
    const stop = session.onEvent((event) => events.push(event.event));
    const signal = AbortSignal.abort();
    await expect(long().collect({ signal })).rejects.toMatchObject({ family: "cancelled" });
    stop();
    expect(events).toEqual([]);
  });

  it("ends a query after its timeout", async () => {
    await expect(long().collect({ timeoutMs: 50 })).rejects.toMatchObject({
      condition: "QUERY_TIMED_OUT",
    });
  });

  it("tells what happens in its queries", async () => {
    const events: string[] = [];
    const stop = session.onEvent((event) => events.push(event.event));
    await session.range(10).agg(F.max("id")).collect();
    stop();
    expect(events[0]).toBe("queryStarted");
    expect(events).toContain("taskFinished");
    expect(events.at(-1)).toBe("queryFinished");
  });

  it("appends events to its event log", async () => {
    const eventLog = join(tempDir, "events.jsonl");
    await using logged = Session.local({ workers: 1, memory: "256m", tempDir, eventLog });
    await logged.range(5).agg(F.max("id")).collect();
    const lines = readFileSync(eventLog, "utf8").trimEnd().split("\n");
    expect(JSON.parse(lines[0] ?? "")).toMatchObject({ event: "queryStarted" });
    expect(JSON.parse(lines.at(-1) ?? "")).toMatchObject({ event: "queryFinished" });
    rmSync(eventLog);
  });

  it("reports what a query took", async () => {
    const { metrics } = await session.range(100).filter("id < 10").run();
    expect(metrics.rows).toBe(10);
    expect(metrics.stages.at(-1)?.rowsWritten).toBe(10);
    expect(metrics.stages[0]?.operators[0]?.rows).toBe(10);
  });

  it("keeps the rows of a cached DataFrame until it is unpersisted", async () => {
    const cached = session.range(4).select(F.col("id").multiply(2).as("x")).cache();
    await cached.explainString();
    expect((await cached.run()).metrics.stages).toEqual([]);
    expect(await cached.filter("x > 2").count()).toBe(2);
    await cached.unpersist();
    expect((await cached.run()).metrics.stages).not.toEqual([]);
  });

  it("keeps large cached rows in a file that unpersist removes", async () => {
    const cached = session
      .range(20_000)
      .select(F.col("id").as("x"), F.col("id").cast("string").as("x"), F.expr("id % 3 = 0 AS b"))
      .cache();
    const [first] = await cached.orderBy(F.expr("b").asc()).take(1);
    expect(first?.toArray()).toEqual([1n, "1", false]);
    const files = () => readdirSync(tempDir, { recursive: true }).map(String);
    expect(files().filter((file) => file.endsWith(".parquet"))).toHaveLength(1);
    expect(await cached.count()).toBe(20_000);
    await cached.unpersist();
    expect(files().filter((file) => file.endsWith(".parquet"))).toEqual([]);
  });

  it("binds views when a DataFrame is made", async () => {
    session.range(1).createOrReplaceTempView("numbers");
    const before = session.sql("SELECT count(*) AS n FROM numbers");
    session.range(2).createOrReplaceTempView("numbers");
    expect((await before.first())?.["n"]).toBe(1n);
    expect((await session.table("numbers").collect()).length).toBe(2);
    expect(session.catalog.listTables()).toEqual(["numbers"]);
    expect(() => session.range(1).createTempView("Numbers")).toThrow("already exists");
    expect(session.catalog.dropTempView("numbers")).toBe(true);
    await expect(session.table("numbers").collect()).rejects.toMatchObject({
      condition: "TABLE_OR_VIEW_NOT_FOUND",
    });
  });

  it("takes values for parameters of SQL", async () => {
    const named = session.sql("SELECT :a + 1 AS b, :c AS c", { a: 41, c: "x" });
    expect(await named.collect()).toEqual([{ b: 42, c: "x" }]);
    expect(await session.sql("SELECT ? AS b", [true]).collect()).toEqual([{ b: true }]);
  });

  it("gives the last rows, one row after the other, and Arrow", async () => {
    const numbers = session.range(5);
    expect(await numbers.tail(2)).toEqual([{ id: 3n }, { id: 4n }]);
    expect(await numbers.tail(0)).toEqual([]);
    const seen = [];
    for await (const row of numbers.toLocalIterator()) seen.push(row["id"]);
    expect(seen).toEqual([0n, 1n, 2n, 3n, 4n]);
    expect((await numbers.toArrow()).toArray().map((row) => row.id)).toEqual(seen);
  });

  it("refuses to work once stopped, and leaves no file", async () => {
    const other = Session.local({ workers: 1, memory: "256m", tempDir });
    await other.range(3).count();
    const before = readdirSync(tempDir);
    await other.stop();
    await other.stop();
    expect(readdirSync(tempDir).length).toBe(before.length - 1);
    await expect(other.range(3).count()).rejects.toMatchObject({ condition: "SESSION_STOPPED" });
    expect(() => other.sql("SELECT 1")).toThrow("was stopped");
  });

  it.each([
    [{ workers: 0 }, "workers must be"],
    [{ workers: 1.5 }, "workers must be"],
    [{ memory: "10 parrots" }, "Failed to parse byte string"],
    [{ workers: 2, memory: "1m" }, "memory must be at least"],
    [{ settings: { "spark.sql.ansi.enabled": "maybe" } }, "should be boolean"],
  ])("refuses to be made with %o", (options, message) => {
    expect(() => Session.local(options)).toThrow(message);
  });

  it("makes no file before its first query", () => {
    const folder = join(tempDir, "unused");
    Session.local({ tempDir: folder });
    expect(existsSync(folder)).toBe(false);
  });
});
