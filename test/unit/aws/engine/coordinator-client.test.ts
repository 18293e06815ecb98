import { describe, expect, it, vi } from "vitest";
import { NO_ENGINE_USAGE } from "../../../../src/aws/cost/engine-usage.ts";
import { CoordinatorClient } from "../../../../src/aws/engine/coordinator-client.ts";
import type { InvokeAnswer } from "../../../../src/aws/lambda/invoke-client.ts";
import { MAX_PAYLOAD_BYTES } from "../../../../src/aws/lambda/task-payload.ts";
import { StorageError } from "../../../../src/common/errors.ts";
import type { ObjectStore } from "../../../../src/storage/object-store.ts";
import { CountingObjectStore } from "../../../support/stores/counting-object-store.ts";
import { MemoryObjectStore } from "../../../support/stores/memory-object-store.ts";

const REQUEST = { sql: "SELECT 1", settings: {} };
const FACTS = {
  facts: { fields: [], settings: { ansi: true, timeZone: "UTC" } },
  metrics: { billed: { usage: { ...NO_ENGINE_USAGE, invocations: 1, gets: 3 } } },
  work: {},
};

type Answer = object | "death" | "lost" | "throttled";

/** A coordinator that gives these answers in turn, then the last one for ever. */
function clientWith(answers: Answer[], results: ObjectStore = new MemoryObjectStore()) {
  const asked: { action: string; takeover?: number; requestId: string }[] = [];
  const client = new CoordinatorClient({
    client: {
      invoke: async (_, payload): Promise<InvokeAnswer> => {
        asked.push(JSON.parse(payload));
        const answer = (answers.length > 1 ? answers.shift() : answers[0]) ?? {};
        if (answer === "lost")
          throw new StorageError({ condition: "NETWORK_FAILED", message: "reset" });
        if (answer === "throttled")
          return { status: 429, isFunctionError: false, errorType: "", body: "{}" };
        const isDeath = answer === "death";
        const body = isDeath ? { errorType: "Runtime.ExitError", errorMessage: "exit 1" } : answer;
        return {
          status: 200,
          isFunctionError: isDeath,
          errorType: "",
          body: JSON.stringify(body),
        };
      },
      close: () => undefined,
    },
    functionName: "coordinator",
    results,
    backOff: { baseMs: 1, capMs: 2, budgetMs: 20 },
    staleMs: 60,
    pollMs: 25,
  });
  return { client, asked };
}

const finished = (streams: readonly object[]) => ({
  state: "finished",
  answer: { ...FACTS, rows: { kind: "streams", streams } },
});
const LOOK = { ...NO_ENGINE_USAGE, invocations: 1, gets: 2 };
const running = { state: "running", progress: null, billed: LOOK };
const word = (timeMs: number) => ({
  ...running,
  progress: { takeover: 0, timeMs, stages: [] },
});

