import { describe, expect, it } from "vitest";
import type { InvokeAnswer, InvokeClient } from "../../../../src/aws/lambda/invoke-client.ts";
import { isKilled, KilledAttempts } from "../../../../src/aws/lambda/killed-attempts.ts";
import { LambdaTaskRunner } from "../../../../src/aws/lambda/lambda-task-runner.ts";
import type { TaskPayload } from "../../../../src/aws/lambda/task-payload.ts";
import { NO_USAGE } from "../../../../src/aws/s3/s3-usage.ts";
import { DataError, StorageError } from "../../../../src/common/errors.ts";
import type { TaskSpec } from "../../../../src/exec/task-spec.ts";
import type { ObjectStore } from "../../../../src/storage/object-store.ts";
import { numbers, resultOf } from "../../../support/simulated-cluster.ts";
import { MemoryObjectStore } from "../../../support/stores/memory-object-store.ts";

const SPEC: TaskSpec = {
  query: "q",
  stage: 0,
  partition: 0,
  attempt: 0,
  plan: numbers(10, 1),
  inputs: {},
  output: { kind: "result" },
  memoryBytes: 1,
  settings: { ansi: true, timeZone: "UTC" },
};
const BACK_OFF = { baseMs: 1, capMs: 2, budgetMs: 50 };
const fine = (value: unknown): InvokeAnswer => ({
  status: 200,
  isFunctionError: false,
  errorType: "",
  body: JSON.stringify(value),
});
const done = fine({
  ok: true,
  result: resultOf(SPEC, 10, []),
  rows: { kind: "inline", base64: "AAAA", sizeBytes: 3 },
  usage: NO_USAGE,
  durationMs: 5,
});
const functionError = (errorType: string, errorMessage: string): InvokeAnswer => ({
  status: 200,
  isFunctionError: true,
  errorType: "",
  body: JSON.stringify({ errorType, errorMessage }),
});
const refused = (status: number, errorType: string): InvokeAnswer => ({
  status,
  isFunctionError: false,
  errorType,
  body: "{}",
});

function runnerWith(
  invoke: InvokeClient["invoke"],
  concurrency = 2,
  patience: { killAfterMs?: number; giveUpAfterMs?: number } = {},
) {
  const control = new MemoryObjectStore();
  const client: InvokeClient = { invoke, close: () => undefined };
  const runner = new LambdaTaskRunner({
    client,
    functionName: "executor",
    concurrency,
    control,
    backOff: BACK_OFF,
    ...patience,
  });
  return { runner, control };
}

const never = new AbortController().signal;

