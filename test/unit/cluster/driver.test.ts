import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { operationCancelled } from "../../../src/cluster/cancelled.ts";
import { step } from "../../../src/cluster/driver.ts";
import type { DriverAction } from "../../../src/cluster/driver-action.ts";
import { DRIVER_DEFAULTS, type DriverConfig } from "../../../src/cluster/driver-config.ts";
import type { DriverEvent } from "../../../src/cluster/driver-event.ts";
import { type DriverState, initialState } from "../../../src/cluster/driver-state.ts";
import { DataError, type ErrorJson } from "../../../src/common/errors.ts";
import type { TaskSpec } from "../../../src/exec/task-spec.ts";
import type { JobGraph } from "../../../src/physical/job-graph.ts";
import type { ShuffleBlock } from "../../../src/shuffle/shuffle-block.ts";
import {
  broadcastRead,
  crossJoin,
  type Exchange,
  equiJoin,
  graphOf,
  hash,
  limit,
  numbers,
  outOfMemory,
  range,
  shuffleRead,
  simulateTask,
  sort,
  union,
  workerLost,
} from "../../support/simulated-cluster.ts";

vi.setConfig({ testTimeout: 30_000 });

const CONFIG: DriverConfig = {
  ...DRIVER_DEFAULTS,
  settings: { ansi: true, timeZone: "UTC" },
  memoryBytes: 1,
  parallelism: 2,
};

const RESULT = { kind: "result" } as const;
const SINGLE = { kind: "single" } as const;
const BROADCAST = { kind: "broadcast" } as const;

const upTo = (count: number) => Array.from({ length: count }, (_, i) => i);

/** Graphs and the rows they must give, sorted unless the graph sorts. */
const GRAPHS: readonly { name: string; graph: JobGraph; rows: number[]; inOrder: boolean }[] = [
  {
    name: "one stage",
    graph: graphOf([numbers(50, 5), RESULT, 5, []]),
    rows: upTo(50),
    inOrder: true,
  },
  {
    name: "a hash exchange",
    graph: graphOf([numbers(50, 4), hash(6), 4, []], [shuffleRead(0), RESULT, 6, [0]]),
    rows: upTo(50),
    inOrder: false,
  },
  {
    name: "a sort by range",
    graph: graphOf([numbers(90, 9, 1e9), range(4), 9, []], [sort(shuffleRead(0)), RESULT, 4, [0]]),
    rows: upTo(90),
    inOrder: true,
  },
  {
    name: "a shuffled join",
    graph: graphOf(
      [union(numbers(40, 4), numbers(30, 2)), hash(5), 6, []],
      [numbers(12, 2), hash(5), 2, []],
      [equiJoin(shuffleRead(0), shuffleRead(1)), hash(3), 5, [0, 1]],
      [shuffleRead(2), RESULT, 3, [2]],
    ),
    rows: [...upTo(12), ...upTo(12)].sort((a, b) => a - b),
    inOrder: false,
  },
  {
    name: "a union, a broadcast and a single partition",
    graph: graphOf(
      [numbers(3, 2), BROADCAST, 2, []],
      [crossJoin(union(numbers(10, 2), numbers(20, 3)), broadcastRead(0)), hash(3), 5, [0]],
      [shuffleRead(1), SINGLE, 3, [1]],
      [sort(shuffleRead(2)), RESULT, 1, [2]],
    ),
    rows: [...upTo(10), ...upTo(20)]
      .flatMap((l) => upTo(3).map((r) => l * 1000 + r))
      .sort((a, b) => a - b),
    inOrder: true,
  },
];

/** A cluster in which anything may happen to an attempt, at any time, in an order that a seed decides. */
class World {
  readonly objects = new Map<string, ReadonlyMap<number, readonly number[]>>();
  readonly rows = new Map<string, number[]>();
  readonly launches: TaskSpec[] = [];
  readonly actions: DriverAction[] = [];
  private readonly underWay: TaskSpec[] = [];
  private readonly reports: DriverEvent[] = [];
  private readonly random: () => number;
  private readonly faults: Faults;
  private readonly exchange: Exchange;
  state: DriverState;
  nowMs = 0;