describe("CoordinatorClient", () => {
  it("gives rows that came along and rows that were stored", async () => {
    const results = new MemoryObjectStore();
    await results.put("q/1.arrow", new Uint8Array([4, 5]));
    const streams = [
      { kind: "inline", base64: "AQID", sizeBytes: 3 },
      { kind: "stored", key: "q/1.arrow", sizeBytes: 2 },
    ];
    const { client } = clientWith([finished(streams)], results);
    const { rows } = await client.run(REQUEST, {}, null);
    const bytes: number[][] = [];
    for (const { pieces } of rows.kind === "streams" ? rows.streams : [])
      for await (const piece of pieces()) bytes.push([...piece]);
    expect(bytes).toEqual([
      [1, 2, 3],
      [4, 5],
    ]);
  });

  it("reads stored rows in ranges, as they are asked for, again for each reader", async () => {
    const results = new CountingObjectStore(new MemoryObjectStore());
    const stored = Buffer.alloc((40 << 20) + 5, "ab");
    await results.put("q/1.arrow", stored);
    const streams = [{ kind: "stored", key: "q/1.arrow", sizeBytes: stored.length }];
    const { client } = clientWith([finished(streams)], results);
    const { rows } = await client.run(REQUEST, {}, null);
    const [stream] = rows.kind === "streams" ? rows.streams : [];
    expect(results.counts.gets).toBe(0);
    for await (const piece of stream?.pieces() ?? []) {
      expect(piece.length).toBe(8 << 20);
      break;
    }
    expect(results.counts.gets).toBe(3);
    const pieces: Uint8Array[] = [];
    for await (const piece of stream?.pieces() ?? []) pieces.push(piece);
    expect(Buffer.concat(pieces).equals(stored)).toBe(true);
    expect(results.counts.gets).toBe(3 + 6);
  });

  it("fetches an answer that was too large to be sent", async () => {
    const results = new MemoryObjectStore();
    const literals = { ...FACTS, rows: { kind: "literals", rows: [["a"]] } };
    const answer = JSON.stringify({ state: "finished", answer: literals });
    await results.put("answers/1.json", Buffer.from(answer));
    const { client } = clientWith([{ state: "stored", key: "answers/1.json" }], results);
    expect((await client.run(REQUEST, {}, null)).rows).toEqual(literals.rows);
  });

  it("refuses a plan that is too large to be sent", async () => {
    const { client, asked } = clientWith([running]);
    const sql = "x".repeat(MAX_PAYLOAD_BYTES);
    const run = client.run({ sql, settings: {} }, {}, null);
    await expect(run).rejects.toMatchObject({ condition: "PLAN_TOO_LARGE" });
    expect(asked).toEqual([]);
  });

  it("resumes a query whose coordinators die, one takeover after the other", async () => {
    const { client, asked } = clientWith(["death", "death", finished([])]);
    await client.run(REQUEST, {}, null);
    expect(asked.map(({ action, takeover }) => [action, takeover])).toEqual([
      ["start", undefined],
      ["resume", 1],
      ["resume", 2],
    ]);
  });

  it("sends the same start again when its answer is lost", async () => {
    const { client, asked } = clientWith(["lost", finished([])]);
    await client.run(REQUEST, {}, null);
    expect(asked.map(({ action }) => action)).toEqual(["start", "start"]);
    expect(asked[0]?.requestId).toBe(asked[1]?.requestId);
  });

  it("starts a query again whose coordinator died before it left word of it", async () => {
    const unknown = { condition: "QUERY_NOT_FOUND", family: "analysis", message: "?" };
    const answers: Answer[] = ["death", { state: "failed", error: unknown }, finished([])];
    const { client, asked } = clientWith(answers);
    await client.run(REQUEST, {}, null);
    expect(asked.map(({ action }) => action)).toEqual(["start", "resume", "start"]);
    expect(new Set(asked.map(({ requestId }) => requestId)).size).toBe(1);
  });

  it("takes a coordinator for dead that gives no word for too long", async () => {
    const { client, asked } = clientWith([running, running, running, finished([])]);
    await client.run(REQUEST, {}, null);
    const actions = asked.map(({ action }) => action);
    expect(actions.slice(0, 2)).toEqual(["start", "status"]);
    expect(actions).toContain("resume");
  });

  it("gives up on a query whose coordinators die again and again", async () => {
    const { client, asked } = clientWith(["death"]);
    const run = client.run(REQUEST, {}, null);
    await expect(run).rejects.toMatchObject({ condition: "FUNCTION_LOST" });
    expect(asked.map(({ action }) => action)).toEqual([
      "start",
      ...Array.from({ length: 5 }, () => "resume"),
      "cancel",
    ]);
  });

  it("ends a query that it cannot follow any more", async () => {
    const { client, asked } = clientWith([running, "throttled"]);
    const run = client.run(REQUEST, {}, null);
    await expect(run).rejects.toMatchObject({ condition: "CONCURRENCY_EXHAUSTED" });
    expect(asked.at(-1)?.action).toBe("cancel");
  });

  it("does not hold a result back for a look at the progress", async () => {
    const answered = Promise.withResolvers<InvokeAnswer>();
    const fine = { isFunctionError: false, errorType: "" };
    let looks = 0;
    const client = new CoordinatorClient({
      client: {
        invoke: async (_, payload) => {
          if (payload.includes('"start"')) return answered.promise;
          if (looks++ === 0)
            answered.resolve({ status: 200, body: JSON.stringify(finished([])), ...fine });
          return { status: 429, body: "{}", ...fine };
        },
        close: () => undefined,
      },
      functionName: "coordinator",
      results: new MemoryObjectStore(),
    });
    const started = performance.now();
    await client.run(REQUEST, {}, () => undefined);
    expect(looks).toBeGreaterThan(0);
    expect(performance.now() - started).toBeLessThan(4000);
  });

  it("goes on with a query that gets on, however many coordinators it takes", async () => {
    const share = (timeMs: number): Answer[] => [running, word(timeMs), "lost"];
    const shares = Array.from({ length: 8 }, (_, i) => share(i + 1)).flat();
    const { client } = clientWith([...shares, finished([])]);
    const { metrics } = await client.run(REQUEST, {}, null);
    expect(metrics.billed?.usage).toMatchObject({ invocations: 1 + 16, gets: 3 + 32 });
  });

  it("ends a query that is not wanted any more, whether the engine answers or not", async () => {
    const { client, asked } = clientWith([running]);
    const cancel = new AbortController();
    const run = client.run(REQUEST, { signal: cancel.signal }, null);
    setTimeout(() => cancel.abort(), 20);
    vi.useFakeTimers({ toFake: ["setTimeout"], shouldAdvanceTime: true, advanceTimeDelta: 500 });
    try {
      await expect(run).rejects.toMatchObject({ condition: "OPERATION_CANCELED" });
    } finally {
      vi.useRealTimers();
    }
    expect(asked.filter(({ action }) => action === "cancel")).toHaveLength(1);
    const before = asked.length;
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(asked.length).toBeLessThanOrEqual(before + 1);
  });
});
