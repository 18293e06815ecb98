import { afterEach, describe, expect, it, vi } from "vitest";
import { FairTaskRunner } from "../../../src/cluster/fair-task-runner.ts";
import { ThreadTaskRunner } from "../../../src/cluster/thread-task-runner.ts";
import type { TaskSpec } from "../../../src/exec/task-spec.ts";

vi.setConfig({ testTimeout: 30_000 });

const spec = (query: string, partition = 0, attempt = 0): TaskSpec =>
  ({ query, stage: 0, partition, attempt }) as TaskSpec;
const never = new AbortController().signal;

describe("ThreadTaskRunner", () => {
  let runner: ThreadTaskRunner;
  const start = (workers: number, graceMs = 2000): ThreadTaskRunner => {
    const entry = new URL("../../support/fake-worker.ts", import.meta.url);
    const folders = { dataFolder: ".", exchangeFolder: "." };
    runner = new ThreadTaskRunner({ workers, graceMs, entry, memoryBytes: 1, ...folders });
    return runner;
  };
  afterEach(() => runner.close());

  it("keeps its threads, and brings results and rows back", async () => {
    start(1);
    const first = await runner.run(spec("q", 3), never);
    const second = await runner.run(spec("q", 4), never);
    expect(first.rows).toEqual(new Uint8Array([3]));
    expect([first, second].map(({ result }) => result.metrics)).toEqual([
      { tasks: 1 },
      { tasks: 2 },
    ]);
  });

  it("runs as many tasks at once as it has threads, and the others after them", async () => {
    start(2);
    let running = 0;
    let most = 0;
    const reports = await Promise.all(
      [0, 1, 2, 3, 4].map(async (partition) => {
        const report = await runner.run(spec("slow", partition), never, () => {
          running++;
          most = Math.max(most, running);
        });
        running--;
        return report;
      }),
    );
    expect(most).toBe(2);
    expect(reports.map(({ result }) => result.partition)).toEqual([0, 1, 2, 3, 4]);
  });

  it.each(["exit", "throw"])(
    "gives a retryable error when its thread dies by %s, and starts a new one",
    async (query) => {
      start(1);
      await expect(runner.run(spec(query), never)).rejects.toMatchObject({
        family: "resources",
        condition: "WORKER_LOST",
        retryable: true,
      });
      const { result } = await runner.run(spec("q"), never);
      expect(result.metrics).toEqual({ tasks: 1 });
    },
  );

  it("stops a busy thread by its signal without ending it", async () => {
    start(1);
    const abort = new AbortController();
    const running = runner.run(spec("busy"), abort.signal, () =>
      setTimeout(() => abort.abort(), 50),
    );
    await expect(running).rejects.toMatchObject({ condition: "OPERATION_CANCELED" });
    const { result } = await runner.run(spec("q"), never);
    expect(result.metrics).toEqual({ tasks: 2 });
  });

  it("ends a thread that does not listen", async () => {
    start(1, 50);
    const abort = new AbortController();
    const running = runner.run(spec("deaf"), abort.signal, () =>
      setTimeout(() => abort.abort(), 50),
    );
    await expect(running).rejects.toMatchObject({ condition: "OPERATION_CANCELED" });
    const { result } = await runner.run(spec("q"), never);
    expect(result.metrics).toEqual({ tasks: 1 });
  });

  it("runs nothing after it was closed", async () => {
    start(1);
    const running = runner.run(spec("slow"), never);
    running.catch(() => undefined);
    await new Promise((resolve) => setTimeout(resolve, 10));
    await runner.close();
    await expect(running).rejects.toMatchObject({ condition: "WORKER_LOST" });
    await expect(runner.run(spec("q"), never)).rejects.toMatchObject({ family: "cancelled" });
  });

  it("shares its threads between queries when it is made fair", async () => {
    const fair = new FairTaskRunner(start(2));
    const order: string[] = [];
    const run = (query: string, partition: number) =>
      fair.run(spec(query, partition), never, () => order.push(`${query}${partition}`));
    const large = [0, 1, 2, 3, 4, 5].map((partition) => run("slow", partition));
    const small = [0, 1].map((partition) => run("other", partition));
    await Promise.all([...large, ...small]);
    expect(order.indexOf("other1")).toBeLessThan(order.indexOf("slow4"));
    expect(order.filter((name) => name.startsWith("slow"))).toEqual(
      [0, 1, 2, 3, 4, 5].map((i) => `slow${i}`),
    );
  });

  it("takes waiting tasks out of a fair queue when they are cancelled", async () => {
    const fair = new FairTaskRunner(start(1));
    const abort = new AbortController();
    const first = fair.run(spec("slow"), never);
    const second = fair.run(spec("q"), abort.signal);
    abort.abort();
    await expect(second).rejects.toMatchObject({ family: "cancelled" });
    await first;
    expect((await fair.run(spec("q", 9), never)).rows).toEqual(new Uint8Array([9]));
  });
});
