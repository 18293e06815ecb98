import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { queryReceipt } from "../../src/aws/cost/query-receipt.ts";
import { EngineOnEmulators, SHUFFLING, SHUFFLING_SQL } from "../support/engine-on-emulators.ts";

const MEMORY_MB = 512;

describe("The receipt of a query on an engine", () => {
  let engine: EngineOnEmulators;
  beforeAll(async () => {
    engine = await EngineOnEmulators.start({ executors: 4, memoryMb: MEMORY_MB });
  });
  afterAll(() => engine[Symbol.asyncDispose]());
  beforeEach(() => {
    engine.s3.counters.reset();
    engine.lambda.log.length = 0;
  });

  const executions = () =>
    engine.lambda.log.filter(({ functionName }) => functionName === "executor").length;

  it("is within a twentieth of what the emulators counted", async () => {
    await using session = engine.session(SHUFFLING);
    const { metrics } = await session.sql(SHUFFLING_SQL).run();
    const { usage, dollars, isHypothetical } = queryReceipt(metrics, "us-east-1");
    const counted = engine.s3.counters.billed();
    expect(isHypothetical).toBe(false);
    expect(usage).toMatchObject({ lists: counted.lists, heads: 0, deletes: counted.deletes });
    expect(usage.gets).toBe(counted.gets);
    expect(usage.puts).toBe(counted.puts);
    expect(Math.abs(usage.bytesRead / counted.bytesOut - 1)).toBeLessThan(0.05);
    const { log } = engine.lambda;
    expect(usage.invocations).toBe(log.length);
    const seconds = log.reduce((sum, { durationMs }) => sum + durationMs, 0) / 1000;
    const billed =
      (seconds * MEMORY_MB * 0.0000133334) / 1024 +
      log.length * 2e-7 +
      counted.gets * 4e-7 +
      (counted.puts + counted.lists) * 5e-6;
    expect(Math.abs(dollars.total / billed - 1)).toBeLessThan(0.05);
  });

  it("never comes for a query that reaches its limit while it runs", async () => {
    const late = { kind: "late", ms: 5000 } as const;
    const takeBack = engine.lambda.addFault(({ functionName }) =>
      functionName === "executor" ? late : undefined,
    );
    await using session = engine.session({ "tindra.query.maxDollars": "0.000025" });
    const run = session.sql("SELECT count(*) FROM nation").run();
    await expect(run).rejects.toMatchObject({ condition: "BUDGET_EXCEEDED" });
    takeBack();
  });

  it("is not needed for a query above its limits: no executor starts", async () => {
    const limits = [
      [{ "tindra.query.maxBytes": "10k" }, "MAX_BYTES_EXCEEDED"],
      [{ "tindra.query.maxDollars": "0.0000001" }, "BUDGET_EXCEEDED"],
    ] as const;
    for (const [settings, condition] of limits) {
      await using session = engine.session(settings);
      const query = session.sql("SELECT count(*), sum(l_quantity) FROM lineitem").run();
      await expect(query).rejects.toMatchObject({ condition, family: "resources" });
    }
    expect(executions()).toBe(0);
    await using session = engine.session({ "tindra.query.maxBytes": "-1" });
    await expect(session.sql("SELECT count(*) FROM nation").run()).rejects.toMatchObject({
      condition: "INVALID_CONF_VALUE",
    });
  });
});
