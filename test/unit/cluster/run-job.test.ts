import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it, vi } from "vitest";
import type { QueryEvent } from "../../../src/cluster/query-event.ts";
import { runJob } from "../../../src/cluster/run-job.ts";
import { CancelledError, DataError } from "../../../src/common/errors.ts";
import type { ObjectStore } from "../../../src/storage/object-store.ts";
import {
  graphOf,
  hash,
  numbers,
  shuffleRead,
  sort,
  workerLost,
} from "../../support/simulated-cluster.ts";
import { type Fate, SimulatedRunner } from "../../support/simulated-runner.ts";
import { MemoryObjectStore } from "../../support/stores/memory-object-store.ts";

vi.setConfig({ testTimeout: 30_000 });

const GRAPH = graphOf(
  [numbers(100, 6), hash(4), 6, []],
  [shuffleRead(0), { kind: "single" }, 4, [0]],
  [sort(shuffleRead(1)), { kind: "result" }, 1, [1]],
);

async function keysIn(store: ObjectStore): Promise<string[]> {
  const keys: string[] = [];
  for await (const { key } of store.list("")) keys.push(key);
  return keys;
}

function jobOf(before?: Fate, after?: Fate) {
  const exchange = new MemoryObjectStore();
  const runner = new SimulatedRunner(exchange, before, after);
  const settings = { ansi: true, timeZone: "UTC" };
  return { exchange, runner, options: { runner, exchange, settings, memoryBytes: 1 } };
}

const rowsOf = (batches: readonly Uint8Array[]) =>
  batches.flatMap((bytes) => JSON.parse(new TextDecoder().decode(bytes)));
const HUNDRED = Array.from({ length: 100 }, (_, i) => i);

describe("runJob", () => {
  it("runs stage after stage, reports what happens, and leaves no object", async () => {
    const { exchange, options } = jobOf();
    const events: QueryEvent[] = [];
    const { batches, metrics, query } = await runJob(GRAPH, {
      ...options,
      onEvent: (event) => events.push(event),
    });
    expect(rowsOf(batches)).toEqual(HUNDRED);
    expect(await keysIn(exchange)).toEqual([]);
    expect(
      metrics.stages.map(({ tasks, attempts, metrics: { rowsWritten } }) => [
        tasks,
        attempts,
        rowsWritten,
      ]),
    ).toEqual([
      [6, 6, 100],
      [1, 1, 100],
      [1, 1, 100],
    ]);
    expect(events[0]).toMatchObject({ event: "queryStarted", query });
    expect(events.filter(({ event }) => event === "taskFinished")).toHaveLength(8);
    expect(events.at(-1)).toMatchObject({
      event: "queryFinished",
      status: "finished",
      error: null,
    });
    expect(JSON.parse(JSON.stringify(events))).toEqual(events);
  });

  it("tries a task again whose worker died, before or after it wrote", async () => {
    for (const late of [false, true]) {
      const die: Fate = ({ partition, attempt, stage }) => {
        if (stage === 0 && partition === 2 && attempt < 6) throw workerLost();
      };
      const { exchange, runner, options } = late ? jobOf(undefined, die) : jobOf(die);
      expect(rowsOf((await runJob(GRAPH, options)).batches)).toEqual(HUNDRED);
      expect(runner.ran.filter((name) => name.startsWith("0/2/"))).toHaveLength(2);
      expect(await keysIn(exchange)).toEqual([]);
    }
  });

  it("fails with the task's own error and leaves nothing", async () => {
    const { exchange, options } = jobOf(undefined, ({ stage, partition }) => {
      if (stage === 1 && partition === 0)
        throw new DataError({
          condition: "DIVIDE_BY_ZERO",
          message: "Division by zero",
          sqlState: "22012",
        });
    });
    const failed = runJob(GRAPH, options);
    await expect(failed).rejects.toBeInstanceOf(DataError);
    await expect(failed).rejects.toMatchObject({ condition: "DIVIDE_BY_ZERO", sqlState: "22012" });
    expect(await keysIn(exchange)).toEqual([]);
  });

  const untilAborted: Fate = ({ stage }, signal) => {
    if (stage === 0) return;
    return new Promise((_, reject) => signal.addEventListener("abort", () => reject(workerLost())));
  };

  it("ends by its signal with what the signal says, after every task has ended, and leaves nothing", async () => {
    const { exchange, options } = jobOf(untilAborted);
    const abort = new AbortController();
    const running = runJob(GRAPH, { ...options, signal: abort.signal });
    setTimeout(() => abort.abort(), 20);
    await expect(running).rejects.toMatchObject({
      family: "cancelled",
      condition: "OPERATION_CANCELED",
    });
    expect(await keysIn(exchange)).toEqual([]);
    await expect(runJob(GRAPH, { ...options, signal: abort.signal })).rejects.toBeInstanceOf(
      CancelledError,
    );
  });

  it("deletes what a task writes after the query was cancelled", async () => {
    let slow: Promise<unknown> = Promise.resolve();
    const { exchange, options } = jobOf(({ stage, partition }) => {
      if (stage === 0 && partition === 5) slow = sleep(60);
      return stage === 0 && partition === 5 ? sleep(60) : undefined;
    });
    const running = runJob(GRAPH, { ...options, timeoutMs: 20 });
    await expect(running).rejects.toMatchObject({
      condition: "QUERY_TIMED_OUT",
      details: { timeoutMs: 20 },
    });
    await slow;
    expect(await keysIn(exchange)).toEqual([]);
  });

  it("ends the query when its onlooker fails", async () => {
    const { exchange, options } = jobOf();
    const full = new DataError({ condition: "DISK_FULL", message: "No space", sqlState: "53100" });
    const onEvent = ({ event }: QueryEvent) => {
      if (event === "stageFinished") throw full;
    };
    await expect(runJob(GRAPH, { ...options, onEvent })).rejects.toMatchObject({
      condition: "DISK_FULL",
    });
    expect(await keysIn(exchange)).toEqual([]);
  });

  it("runs several queries at once", async () => {
    const { exchange, options } = jobOf(() => sleep(Math.random() * 5));
    const results = await Promise.all([1, 2, 3, 4].map(() => runJob(GRAPH, options)));
    for (const { batches } of results) expect(rowsOf(batches)).toEqual(HUNDRED);
    expect(new Set(results.map(({ query }) => query)).size).toBe(4);
    expect(await keysIn(exchange)).toEqual([]);
  });
});
