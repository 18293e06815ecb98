import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { QueryEvent } from "../../src/cluster/query-event.ts";
import { runJob } from "../../src/cluster/run-job.ts";
import { ThreadTaskRunner } from "../../src/cluster/thread-task-runner.ts";
import { field, LONG } from "../../src/columnar/data-type.ts";
import { decodeArrowStream } from "../../src/formats/arrow-ipc/decode-arrow-stream.ts";
import { LocalObjectStore } from "../../src/storage/local-object-store.ts";
import { graphOf, hash, numbers, range, shuffleRead, sort } from "../support/simulated-cluster.ts";

vi.setConfig({ testTimeout: 60_000 });

const ROWS = 400_000;
const GRAPH = graphOf(
  [numbers(ROWS, 6), hash(4), 6, []],
  [shuffleRead(0), range(4), 4, [0]],
  [sort(shuffleRead(1)), { kind: "result" }, 4, [1]],
);
const settings = { ansi: true, timeZone: "UTC" };
const memoryBytes = 1 << 29;

function checkSorted(batches: readonly Uint8Array[]): void {
  let next = 0n;
  for (const stream of batches)
    for (const { columns } of decodeArrowStream(stream, [field("n", LONG)]))
      for (const value of columns[0] ?? []) {
        if (value !== next) expect(value).toBe(next);
        next++;
      }
  expect(next).toBe(BigInt(ROWS));
}

describe("a query on worker threads", () => {
  let folder: string;
  let runner: ThreadTaskRunner;
  let exchange: LocalObjectStore;
  const start = (entry?: string): void => {
    runner = new ThreadTaskRunner({
      workers: 2,
      memoryBytes,
      dataFolder: folder,
      exchangeFolder: folder,
      ...(entry === undefined ? {} : { entry: new URL(entry, import.meta.url) }),
    });
  };
  const options = () => ({
    runner,
    exchange,
    settings,
    memoryBytes,
    driver: { singleRangeBytes: 0 },
  });

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "tindra-faults-"));
    exchange = new LocalObjectStore(folder, { openFiles: 0, removesEmptyFolders: true });
    start();
  });
  afterEach(async () => {
    await runner.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it("gives its rows in order and leaves no file", async () => {
    const { batches, metrics } = await runJob(GRAPH, options());
    checkSorted(batches);
    expect(metrics.stages.map((stage) => stage.metrics.rowsWritten)).toEqual([ROWS, ROWS, ROWS]);
    expect(metrics.stages[0]?.metrics.puts).toBe(6);
    expect(readdirSync(folder)).toEqual([]);
  });

  it("gives the same rows when workers die, and leaves no file", async () => {
    start("../support/dying-worker.ts");
    const events: QueryEvent[] = [];
    const { batches } = await runJob(GRAPH, {
      ...options(),
      onEvent: (event) => events.push(event),
    });
    checkSorted(batches);
    const failures = events.filter(({ event }) => event === "taskFailed");
    expect(failures.length).toBeGreaterThanOrEqual(3);
    for (const failure of failures)
      expect(failure).toMatchObject({ isRetried: true, error: { condition: "WORKER_LOST" } });
    expect(readdirSync(folder)).toEqual([]);
  });

  it("fails with the worker's death as the cause when a task kills every worker", async () => {
    start("../support/dying-worker.ts");
    const driver = { singleRangeBytes: 0, maxTaskFailures: 1 };
    await expect(runJob(GRAPH, { ...options(), driver })).rejects.toMatchObject({
      family: "resources",
      condition: "TASK_FAILED",
      details: { failures: 1, cause: { condition: "WORKER_LOST" } },
    });
    expect(readdirSync(folder)).toEqual([]);
  });

  it.each([0, 30, 120])(
    "ends %d ms after its start when cancelled then, and leaves no file",
    async (afterMs) => {
      await runJob(GRAPH, options());
      const abort = new AbortController();
      const running = runJob(GRAPH, { ...options(), signal: abort.signal });
      const outcome = running.then(
        () => "finished",
        (error) => error.condition,
      );
      setTimeout(() => abort.abort(), afterMs);
      expect(["finished", "OPERATION_CANCELED"]).toContain(await outcome);
      if (afterMs === 0) expect(await outcome).toBe("OPERATION_CANCELED");
      expect(readdirSync(folder)).toEqual([]);
      checkSorted((await runJob(GRAPH, options())).batches);
    },
  );

  it("says that it needs more memory than it may have", async () => {
    await runner.close();
    runner = new ThreadTaskRunner({
      workers: 1,
      memoryBytes: 1 << 21,
      dataFolder: folder,
      exchangeFolder: folder,
    });
    await expect(runJob(GRAPH, options())).rejects.toMatchObject({
      family: "resources",
      condition: "MEMORY_LIMIT_EXCEEDED",
    });
    expect(readdirSync(folder)).toEqual([]);
  });

  const script = new URL("../support/run-shuffle.ts", import.meta.url).pathname;

  it("says that the disk is full, and leaves no file", () => {
    const limited = spawnSync("sh", [
      "-c",
      `ulimit -f 512; exec "$0" "$1" "$2"`,
      process.execPath,
      script,
      folder,
    ]);
    expect(JSON.parse(`${limited.stdout}`)).toMatchObject({
      family: "storage",
      condition: "DISK_FULL",
    });
    expect(readdirSync(folder)).toEqual([]);
    const unlimited = spawnSync(process.execPath, [script, folder]);
    expect(`${unlimited.stdout}`).toMatch(/^[1-4] batches$/);
  });
});