  constructor(graph: JobGraph, random: () => number, faults: Faults) {
    this.state = initialState("q", graph);
    this.random = random;
    this.faults = faults;
    this.exchange = {
      read: (block) => {
        const object = this.objects.get(block.key ?? "");
        if (object === undefined) throw new Error(`Object ${block.key} is gone`);
        return object.get(block.partition) ?? [];
      },
      write: (key, parts) => {
        this.objects.set(key, parts);
        return [...parts].map(
          ([partition, rows]): ShuffleBlock => ({
            partition,
            key,
            offset: 0,
            sizeBytes: rows.length * (this.faults.bytesPerRow ?? 1),
            rows: rows.length,
            inline: null,
          }),
        );
      },
    };
  }

  get end(): (DriverAction & { kind: "end" }) | undefined {
    return this.actions.find((action) => action.kind === "end");
  }

  get events() {
    return this.actions.flatMap((action) => (action.kind === "report" ? [action.event] : []));
  }

  async run(config: DriverConfig = CONFIG): Promise<void> {
    this.tell({ kind: "start", nowMs: 0 }, config);
    for (let turns = 0; this.end === undefined; turns++) {
      if (turns > 5000) throw new Error("The driver does not come to an end");
      await this.happen(config);
    }
    while (this.underWay.length > 0) await this.finish(0);
    for (const late of this.reports) this.tell(late, config);
  }

  private async happen(config: DriverConfig): Promise<void> {
    this.nowMs += Math.ceil(this.random() * 20);
    if (this.random() < this.faults.cancel)
      this.tell(
        { kind: "cancel", error: operationCancelled().toJSON(), nowMs: this.nowMs },
        config,
      );
    const pick = this.random();
    if (this.underWay.length > 0 && (pick < 0.5 || this.reports.length === 0)) {
      await this.finish(Math.floor(this.random() * this.underWay.length));
    } else if (this.reports.length > 0) {
      const at = Math.floor(this.random() * this.reports.length);
      const [report] = this.reports.splice(at, 1);
      if (report === undefined) return;
      this.tell({ ...report, nowMs: this.nowMs }, config);
      if (this.random() < this.faults.duplicate) this.reports.push(report);
    } else this.tell({ kind: "timer", nowMs: this.nowMs }, config);
  }

  /** One attempt runs, or is lost before or after it wrote. */
  private async finish(at: number): Promise<void> {
    const [spec] = this.underWay.splice(at, 1);
    if (spec === undefined) return;
    const fate = this.random();
    const fail = (error: ErrorJson) =>
      this.reports.push({ kind: "attemptFailed", attempt: spec, error, nowMs: 0 });
    if (fate < this.faults.lost) return void fail(workerLost().toJSON());
    const isKilled = this.actions.some(
      (action) =>
        action.kind === "kill" &&
        action.attempt.stage === spec.stage &&
        action.attempt.attempt === spec.attempt,
    );
    if (isKilled && fate < 0.9) return void fail(operationCancelled().toJSON());
    let outcome: Awaited<ReturnType<typeof simulateTask>>;
    try {
      outcome = await simulateTask(spec, this.exchange);
    } catch (thrown) {
      if (!isKilled) throw thrown;
      return void fail(operationCancelled().toJSON());
    }
    const { result, rows } = outcome;
    if (result.metrics.rowsWritten > (this.faults.mostRows ?? Number.POSITIVE_INFINITY))
      return void fail(outOfMemory().toJSON());
    if (rows !== null) this.rows.set(`${spec.partition}-${spec.attempt}`, rows);
    if (fate < this.faults.lost + this.faults.lostAfterWrite) fail(workerLost().toJSON());
    else this.reports.push({ kind: "attemptFinished", result, nowMs: 0 });
  }

  tell(event: DriverEvent, config: DriverConfig): void {
    const before = JSON.stringify(this.state);
    const { state, actions } = step(JSON.parse(before), event, config);
    expect(JSON.stringify(this.state)).toBe(before);
    this.state = state;
    for (const action of actions) {
      this.actions.push(action);
      if (action.kind === "delete") for (const key of action.keys) this.objects.delete(key);
      if (action.kind !== "launch") continue;
      this.launches.push(action.spec);
      this.underWay.push(action.spec);
      const { query, stage, partition, attempt } = action.spec;
      this.reports.push({
        kind: "attemptStarted",
        attempt: { query, stage, partition, attempt },
        nowMs: 0,
      });
    }
  }

