import { describe, expect, it, vi } from "vitest";
import type { Invocation } from "../emulator/lambda/lambda-fault.ts";
import * as s3Faults from "../emulator/s3/s3-fault.ts";
import { SHUFFLING_SQL } from "../support/engine-on-emulators.ts";
import { TroubledEngine } from "../support/troubled-engine.ts";

const isData = ({ operation, key }: { operation: string; key: string }) =>
  operation === "GetObject" && key.startsWith("tpch/");

describe("an engine whose functions may run only for seconds", () => {
  const trouble = TroubledEngine.ofGroup({
    executors: 1,
    executorSeconds: 3,
    coordinatorSeconds: 7,
  });
  const tasksOf = (log: readonly Invocation[]): string[] =>
    log
      .filter(({ functionName }) => functionName === "executor")
      .map(({ payload }) => {
        const { stage, partition } = JSON.parse(payload).spec;
        return `${stage}/${partition}`;
      });
  it("hands a query over to a fresh coordinator, which runs nothing twice, and tells how far it is", async () => {
    const before = trouble.engine.lambda.log.length;
    trouble.slow(900);
    const seen: string[] = [];
    const off = trouble.spark.onEvent(({ event }) => seen.push(event));
    const { billed } = await trouble.expectRight();
    off();
    expect(seen).toContain("queryProgress");
    const isResume = ({ payload }: Invocation) => payload.includes('"action":"resume"');
    await vi.waitFor(
      () => expect(trouble.engine.lambda.log.slice(before).some(isResume)).toBe(true),
      5000,
    );
    const log = trouble.engine.lambda.log.slice(before);
    const tasks = tasksOf(log);
    expect(new Set(tasks).size).toBe(tasks.length);
    // a look that finds the end, or is under way when it comes, is not on its bill
    const unbilled = log.length - (billed?.usage.invocations ?? 0);
    expect(unbilled).toBeGreaterThanOrEqual(0);
    expect(unbilled).toBeLessThanOrEqual(2);
    expect(billed?.usage).toMatchObject({ lists: 2, deletes: 1 });
    expect(log.filter(({ isError }) => isError)).toEqual([]);
  });

  it("tries a task again that says before its time limit that it will not be done", async () => {
    let isTask = false;
    trouble.lambda(({ functionName }) => {
      if (functionName === "executor") isTask = true;
      return undefined;
    });
    const stall = { kind: "stall", ms: 4000 } as const;
    const ofTask = (request: Parameters<typeof isData>[0]) => isTask && isData(request);
    trouble.s3(s3Faults.firstFault(1, stall, ofTask));
    const before = trouble.engine.lambda.log.length;
    await trouble.expectRight();
    const log = trouble.engine.lambda.log.slice(before);
    expect(log.filter(({ isError }) => isError)).toEqual([]);
    const late = log.filter(({ answer }) => answer.includes('"TASK_OUT_OF_TIME"'));
    expect(late.map(({ functionName }) => functionName)).toEqual(["executor"]);
  });

  it("cancels a query and leaves nothing", async () => {
    trouble.slow(900);
    const cancel = new AbortController();
    const run = trouble.spark.sql(SHUFFLING_SQL).run({ signal: cancel.signal });
    setTimeout(() => cancel.abort(), 500);
    await expect(run).rejects.toMatchObject({ condition: "OPERATION_CANCELED" });
    await trouble.engine.expectNothingLeft();
  });

  it("ends a query at its own time limit", async () => {
    trouble.slow(900);
    const run = trouble.spark.sql(SHUFFLING_SQL).run({ timeoutMs: 1500 });
    await expect(run).rejects.toMatchObject({ condition: "QUERY_TIMED_OUT" });
    await trouble.engine.expectNothingLeft();
  });
});

describe("an engine whose functions have little memory", () => {
  const trouble = TroubledEngine.ofGroup(
    { executors: 2, memoryMb: 128 },
    { "spark.sql.shuffle.partitions": "2" },
  );

  it("does in smaller tasks what is too much for one", async () => {
    const rows = 250_000;
    const [row] = await trouble.spark
      .sql(`SELECT count(*), count(DISTINCT v) FROM (
        SELECT id, max(concat(repeat('x', 300), id)) v FROM range(${rows}) GROUP BY id)`)
      .collect();
    expect(row?.toArray()).toEqual([BigInt(rows), BigInt(rows)]);
    const pieces = trouble.engine.lambda.log.filter(({ payload }) => payload.includes('"only":{'));
    expect(pieces.length).toBeGreaterThan(0);
    expect(trouble.engine.lambda.log.filter(({ isError }) => isError)).toEqual([]);
    await trouble.engine.expectNothingLeft();
  });
});
