import { describe, expect, it } from "vitest";
import type { CoordinatorAnswer } from "../../src/aws/engine/coordinator-message.ts";
import type { DriverState } from "../../src/cluster/driver-state.ts";
import * as lambdaFaults from "../emulator/lambda/lambda-fault.ts";
import { EXCHANGE_BUCKET, SHUFFLING_ROWS, SHUFFLING_SQL } from "../support/engine-on-emulators.ts";
import { isStart, ofCoordinator, ofExecutor, TroubledEngine } from "../support/troubled-engine.ts";

describe("a query that another coordinator takes over", () => {
  const trouble = TroubledEngine.ofGroup({ executors: 2 });
  const putsSince = (before: number): string[] =>
    trouble.engine.s3.counters.requests
      .slice(before)
      .filter(({ operation, key }) => operation === "PutObject" && key.startsWith("exchange/"))
      .map(({ key }) => key);

  it("writes no object that tasks of the one before may still write", async () => {
    const before = trouble.engine.s3.counters.requests.length;
    let tasks = 0;
    trouble.lambda((invocation) => {
      if (!ofExecutor(invocation) || ++tasks > 2) return undefined;
      if (tasks === 2) setTimeout(() => trouble.engine.lambda.crash(ofCoordinator), 100);
      return { kind: "late", ms: 1500 };
    });
    await trouble.expectRight();
    const keys = putsSince(before);
    expect(keys.length).toBeGreaterThan(4);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it("goes on from its last checkpoint", async () => {
    trouble.slow(900);
    let kills = 0;
    let checkpoint = "";
    trouble.s3(({ operation, key }) => {
      if (operation !== "PutObject" || !/\/(checkpoint-0|progress)\.json$/.test(key))
        return undefined;
      if (key.endsWith("checkpoint-0.json")) checkpoint = key;
      else if (checkpoint !== "" && kills === 0)
        kills += trouble.engine.lambda.crash(ofCoordinator);
      return undefined;
    });
    const before = trouble.engine.lambda.log.length;
    await trouble.expectRight();
    expect(kills).toBe(1);
    const saved = Buffer.from(trouble.engine.s3.get(EXCHANGE_BUCKET, checkpoint) ?? "").toString();
    const { state } = JSON.parse(saved) as { state: DriverState };
    const accepted = state.stages.flatMap(({ tasks }, stage) =>
      tasks.flatMap((task, partition) => (task.accepted === null ? [] : [`${stage}/${partition}`])),
    );
    expect(accepted.length).toBeGreaterThan(0);
    const ran = trouble.engine.lambda.log.slice(before).filter(ofExecutor);
    const names = ran.map(({ payload }) => {
      const { stage, partition } = JSON.parse(payload).spec;
      return `${stage}/${partition}`;
    });
    for (const task of accepted) expect(names.filter((other) => other === task)).toHaveLength(1);
  });

  it.each([200, 1200])(
    "has one end where the one before is still alive, %i ms after its start",
    async (afterMs) => {
      trouble.slow(400);
      const second = Promise.withResolvers<CoordinatorAnswer>();
      let begun = false;
      trouble.lambda((invocation) => {
        if (!isStart(invocation) || begun) return undefined;
        begun = true;
        const { requestId } = JSON.parse(invocation.payload);
        const resume = { action: "resume", requestId, takeover: 1 } as const;
        setTimeout(() => trouble.engine.invokeCoordinator(resume).then(second.resolve), afterMs);
        return undefined;
      });
      await trouble.expectRight();
      const other = await second.promise;
      expect(other.state).toBe("finished");
      const ends = trouble.engine.s3
        .keys(EXCHANGE_BUCKET, "control/")
        .filter((key) => key.endsWith("end.json"));
      for (const key of ends) {
        const end = JSON.parse(
          Buffer.from(trouble.engine.s3.get(EXCHANGE_BUCKET, key) ?? "").toString(),
        );
        expect(end.state).toBe("finished");
      }
    },
  );

  it.each([
    ["its objects cannot be deleted", "DeleteObjects", ""],
    ["its end cannot be saved", "PutObject", "end.json"],
  ])("or that needs none, ends right though %s", async (_, operation, name) => {
    const refusal = { kind: "error", status: 403, code: "AccessDenied" } as const;
    trouble.s3((request) =>
      request.operation === operation && request.key.endsWith(name) ? refusal : undefined,
    );
    const rows = await trouble.spark.sql(SHUFFLING_SQL).collect();
    expect(rows.map((row) => row.toArray())).toEqual(SHUFFLING_ROWS);
    trouble.takeBack();
    if (operation === "PutObject") await trouble.engine.expectNothingLeft();
    else await trouble.engine.clearExchange();
  });

  it("does not outlast its time limit while it waits for a coordinator", async () => {
    const throttle = { kind: "throttle" } as const;
    trouble.lambda(lambdaFaults.firstFault(1000, throttle, ofCoordinator));
    const started = performance.now();
    const run = trouble.spark.sql("SELECT count(*) FROM nation").run({ timeoutMs: 500 });
    await expect(run).rejects.toMatchObject({ condition: "QUERY_TIMED_OUT" });
    expect(performance.now() - started).toBeLessThan(5000);
  });

  it("does not outlast its time limit while it is planned", async () => {
    const stall = { kind: "stall", ms: 12_000 } as const;
    trouble.s3(({ operation, key }) =>
      operation === "GetObject" && key.endsWith("/part.parquet") ? stall : undefined,
    );
    const started = performance.now();
    const run = trouble.spark.sql("SELECT count(*) FROM part").run({ timeoutMs: 800 });
    await expect(run).rejects.toMatchObject({ condition: "QUERY_TIMED_OUT" });
    expect(performance.now() - started).toBeLessThan(6000);
  });
});
