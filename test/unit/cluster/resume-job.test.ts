import { describe, expect, it } from "vitest";
import { type JobCheckpoint, resumeJob, runJob } from "../../../src/cluster/run-job.ts";
import type { ObjectStore } from "../../../src/storage/object-store.ts";
import {
  graphOf,
  hash,
  numbers,
  outOfMemory,
  range,
  shuffleRead,
  sort,
} from "../../support/simulated-cluster.ts";
import { type Fate, SimulatedRunner } from "../../support/simulated-runner.ts";
import { MemoryObjectStore } from "../../support/stores/memory-object-store.ts";

const GRAPH = graphOf(
  [numbers(100, 6), hash(4), 6, []],
  [shuffleRead(0), range(3), 4, [0]],
  [sort(shuffleRead(1)), { kind: "result" }, 3, [1]],
);
const ROWS = Array.from({ length: 100 }, (_, i) => i);

/** Keeps all objects, as the coordinator does until the answer is safe. */
function keeping(store: ObjectStore): ObjectStore {
  return {
    get: (key, options) => store.get(key, options),
    put: (key, bytes, options) => store.put(key, bytes, options),
    head: (key) => store.head(key),
    list: (prefix) => store.list(prefix),
    delete: async () => undefined,
  };
}

function optionsFor(store: ObjectStore, before?: Fate) {
  return {
    runner: new SimulatedRunner(store, before),
    exchange: keeping(store),
    settings: { ansi: true, timeZone: "UTC" },
    memoryBytes: 1 << 20,
    driver: { singleRangeBytes: 0 },
    query: "query-1",
  };
}

const rowsOf = (batches: readonly Uint8Array[]): number[] =>
  batches.flatMap((bytes) => JSON.parse(new TextDecoder().decode(bytes)) as number[]);

/** As it is after a way through JSON. */
function revived({ state, rows }: JobCheckpoint): JobCheckpoint {
  return { state: JSON.parse(JSON.stringify(state)), rows };
}

describe("a job taken over by another process", () => {
  it("gives the same rows from every checkpoint of the first", async () => {
    const store = new MemoryObjectStore();
    const checkpoints: JobCheckpoint[] = [];
    const options = optionsFor(store);
    await runJob(GRAPH, { ...options, onCheckpoint: (at) => checkpoints.push(revived(at)) });
    expect(checkpoints.length).toBeGreaterThan(15);
    for (const checkpoint of checkpoints) {
      const { query, batches } = await resumeJob(checkpoint, optionsFor(store));
      expect(query).toBe("query-1");
      expect(rowsOf(batches)).toEqual(ROWS);
    }
  });

  it("goes on with tasks that were divided", async () => {
    const store = new MemoryObjectStore();
    const checkpoints: JobCheckpoint[] = [];
    const tooMuch: Fate = ({ partition }) => {
      if (partition === 1) throw outOfMemory();
    };
    const options = optionsFor(store, tooMuch);
    await runJob(GRAPH, { ...options, onCheckpoint: (at) => checkpoints.push(revived(at)) });
    for (const checkpoint of checkpoints) {
      const { batches } = await resumeJob(checkpoint, optionsFor(store, tooMuch));
      expect(rowsOf(batches)).toEqual(ROWS);
    }
  });

  it("never writes an object that the first may have written", async () => {
    const store = new MemoryObjectStore();
    const keys: string[] = [];
    const noting: ObjectStore = {
      ...keeping(store),
      put: (key, bytes) => {
        keys.push(key);
        return store.put(key, bytes);
      },
    };
    const checkpoints: JobCheckpoint[] = [];
    await runJob(GRAPH, {
      ...optionsFor(noting),
      onCheckpoint: (at) => checkpoints.push(revived(at)),
    });
    const [first] = checkpoints;
    if (first === undefined) return expect.unreachable();
    await resumeJob(first, optionsFor(noting));
    expect(new Set(keys).size).toBe(keys.length);
  });

  it("does not run again what was accepted", async () => {
    const store = new MemoryObjectStore();
    const checkpoints: JobCheckpoint[] = [];
    await runJob(GRAPH, {
      ...optionsFor(store),
      onCheckpoint: (at) => checkpoints.push(revived(at)),
    });
    const last = checkpoints.at(-1);
    if (last === undefined) return expect.unreachable();
    const options = optionsFor(store);
    await resumeJob(last, options);
    expect(options.runner.ran.every((name) => name.startsWith("2/"))).toBe(true);
  });

  it("stops starting tasks when it is to be handed over, and goes on elsewhere", async () => {
    const store = new MemoryObjectStore();
    const handOver = new AbortController();
    let tasks = 0;
    const options = optionsFor(store, () => {
      if (++tasks === 5) handOver.abort();
    });
    let last: JobCheckpoint | null = null;
    const first = runJob(GRAPH, {
      ...options,
      handOver: handOver.signal,
      onCheckpoint: (at) => {
        last = revived(at);
      },
    });
    await expect(first).rejects.toMatchObject({ condition: "QUERY_HANDED_OVER" });
    expect(tasks).toBe(5);
    if (last === null) return expect.unreachable();
    const { batches } = await resumeJob(last, optionsFor(store));
    expect(rowsOf(batches)).toEqual(ROWS);
  });
});
