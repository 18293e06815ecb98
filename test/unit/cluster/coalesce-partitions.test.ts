import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { chooseBounds } from "../../../src/cluster/choose-bounds.ts";
import { coalescePartitions } from "../../../src/cluster/coalesce-partitions.ts";

const limits = { parallelism: 2, targetBytes: 1000, minBytes: 10 };

describe("coalescePartitions", () => {
  it("makes as many groups as there are workers, about equally large", () => {
    expect(coalescePartitions([100, 101, 99, 100], limits)).toEqual([
      [0, 1],
      [2, 3],
    ]);
    expect(coalescePartitions([10, 10, 10, 10, 200], limits)).toEqual([[0, 1, 2, 3], [4]]);
  });

  it("makes fewer where there is little, one where there is nothing", () => {
    expect(coalescePartitions([1, 1, 1, 1], limits)).toEqual([[0, 1, 2, 3]]);
    expect(coalescePartitions([0, 0, 0], limits)).toEqual([[0, 1, 2]]);
  });

  it("makes more where groups would be too large", () => {
    expect(coalescePartitions([900, 900, 900, 900], limits)).toEqual([[0], [1], [2], [3]]);
  });

  it("keeps every partition once, in order, in groups that stay near the target", () => {
    const sizes = fc.array(fc.nat({ max: 5000 }), { minLength: 1, maxLength: 50 });
    fc.assert(
      fc.property(sizes, fc.integer({ min: 1, max: 8 }), (all, parallelism) => {
        const groups = coalescePartitions(all, { ...limits, parallelism });
        expect(groups.flat()).toEqual(all.map((_, partition) => partition));
        for (const group of groups) {
          const bytes = group.map((partition) => all[partition] ?? 0);
          const sum = bytes.reduce((a, b) => a + b, 0);
          expect(sum).toBeLessThanOrEqual(limits.targetBytes + Math.max(...bytes));
        }
      }),
    );
  });
});

describe("chooseBounds", () => {
  const key = (byte: number) => Buffer.from([byte]).toString("base64");
  const bytes = (bounds: string[]) => bounds.map((bound) => Buffer.from(bound, "base64")[0]);

  it("splits keys into ranges of equal counts, compared as bytes", () => {
    const keys = Array.from({ length: 256 }, (_, i) => key((i * 37) % 256));
    expect(bytes(chooseBounds(keys, 4))).toEqual([64, 128, 192]);
  });

  it("gives fewer bounds where keys repeat, none where there is one key or none", () => {
    expect(bytes(chooseBounds([1, 1, 1, 1, 1, 2].map(key), 4))).toEqual([]);
    expect(bytes(chooseBounds([1, 2, 2, 2, 2, 2].map(key), 4))).toEqual([2]);
    expect(chooseBounds([7, 7].map(key), 3)).toEqual([]);
    expect(chooseBounds([], 3)).toEqual([]);
  });
});
