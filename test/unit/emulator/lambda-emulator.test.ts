import { basename } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { LambdaEmulator } from "../../emulator/lambda/lambda-emulator.ts";

const HANDLERS = new URL("./handlers.ts", import.meta.url);

describe("the Lambda emulator", () => {
  let emulator: LambdaEmulator;
  beforeAll(async () => {
    emulator = await LambdaEmulator.start({
      functions: ["f", "reserved"].map((name) => ({
        name,
        handler: `${basename(HANDLERS.pathname)}.handler`,
        code: import.meta.dirname,
        memoryMb: 256,
        timeoutSeconds: 1,
        environment: {},
        reservedConcurrency: name === "reserved" ? 1 : null,
      })),
    });
  });
  afterAll(() => emulator.close());

  async function invoke(payload: unknown, name = "f", type = "RequestResponse") {
    const response = await fetch(`${emulator.endpoint}/2015-03-31/functions/${name}/invocations`, {
      method: "POST",
      headers: { "x-amz-invocation-type": type },
      body: JSON.stringify(payload),
    });
    const text = await response.text();
    return {
      status: response.status,
      error: response.headers.get("x-amz-function-error"),
      answer: text === "" ? null : JSON.parse(text),
    };
  }

  it("keeps an environment warm and gives a second one to a second call", async () => {
    const first = await invoke({ does: "echo" });
    const again = await invoke({ does: "echo" });
    expect(first).toMatchObject({ status: 200, error: null });
    expect(again.answer).toMatchObject({ events: 2, pid: first.answer.pid });
    expect(again.answer.leftMs).toBeLessThanOrEqual(1000);
    const both = await Promise.all([invoke({ does: "pause" }), invoke({ does: "pause" })]);
    expect(both[0]?.answer.pid).not.toBe(both[1]?.answer.pid);
    expect(emulator.log.map(({ wasCold }) => wasCold)).toEqual([true, false, false, true]);
  });

  it.each([
    ["throw", "TypeError", "Out of luck"],
    ["exit", "Runtime.ExitError", "exit status 3"],
    ["sleep", "Sandbox.Timedout", "Task timed out after 1.00 seconds"],
    ["large", "Function.ResponseSizeTooLarge", "exceeded maximum"],
  ])("tells as Lambda does how a function that does %s ended", async (does, type, message) => {
    const { status, error, answer } = await invoke({ does });
    expect({ status, error }).toEqual({ status: 200, error: "Unhandled" });
    expect(answer.errorType).toBe(type);
    expect(answer.errorMessage).toContain(message);
    expect((await invoke({ does: "echo" })).error).toBeNull();
  });

  it("refuses what Lambda refuses", async () => {
    expect((await invoke({}, "nowhere")).status).toBe(404);
    expect((await invoke("x".repeat(6 << 20))).status).toBe(413);
    expect((await invoke("x".repeat(1 << 20), "f", "Event")).status).toBe(413);
    const both = await Promise.all([
      invoke({ does: "echo" }, "reserved"),
      invoke({ does: "echo" }, "reserved"),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 429]);
  });

  it("takes an event without waiting for its end", async () => {
    const before = emulator.log.length;
    expect(await invoke({ does: "sleep" }, "f", "Event")).toMatchObject({ status: 202 });
    expect(emulator.log).toHaveLength(before);
  });
});
