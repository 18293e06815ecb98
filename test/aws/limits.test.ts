import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import type { QueryMetrics } from "../../src/session/query-metrics.ts";
import type { Session } from "../../src/session/session.ts";
import type { Invocation } from "../emulator/lambda/lambda-fault.ts";
import * as s3Faults from "../emulator/s3/s3-fault.ts";
import {
  EngineOnEmulators,
  SHUFFLING,
  SHUFFLING_ROWS,
  SHUFFLING_SQL,
} from "../support/engine-on-emulators.ts";

const isData = ({ operation, key }: { operation: string; key: string }) =>
  operation === "GetObject" && key.startsWith("tpch/");

describe("an engine whose functions may run only for seconds", () => {
  let engine: EngineOnEmulators;
  let spark: Session;
  let undo: (() => void)[] = [];
  beforeAll(async () => {
    engine = await EngineOnEmulators.start({
      executors: 1,
      executorSeconds: 3,
      coordinatorSeconds: 7,
    });
    spark = engine.session(SHUFFLING);
    await expectRight();
  });
  afterEach(() => {
    for (const takeBack of undo) takeBack();
    undo = [];
  });
  afterAll(async () => {
    await spark.stop();
    await engine[Symbol.asyncDispose]();
  });

  const expectRight = async (): Promise<QueryMetrics> => {
    const result = await spark.sql(SHUFFLING_SQL).run();
    expect(result.rows().map((row) => row.toArray())).toEqual(SHUFFLING_ROWS);
    await engine.expectNothingLeft();
    return result.metrics;
  };
  const tasksOf = (log: readonly Invocation[]): string[] =>
    log
      .filter(({ functionName }) => functionName === "executor")
      .map(({ payload }) => {
        const { stage, partition } = JSON.parse(payload).spec;
        return `${stage}/${partition}`;
      });
  /** Every task takes at least so long. */
  const slow = (ms: number): void => {
    undo.push(engine.lambda.addFault(({ functionName }) => slowly(functionName, ms)));
  };
  const slowly = (functionName: string, ms: number) =>
    functionName === "executor" ? ({ kind: "late", ms } as const) : undefined;

  it("hands a query over to a fresh coordinator, which runs nothing twice, and tells how far it is", async () => {
    const before = engine.lambda.log.length;
    slow(900);
    const seen: string[] = [];
    const off = spark.onEvent(({ event }) => seen.push(event));
    const { billed } = await expectRight();
    off();
    expect(seen).toContain("queryProgress");
    const isResume = ({ payload }: Invocation) => payload.includes('"action":"resume"');
    await vi.waitFor(() => expect(engine.lambda.log.slice(before).some(isResume)).toBe(true), 5000);
    const log = engine.lambda.log.slice(before);
    const tasks = tasksOf(log);
    expect(new Set(tasks).size).toBe(tasks.length);
    // looks that find the end, or are under way when it comes, are not on its bill
    const unbilled = log.length - (billed?.usage.invocations ?? 0);
    expect(unbilled).toBeGreaterThanOrEqual(0);
    expect(unbilled).toBeLessThanOrEqual(3);
    expect(billed?.usage).toMatchObject({ lists: 2, deletes: 1 });
    expect(log.filter(({ isError }) => isError)).toEqual([]);
  });

  it("tries a task again that says before its time limit that it will not be done", async () => {
    let isTask = false;
    undo.push(
      engine.lambda.addFault(({ functionName }) => {
        if (functionName === "executor") isTask = true;
        return undefined;
      }),
    );
    const stall = { kind: "stall", ms: 4000 } as const;
    const ofTask = (request: Parameters<typeof isData>[0]) => isTask && isData(request);
    undo.push(engine.s3.faults.add(s3Faults.firstFault(1, stall, ofTask)));
    const before = engine.lambda.log.length;
    await expectRight();
    const log = engine.lambda.log.slice(before);
    expect(log.filter(({ isError }) => isError)).toEqual([]);
    const late = log.filter(({ answer }) => answer.includes('"TASK_OUT_OF_TIME"'));
    expect(late.map(({ functionName }) => functionName)).toEqual(["executor"]);
  });

  it("cancels a query and leaves nothing", async () => {
    slow(900);
    const cancel = new AbortController();
    const run = spark.sql(SHUFFLING_SQL).run({ signal: cancel.signal });
    setTimeout(() => cancel.abort(), 500);
    await expect(run).rejects.toMatchObject({ condition: "OPERATION_CANCELED" });
    await engine.expectNothingLeft();
  });

  it("ends a query at its own time limit", async () => {
    slow(900);
    const run = spark.sql(SHUFFLING_SQL).run({ timeoutMs: 1500 });
    await expect(run).rejects.toMatchObject({ condition: "QUERY_TIMED_OUT" });
    await engine.expectNothingLeft();
  });
});

describe("an engine whose functions have little memory", () => {
  let engine: EngineOnEmulators;
  let spark: Session;
  beforeAll(async () => {
    engine = await EngineOnEmulators.start({ executors: 2, memoryMb: 128 });
    spark = engine.session({ ...SHUFFLING, "spark.sql.shuffle.partitions": "2" });
  });
  afterAll(async () => {
    await spark.stop();
    await engine[Symbol.asyncDispose]();
  });

  it("does in smaller tasks what is too much for one", async () => {
    const rows = 250_000;
    const [row] = await spark
      .sql(`SELECT count(*), count(DISTINCT v) FROM (
        SELECT id, max(concat(repeat('x', 300), id)) v FROM range(${rows}) GROUP BY id)`)
      .collect();
    expect(row?.toArray()).toEqual([BigInt(rows), BigInt(rows)]);
    const pieces = engine.lambda.log.filter(({ payload }) => payload.includes('"only":{'));
    expect(pieces.length).toBeGreaterThan(0);
    expect(engine.lambda.log.filter(({ isError }) => isError)).toEqual([]);
    await engine.expectNothingLeft();
  });
});
