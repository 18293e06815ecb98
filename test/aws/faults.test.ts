import { describe, expect, it } from "vitest";
import { TindraError } from "../../src/common/errors.ts";
import type { LambdaFault } from "../emulator/lambda/lambda-fault.ts";
import * as lambdaFaults from "../emulator/lambda/lambda-fault.ts";
import * as s3Faults from "../emulator/s3/s3-fault.ts";
import { DATA_BUCKET, FAR_BUCKET, SHUFFLING_SQL } from "../support/engine-on-emulators.ts";
import { isStart, ofCoordinator, ofExecutor, TroubledEngine } from "../support/troubled-engine.ts";

describe("an engine in trouble", () => {
  const trouble = TroubledEngine.ofGroup({ executors: 4, accountConcurrency: 6, hedges: true });
  const expectError = async (sql: string): Promise<TindraError> => {
    const thrown = await trouble.spark
      .sql(sql)
      .run()
      .catch((error: unknown) => error);
    expect(thrown).toBeInstanceOf(TindraError);
    await trouble.engine.expectNothingLeft();
    return thrown as TindraError;
  };
  const executorFaults: readonly (readonly [string, LambdaFault])[] = [
    ["killed at its start", { kind: "kill" }],
    ["killed before its answer, after its PUT", { kind: "killBeforeAnswer" }],
    ["whose answer is lost", { kind: "lostAnswer" }],
    ["that gets its task twice", { kind: "twice" }],
    ["refused with 500", { kind: "error", status: 500 }],
  ];
  it.each(executorFaults)("gives the right rows with an executor %s", async (_, fault) => {
    trouble.lambda(lambdaFaults.firstFault(2, fault, ofExecutor));
    await trouble.expectRight();
  });

  it("gives the right rows when executors die at their PUT", async () => {
    let kills = 0;
    trouble.s3(({ operation, key }) => {
      if (operation !== "PutObject" || !key.startsWith("exchange/") || kills++ > 0)
        return undefined;
      trouble.engine.lambda.crash(ofExecutor);
      return { kind: "reset" };
    });
    await trouble.expectRight();
    expect(kills).toBeGreaterThan(1);
  });

  it("gives the right rows when half of the invocations are refused with 429", async () => {
    const { throttled } = trouble.engine.lambda;
    const fault = lambdaFaults.oftenFault(0.5, { kind: "throttle" }, { seed: 4 });
    trouble.lambda(fault);
    await trouble.expectRight();
    expect(trouble.engine.lambda.throttled).toBeGreaterThan(throttled);
  });

  it("gives the right rows when S3 refuses a fifth of all requests", async () => {
    const fault = { kind: "error", status: 503, code: "SlowDown" } as const;
    trouble.s3(s3Faults.oftenFault(0.2, fault, { seed: 3 }));
    await trouble.expectRight();
  });

  it("gives the right rows when bodies break off", async () => {
    const fault = { kind: "reset", afterBytes: 100 } as const;
    const isRead = ({ operation }: { operation: string }) => operation === "GetObject";
    trouble.s3(s3Faults.oftenFault(0.2, fault, { seed: 5, which: isRead }));
    await trouble.expectRight();
  });

  it("does not wait for GETs that stall", async () => {
    const stall = { kind: "stall", ms: 20_000 } as const;
    const isData = ({ operation, key }: { operation: string; key: string }) =>
      operation === "GetObject" && key.startsWith("tpch/");
    trouble.s3(s3Faults.firstFault(1, stall, isData));
    const started = performance.now();
    await trouble.expectRight();
    expect(performance.now() - started).toBeLessThan(10_000);
  });

  it("stops the tasks of a query that is cancelled", async () => {
    let isTask = false;
    const cancel = new AbortController();
    trouble.lambda((invocation) => {
      if (ofExecutor(invocation) && !isTask) setTimeout(() => cancel.abort(), 300);
      if (ofExecutor(invocation)) isTask = true;
      return undefined;
    });
    const stall = { kind: "stall", ms: 25_000 } as const;
    trouble.s3(({ operation, key }) =>
      isTask && operation === "GetObject" && key.startsWith("tpch/") ? stall : undefined,
    );
    const before = trouble.engine.lambda.log.length;
    const started = performance.now();
    const run = trouble.spark.sql(SHUFFLING_SQL).run({ signal: cancel.signal });
    await expect(run).rejects.toMatchObject({ condition: "OPERATION_CANCELED" });
    expect(performance.now() - started).toBeLessThan(15_000);
    const tasks = trouble.engine.lambda.log.slice(before).filter(ofExecutor);
    expect(tasks.length).toBeGreaterThan(0);
    for (const { answer } of tasks) expect(answer).toContain('"OPERATION_CANCELED"');
    await trouble.engine.expectNothingLeft();
  });

  it("reads a bucket in another region", async () => {
    const frame = trouble.spark.read.parquet(`s3://${FAR_BUCKET}/region.parquet`);
    expect(await frame.count()).toBe(5);
  });

  it.each([
    ["at its start", { kind: "kill" }],
    ["before its answer", { kind: "killBeforeAnswer" }],
  ] as const)("resumes a coordinator that is killed %s", async (_, fault) => {
    trouble.lambda(lambdaFaults.firstFault(1, fault, isStart));
    await trouble.expectRight();
  });

  it.each([1, 3, 6])("resumes a coordinator that is killed when it starts task %i", async (nth) => {
    let tasks = 0;
    trouble.lambda((invocation) => {
      if (ofExecutor(invocation) && ++tasks === nth) trouble.engine.lambda.crash(ofCoordinator);
      return undefined;
    });
    await trouble.expectRight();
    expect(tasks).toBeGreaterThan(nth);
  });

  it.each([
    ["saves how the query ended", "PutObject", "end.json"],
    ["clears the exchange", "DeleteObjects", ""],
  ])("resumes a coordinator that is killed when it %s", async (_, killed, name) => {
    let kills = 0;
    trouble.s3(({ operation, key }) => {
      if (operation !== killed || !key.endsWith(name) || kills > 0) return undefined;
      kills += trouble.engine.lambda.crash(ofCoordinator);
      return { kind: "reset" };
    });
    await trouble.expectRight();
    expect(kills).toBe(1);
  });

  it("runs a query once whose start is sent again because its answer was lost", async () => {
    const before = trouble.engine.lambda.log.filter(ofExecutor).length;
    await trouble.expectRight();
    const tasks = trouble.engine.lambda.log.filter(ofExecutor).length - before;
    trouble.lambda(lambdaFaults.firstFault(1, { kind: "lostAnswer" }, isStart));
    await trouble.expectRight();
    expect(trouble.engine.lambda.log.filter(ofExecutor).length - before).toBe(2 * tasks);
  });

  it("does not take a look that fails for the end of the query", async () => {
    const denied = { kind: "error", status: 403, code: "AccessDenied" } as const;
    trouble.lambda(lambdaFaults.firstFault(1, { kind: "lostAnswer" }, isStart));
    let looks = 0;
    trouble.s3(({ operation, key }) =>
      operation === "GetObject" && key.endsWith("/end.json") && looks++ < 3 ? denied : undefined,
    );
    await trouble.expectRight();
    expect(looks).toBeGreaterThan(3);
  });

  it("runs a query once whose start is delivered twice", async () => {
    trouble.lambda(lambdaFaults.firstFault(1, { kind: "twice" }, isStart));
    await trouble.expectRight();
    const ran = trouble.engine.lambda.log.filter(ofCoordinator).filter(isStart).slice(-2);
    expect(new Set(ran.map(({ payload }) => payload)).size).toBe(1);
  });

  it("gives up on a task that fails however often it is tried", async () => {
    trouble.lambda(lambdaFaults.firstFault(1000, { kind: "killBeforeAnswer" }, ofExecutor));
    const error = await expectError("SELECT count(*) FROM orders");
    expect(error.condition).toBe("TASK_FAILED");
    expect(JSON.stringify(error.details)).toContain("FUNCTION_OUT_OF_MEMORY");
  });

  it("names bucket, key and action where one object may not be read", async () => {
    trouble.s3(({ operation, key }) =>
      operation === "GetObject" && key.endsWith("/orders.parquet")
        ? { kind: "error", status: 403, code: "AccessDenied" }
        : undefined,
    );
    const error = await expectError(SHUFFLING_SQL);
    expect(error).toMatchObject({
      condition: "ACCESS_DENIED",
      details: { bucket: DATA_BUCKET, key: "tpch/orders.parquet", action: "s3:GetObject" },
    });
  });

  it("tells an object that changed between planning and reading", async () => {
    const bytes = trouble.engine.s3.get(DATA_BUCKET, "tpch/orders.parquet") ?? new Uint8Array();
    trouble.afterwards(() => trouble.engine.s3.put(DATA_BUCKET, "tpch/orders.parquet", bytes));
    trouble.lambda((invocation) => {
      if (ofExecutor(invocation))
        trouble.engine.s3.put(DATA_BUCKET, "tpch/orders.parquet", Buffer.concat([bytes, bytes]));
      return undefined;
    });
    const error = await expectError("SELECT sum(o_totalprice) FROM orders");
    expect(error.condition).toBe("OBJECT_CHANGED");
  });

  it("tells expired credentials", async () => {
    trouble.s3(({ key }) =>
      key.startsWith("tpch/") ? { kind: "error", status: 400, code: "ExpiredToken" } : undefined,
    );
    expect((await expectError("SELECT 1 FROM nation")).condition).toBe("CREDENTIALS_EXPIRED");
  });
});
