import { describe, expect, it } from "vitest";
import { AdaptiveLimit } from "../../../../src/aws/s3/adaptive-limit.ts";

describe("The limit of requests under way", () => {
  const at = (times: { ms: number }) => new AdaptiveLimit(32, () => times.ms);
  const answer = (limit: AdaptiveLimit, isThrottled: boolean) =>
    limit.run(
      async () => isThrottled,
      (throttled) => throttled,
    );

  it("is halved by a throttled answer, once for those of one burst, and never ends", async () => {
    const times = { ms: 0 };
    const limit = at(times);
    for (let i = 0; i < 5; i++) await answer(limit, true);
    expect(limit.current).toBe(16);
    for (let i = 0; i < 20; i++) {
      times.ms += 1000;
      await answer(limit, true);
    }
    expect(limit.current).toBe(4);
  });

  it("grows by one a round when requests go well, up to where it began", async () => {
    const times = { ms: 0 };
    const limit = at(times);
    await answer(limit, true);
    for (let i = 0; i < 17; i++) await answer(limit, false);
    expect(limit.current).toBe(17);
    for (let i = 0; i < 2000; i++) await answer(limit, false);
    expect(limit.current).toBe(32);
  });

  it("lets retries go first", async () => {
    const limit = new AdaptiveLimit(1);
    const order: string[] = [];
    const run = (name: string, isRetry: boolean) =>
      limit.run(
        async () => order.push(name),
        () => false,
        isRetry,
      );
    await Promise.all([run("first", false), run("second", false), run("retry", true)]);
    expect(order).toEqual(["first", "retry", "second"]);
  });

  it("lets no more run at once, and all in the end, though some fail", async () => {
    const limit = new AdaptiveLimit(3);
    let active = 0;
    let most = 0;
    const requests = Array.from({ length: 20 }, (_, i) =>
      limit.run(
        async () => {
          most = Math.max(most, ++active);
          await new Promise((resolve) => setTimeout(resolve, 1));
          active--;
          if (i % 3 === 0) throw new RangeError("no");
          return i;
        },
        () => false,
      ),
    );
    const ended = await Promise.allSettled(requests);
    expect(most).toBe(3);
    expect(ended.filter(({ status }) => status === "fulfilled")).toHaveLength(13);
  });
});
