import { describe, expect, it } from "vitest";
import { Hedge } from "../../../../src/aws/s3/hedge.ts";
import type { HttpAnswer } from "../../../../src/aws/s3/http-transport.ts";

const later = (ms: number, status = 200): Promise<HttpAnswer> =>
  new Promise((resolve) =>
    setTimeout(() => resolve({ status, headers: {}, body: new Uint8Array(ms) }), ms),
  );

describe("A hedged request", () => {
  const run = async (
    hedge: Hedge,
    first: () => Promise<HttpAnswer>,
    second: () => Promise<HttpAnswer>,
  ) => {
    const sends = [first, second];
    let hedges = 0;
    const answer = await hedge.run(
      0,
      () => (sends.shift() ?? first)(),
      () => {
        hedges++;
      },
    );
    return { answer, hedges };
  };

  it("is sent once where the answer comes in time", async () => {
    const { hedges } = await run(
      new Hedge(15),
      () => later(5),
      () => later(5),
    );
    expect(hedges).toBe(0);
  });

  it("takes the second answer where the first is late", async () => {
    const { answer, hedges } = await run(
      new Hedge(15),
      () => later(900),
      () => later(1),
    );
    expect(hedges).toBe(1);
    expect(answer.body).toHaveLength(1);
  });

  it("waits for the first where the second fails or is refused", async () => {
    const failing = () => Promise.reject(new RangeError("no"));
    for (const second of [failing, () => later(1, 503)]) {
      const { answer, hedges } = await run(new Hedge(15), () => later(140), second);
      expect(hedges).toBe(1);
      expect(answer.body).toHaveLength(140);
    }
  });

  it("is not sent twice where every request is as slow, nor more than its share allows", async () => {
    const hedge = new Hedge(1);
    const slow = await Promise.all(
      Array.from({ length: 16 }, () =>
        run(
          hedge,
          () => later(60),
          () => later(60),
        ),
      ),
    );
    expect(slow.filter(({ hedges }) => hedges > 0)).toHaveLength(0);
    expect(
      (
        await run(
          hedge,
          () => later(90),
          () => later(1),
        )
      ).hedges,
    ).toBe(0);
    const stalled = await Promise.all(
      Array.from({ length: 20 }, () =>
        run(
          hedge,
          () => later(400),
          () => later(1),
        ),
      ),
    );
    expect(stalled.filter(({ hedges }) => hedges > 0).length).toBeLessThanOrEqual(4);
  });
});