  answer(): number[] {
    return (this.end?.results ?? []).flatMap(
      ({ partition, attempt }) => this.rows.get(`${partition}-${attempt}`) ?? [],
    );
  }
}

interface Faults {
  readonly lost: number;
  readonly lostAfterWrite: number;
  readonly duplicate: number;
  readonly cancel: number;
  readonly bytesPerRow?: number;
  /** A task with more rows is too much for its worker. */
  readonly mostRows?: number;
}

const NO_FAULTS: Faults = { lost: 0, lostAfterWrite: 0, duplicate: 0, cancel: 0 };

function randomOf(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

function checkAnswer(world: World, { rows, inOrder }: { rows: number[]; inOrder: boolean }): void {
  expect(world.end?.outcome).toEqual({ kind: "finished" });
  const answer = world.answer();
  expect(inOrder ? answer : answer.sort((a, b) => a - b)).toEqual(rows);
}

describe("the driver", () => {
  it.each(GRAPHS)("runs $name and leaves no object", async (expected) => {
    const world = new World(expected.graph, randomOf(7), NO_FAULTS);
    await world.run();
    checkAnswer(world, expected);
    expect([...world.objects.keys()]).toEqual([]);
    expect(
      world.launches.every(
        ({ attempt, stage, partition }) =>
          world.launches.filter(
            (l) => l.stage === stage && l.attempt === attempt && l.partition === partition,
          ).length === 1,
      ),
    ).toBe(true);
  });

  const anyFaults = fc.record({
    lost: fc.constantFrom(0, 0.05, 0.2),
    lostAfterWrite: fc.constantFrom(0, 0.05, 0.2),
    duplicate: fc.constantFrom(0, 0.3),
    cancel: fc.constantFrom(0, 0, 0.02),
    bytesPerRow: fc.constantFrom(1, 100_000),
    mostRows: fc.constantFrom(Number.POSITIVE_INFINITY, 20, 5),
  });
  const anyConfig = fc.record({
    coalescesPartitions: fc.boolean(),
    parallelism: fc.integer({ min: 1, max: 4 }),
    maxTaskFailures: fc.integer({ min: 1, max: 4 }),
    singleRangeBytes: fc.constantFrom(0, 1 << 23, 1e12),
    broadcastThresholdBytes: fc.constantFrom(-1, 1000, 1 << 26),
    speculation: fc.constantFrom(null, { quantile: 0.5, multiplier: 1.5, minMs: 30 }),
  });

  it("gives the right rows or a typed error, whatever happens, and leaves no object", async () => {
    let finished = 0;
    let failed = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...GRAPHS),
        anyFaults,
        anyConfig,
        fc.integer(),
        async (expected, faults, config, seed) => {
          const world = new World(expected.graph, randomOf(seed), faults);
          await world.run({ ...CONFIG, ...config });
          if (world.end?.outcome.kind === "finished") {
            finished++;
            checkAnswer(world, expected);
          } else {
            failed++;
            const condition =
              world.end?.outcome.kind === "failed" ? world.end.outcome.error.condition : "";
            expect(["TASK_FAILED", "OPERATION_CANCELED", "MEMORY_LIMIT_EXCEEDED"]).toContain(
              condition,
            );
          }
          expect([...world.objects.keys()]).toEqual([]);
          expect(world.actions.filter(({ kind }) => kind === "end")).toHaveLength(1);
          const end = world.actions.findIndex(({ kind }) => kind === "end");
          expect(world.actions.slice(end + 1)).toEqual([]);
        },
      ),
      { numRuns: 250 },
    );
    expect(finished).toBeGreaterThan(50);
    expect(failed).toBeGreaterThan(20);
  });

  it("names the task, the count and the last cause when a task fails too often", async () => {
    const world = new World(GRAPHS[0]?.graph as JobGraph, randomOf(1), { ...NO_FAULTS, lost: 1 });
    await world.run();
    expect(world.end?.outcome).toMatchObject({
      kind: "failed",
      error: {
        family: "resources",
        condition: "TASK_FAILED",
        details: { failures: 3, cause: { condition: "WORKER_LOST" } },
      },
    });
    const attempts = world.launches.filter(
      ({ partition }) =>
        partition ===
        (world.end?.outcome.kind === "failed" ? world.end.outcome.error.details["partition"] : -1),
    );
    expect(attempts.map(({ attempt }) => attempt)).toHaveLength(3);
  });

  it("does not retry what will fail again, and kills the rest", () => {
    const world = new World(GRAPHS[0]?.graph as JobGraph, randomOf(1), NO_FAULTS);
    world.tell({ kind: "start", nowMs: 0 }, CONFIG);
    const error = new DataError({
      condition: "DIVIDE_BY_ZERO",
      message: "Division by zero",
      sqlState: "22012",
    });
    const [first] = world.launches;
    if (first === undefined) throw new Error("Nothing was launched");
    world.tell({ kind: "attemptFailed", attempt: first, error: error.toJSON(), nowMs: 1 }, CONFIG);
    expect(world.state.outcome).toEqual({ kind: "failed", error: error.toJSON() });
    expect(world.launches).toHaveLength(5);
    expect(world.actions.filter(({ kind }) => kind === "kill")).toHaveLength(4);
    expect(world.end).toBeUndefined();
  });

  it("divides tasks that are too much at once, and keeps the rows in order", async () => {
    const scan = GRAPHS[0] as (typeof GRAPHS)[number];
    const world = new World(scan.graph, randomOf(7), { ...NO_FAULTS, mostRows: 3 });
    await world.run();
    checkAnswer(world, scan);
    const divided = world.events.flatMap((event) => (event.event === "taskDivided" ? event : []));
    expect(divided.filter(({ partition }) => partition < 5)).toHaveLength(5);
    expect(divided).toHaveLength(5 + 10);
    expect(world.end?.results).toHaveLength(20);
  });

  it("divides groups of partitions into fewer, then a partition by the hash of its keys", async () => {
    const shuffle = GRAPHS[1] as (typeof GRAPHS)[number];
    const world = new World(shuffle.graph, randomOf(7), { ...NO_FAULTS, mostRows: 6 });
    await world.run();
    checkAnswer(world, shuffle);
    const reads = world.launches.filter(({ stage }) => stage === 1).map(({ plan }) => plan);
    expect(reads[0]).not.toHaveProperty("only");
    const pieces = reads.flatMap((plan) => (plan.kind === "shuffleRead" ? (plan.only ?? []) : []));
    expect(pieces.map(({ partitions }) => partitions)).toContain(12);
    expect(pieces[0]?.keys).toHaveLength(1);
  });

  it("says what is wrong where a task cannot be divided", async () => {
    const { graph } = GRAPHS[4] as (typeof GRAPHS)[number];
    const world = new World(graph, randomOf(7), { ...NO_FAULTS, mostRows: 50 });
    await world.run();
    expect(world.end?.outcome).toMatchObject({
      kind: "failed",
      error: { condition: "MEMORY_LIMIT_EXCEEDED" },
    });
    expect([...world.objects.keys()]).toEqual([]);
  });

  it("puts small partitions together, large ones not", async () => {
    const { graph } = GRAPHS[1] as (typeof GRAPHS)[number];
    const small = new World(graph, randomOf(3), NO_FAULTS);
    await small.run();
    expect(small.launches.filter(({ stage }) => stage === 1)).toHaveLength(1);
    const large = new World(graph, randomOf(3), { ...NO_FAULTS, bytesPerRow: 1 << 26 });
    await large.run();
    expect(large.launches.filter(({ stage }) => stage === 1)).toHaveLength(6);
    const off = new World(graph, randomOf(3), NO_FAULTS);
    await off.run({ ...CONFIG, coalescesPartitions: false });
    expect(off.launches.filter(({ stage }) => stage === 1)).toHaveLength(6);
  });

  it("turns a join broadcast when its build side comes out small, and runs the probe side once", async () => {
    const { graph } = GRAPHS[3] as (typeof GRAPHS)[number];
    const world = new World(graph, randomOf(3), NO_FAULTS);
    await world.run();
    expect(world.events.filter(({ event }) => event === "stageReplanned")).toMatchObject([
      { stage: 2, reason: expect.stringContaining("stage 1 wrote 12 bytes") },
    ]);
    const tasksOf = (stage: number) => world.launches.filter((spec) => spec.stage === stage);
    expect(tasksOf(0)).toEqual([]);
    expect(tasksOf(2)).toHaveLength(6);
    expect(tasksOf(2)[0]?.plan).toMatchObject({
      distribution: "broadcast",
      left: { kind: "union", children: [{ kind: "range" }] },
      right: { kind: "broadcastRead", stage: 1 },
    });
    checkAnswer(world, GRAPHS[3] as (typeof GRAPHS)[number]);
  });

  it("leaves a join shuffled when its build side comes out large, or when it may not be copied", async () => {
    const { graph } = GRAPHS[3] as (typeof GRAPHS)[number];
    const large = new World(graph, randomOf(3), { ...NO_FAULTS, bytesPerRow: 1 << 26 });
    await large.run();
    expect(large.launches.filter(({ stage }) => stage === 0)).toHaveLength(6);
    const full = JSON.parse(JSON.stringify(graph).replace('"inner"', '"full"')) as JobGraph;
    const outer = new World(full, randomOf(3), NO_FAULTS);
    await outer.run();
    expect(outer.launches.filter(({ stage }) => stage === 0)).toHaveLength(6);
  });

  it("samples a quarter of the tasks of a large sort, and none of a small one", async () => {
    const { graph } = GRAPHS[2] as (typeof GRAPHS)[number];
    const large = new World(graph, randomOf(3), { ...NO_FAULTS, bytesPerRow: 1 << 26 });
    await large.run();
    expect(large.events.filter(({ event }) => event === "stageStarted")).toMatchObject([
      { stage: 0, phase: "sampling", tasks: 3 },
      { stage: 0, phase: "running", tasks: 9 },
      { stage: 1, phase: "running", tasks: 4 },
    ]);
    const small = new World(graph, randomOf(3), NO_FAULTS);
    await small.run({ ...CONFIG, singleRangeBytes: 1e12 });
    expect(small.launches.filter(({ stage }) => stage === 0)).toHaveLength(9);
  });

  it("runs a slow task a second time and takes whichever comes first", () => {
    const config = { ...CONFIG, speculation: { quantile: 0.5, multiplier: 2, minMs: 10 } };
    const world = new World(GRAPHS[0]?.graph as JobGraph, randomOf(1), NO_FAULTS);
    world.tell({ kind: "start", nowMs: 0 }, config);
    const [slow, ...others] = [...world.launches];
    if (slow === undefined) throw new Error("Nothing was launched");
    for (const attempt of world.launches)
      world.tell({ kind: "attemptStarted", attempt, nowMs: 0 }, config);
    const finish = (spec: TaskSpec, nowMs: number) => {
      const { query, stage, partition, attempt } = spec;
      const metrics = { rowsWritten: 0, bytesWritten: 0 } as never;
      world.tell(
        {
          kind: "attemptFinished",
          result: { query, stage, partition, attempt, blocks: [], metrics },
          nowMs,
        },
        config,
      );
    };
    for (const other of others) finish(other, 20);
    expect(world.actions.at(-1)).toEqual({ kind: "wait", untilMs: 40 });
    world.tell({ kind: "timer", nowMs: 39 }, config);
    expect(world.launches).toHaveLength(5);
    world.tell({ kind: "timer", nowMs: 40 }, config);
    const second = world.launches[5];
    expect(second).toMatchObject({ stage: slow.stage, partition: slow.partition });
    if (second === undefined) return;
    finish(second, 50);
    expect(world.actions).toContainEqual({
      kind: "kill",
      attempt: expect.objectContaining({ attempt: slow.attempt }),
    });
    expect(world.end).toBeUndefined();
    world.tell(
      { kind: "attemptFailed", attempt: slow, error: operationCancelled().toJSON(), nowMs: 51 },
      config,
    );
    expect(world.end?.results[slow.partition]).toMatchObject({ attempt: second.attempt });
  });

  it("stops a limited stage when its first tasks have enough rows", async () => {
    const graph = graphOf(
      [limit(5, numbers(100, 20)), SINGLE, 20, []],
      [limit(5, shuffleRead(0)), RESULT, 1, [0]],
    );
    for (let seed = 0; seed < 20; seed++) {
      const world = new World(graph, randomOf(seed), { ...NO_FAULTS, lost: 0.05 });
      await world.run();
      checkAnswer(world, { rows: [0, 1, 2, 3, 4], inOrder: true });
      expect([...world.objects.keys()]).toEqual([]);
    }
    const world = new World(graph, randomOf(1), NO_FAULTS);
    await world.run();
    expect(world.actions.some(({ kind }) => kind === "kill")).toBe(true);
  });
});
