import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it, vi } from "vitest";
import { TaskWatch } from "../../../../src/aws/lambda/task-watch.ts";

describe("TaskWatch", () => {
  it("aborts a fifth of its time before the limit, with a clock or an event", async () => {
    const watch = new TaskWatch(100);
    const events: string[] = [];
    watch.signal.addEventListener("abort", () => events.push("abort"));
    expect([watch.signal.aborted, watch.isOutOfTime]).toEqual([false, false]);
    const until = performance.now() + 90;
    while (performance.now() < until);
    expect([watch.signal.aborted, watch.isOutOfTime, events]).toEqual([true, true, []]);
    await sleep(5);
    expect(events).toEqual(["abort"]);
    watch.stop();
  });

  it("aborts when it hears that the task was killed, whatever a look before came to", async () => {
    vi.useFakeTimers({ toFake: ["setInterval", "setTimeout", "clearTimeout", "clearInterval"] });
    try {
      const watch = new TaskWatch(60_000);
      const looks = [async () => false, async () => Promise.reject(new Error("lost"))];
      watch.follow(() => (looks.shift() ?? (async () => true))());
      await vi.advanceTimersByTimeAsync(6100);
      expect([watch.signal.aborted, looks]).toEqual([false, []]);
      await vi.advanceTimersByTimeAsync(3000);
      expect([watch.signal.aborted, watch.isOutOfTime]).toEqual([true, false]);
      watch.stop();
      expect(vi.getTimerCount()).toBe(0);
    } finally {
      vi.useRealTimers();
    }
  });
});