describe("LambdaTaskRunner", () => {
  it("gives a task's result and rows as they came", async () => {
    const { runner } = runnerWith(async () => done);
    const { result, rows } = await runner.run(SPEC, never);
    expect(result.metrics.rowsWritten).toBe(10);
    expect(rows).toEqual({ kind: "inline", base64: "AAAA", sizeBytes: 3 });
    expect([runner.invocations, runner.executorMs]).toEqual([1, 5]);
  });

  it("never has more invocations under way than it may", async () => {
    let now = 0;
    let most = 0;
    const { runner } = runnerWith(async () => {
      most = Math.max(most, ++now);
      await new Promise((resolve) => setTimeout(resolve, 2));
      now--;
      return done;
    }, 3);
    await Promise.all(Array.from({ length: 10 }, () => runner.run(SPEC, never)));
    expect(most).toBe(3);
  });

  it("sends a large spec by reference", async () => {
    const payloads: string[] = [];
    const { runner, control } = runnerWith(async (_, payload) => {
      payloads.push(payload);
      return done;
    });
    const block = { partition: 0, key: null, offset: 0, sizeBytes: 1, rows: 1 };
    const large = { ...SPEC, inputs: { 0: [{ ...block, inline: "A".repeat(6 << 20) }] } };
    await runner.run(large, never);
    const { specKey } = JSON.parse(payloads[0] ?? "{}");
    expect(specKey).toMatch(/^q\/specs\//);
    const stored = Buffer.from(await control.get(specKey)).toString();
    expect(JSON.parse(stored)).toEqual(large);
  });

  it("throws the task's own error", async () => {
    const error = new DataError({ condition: "DIVIDE_BY_ZERO", message: "x" }).toJSON();
    const { runner } = runnerWith(async () =>
      fine({ ok: false, error, usage: NO_USAGE, durationMs: 1 }),
    );
    await expect(runner.run(SPEC, never)).rejects.toMatchObject({ condition: "DIVIDE_BY_ZERO" });
  });

  it("asks again while Lambda has no room or a fault", async () => {
    const answers = [refused(429, "TooManyRequestsException"), refused(502, ""), done];
    const { runner } = runnerWith(async () => answers.shift() ?? done);
    await runner.run(SPEC, never);
    expect(answers).toEqual([]);
  });

  it.each([
    ["FUNCTION_TIMED_OUT", functionError("Sandbox.Timedout", "Task timed out after 3.00 seconds")],
    ["FUNCTION_TIMED_OUT", functionError("", "Task timed out after 3.00 seconds")],
    ["FUNCTION_OUT_OF_MEMORY", functionError("Runtime.OutOfMemory", "signal: killed")],
    ["FUNCTION_OUT_OF_MEMORY", functionError("Runtime.ExitError", "error: signal: killed")],
    ["FUNCTION_LOST", functionError("Runtime.ExitError", "exit status 1")],
    ["CONCURRENCY_EXHAUSTED", refused(429, "TooManyRequestsException")],
    ["INVOKE_REFUSED", refused(500, "ServiceException")],
  ])("tells %s as an error that may be tried again", async (condition, answer) => {
    const { runner } = runnerWith(async () => answer);
    await expect(runner.run(SPEC, never)).rejects.toMatchObject({ condition, retryable: true });
  });

  it.each([
    ["ENGINE_NOT_FOUND", refused(404, "ResourceNotFoundException")],
    ["ACCESS_DENIED", refused(403, "AccessDeniedException")],
    ["INVOKE_REFUSED", refused(400, "InvalidRequestContentException")],
  ])("tells %s as an error for good", async (condition, answer) => {
    const { runner } = runnerWith(async () => answer);
    await expect(runner.run(SPEC, never)).rejects.toMatchObject({ condition, retryable: false });
  });

  it("knows that a task whose answer was lost may still write", async () => {
    const { runner } = runnerWith(async () => {
      throw new StorageError({ condition: "NETWORK_FAILED", message: "reset", retryable: true });
    });
    await expect(runner.run(SPEC, never)).rejects.toMatchObject({ retryable: true });
    expect(runner.hasOrphans).toBe(true);
  });

  it("knows that a task may still write after a fault of Lambda itself, not after a refusal", async () => {
    const answers = [refused(429, "TooManyRequestsException"), done];
    const { runner } = runnerWith(async () => answers.shift() ?? done);
    await runner.run(SPEC, never);
    expect(runner.hasOrphans).toBe(false);
    answers.push(refused(500, "ServiceException"));
    await runner.run(SPEC, never);
    expect(runner.hasOrphans).toBe(true);
  });

  it("counts the time of an invocation that Lambda ended", async () => {
    const { runner } = runnerWith(async () => {
      await new Promise((resolve) => setTimeout(resolve, 20));
      return functionError("Sandbox.Timedout", "Task timed out after 0.02 seconds");
    });
    await expect(runner.run(SPEC, never)).rejects.toMatchObject({ wantsLess: true });
    expect(runner.executorMs).toBeGreaterThanOrEqual(19);
  });

  it("tells of later kills though the list could not be saved once", async () => {
    const control = new MemoryObjectStore();
    const stall = Promise.withResolvers<never>();
    let puts = 0;
    const failing: ObjectStore = Object.assign(new MemoryObjectStore(), {
      put: (...args: Parameters<ObjectStore["put"]>) =>
        puts++ === 0 ? stall.promise : control.put(...args),
    });
    const killed = new KilledAttempts(failing);
    const adds = [killed.add(SPEC), killed.add({ ...SPEC, partition: 1 })];
    stall.reject(new StorageError({ condition: "THROTTLED", message: "SlowDown" }));
    expect((await Promise.allSettled(adds)).map(({ status }) => status)).toEqual([
      "rejected",
      "fulfilled",
    ]);
    for (const partition of [0, 1])
      expect(await isKilled({ ...SPEC, partition }, killed.keyOf("q"), control)).toBe(true);
  });

  it("waits for the end of a task that was cancelled", async () => {
    const answered = Promise.withResolvers<InvokeAnswer>();
    const { runner } = runnerWith(() => answered.promise);
    const cancel = new AbortController();
    let ended = false;
    const run = runner.run(SPEC, cancel.signal).finally(() => {
      ended = true;
    });
    run.catch(() => undefined);
    await new Promise((resolve) => setTimeout(resolve, 10));
    cancel.abort();
    await new Promise((resolve) => setTimeout(resolve, 10));
    expect(ended).toBe(false);
    answered.resolve(done);
    await expect(run).rejects.toMatchObject({ condition: "OPERATION_CANCELED" });
  });

  it("tells a task that it was cancelled, and gives up on one that does not end", async () => {
    const payloads: TaskPayload[] = [];
    const { runner, control } = runnerWith(
      (_, payload) => {
        payloads.push(JSON.parse(payload));
        return new Promise(() => undefined);
      },
      2,
      { killAfterMs: 1, giveUpAfterMs: 50 },
    );
    const cancel = new AbortController();
    const other = { ...SPEC, partition: 1 };
    const runs = [SPEC, other].map((spec) => runner.run(spec, cancel.signal));
    setTimeout(() => cancel.abort(), 1);
    const ends = await Promise.allSettled(runs);
    for (const end of ends)
      expect(end).toMatchObject({ reason: { condition: "OPERATION_CANCELED" } });
    expect(runner.hasOrphans).toBe(true);
    const { killedKey = "" } = payloads[0] ?? {};
    for (const spec of [SPEC, other]) expect(await isKilled(spec, killedKey, control)).toBe(true);
    expect(await isKilled({ ...SPEC, attempt: 1 }, killedKey, control)).toBe(false);
    expect(await isKilled(SPEC, "q/killed-of-nobody.json", control)).toBe(false);
  });
});
