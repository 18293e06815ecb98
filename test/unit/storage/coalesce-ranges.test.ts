import { describe, expect, it } from "vitest";
import { coalesceRanges } from "../../../src/storage/coalesce-ranges.ts";

const range = (start: number, end: number) => ({ start, end });

describe("coalesceRanges", () => {
  it("joins what is near, in whatever order it comes", () => {
    const joined = coalesceRanges([range(20, 30), range(0, 10), range(12, 15)], {
      maxGapBytes: 2,
      maxBytes: 100,
    });
    expect(joined).toEqual([
      { range: range(0, 15), covers: [1, 2] },
      { range: range(20, 30), covers: [0] },
    ]);
  });

  it("stops joining at the limit of one request", () => {
    const joined = coalesceRanges([range(0, 10), range(10, 20), range(20, 30)], {
      maxGapBytes: 0,
      maxBytes: 20,
    });
    expect(joined.map(({ covers }) => covers)).toEqual([[0, 1], [2]]);
  });

  it("takes overlapping and nested ranges", () => {
    const joined = coalesceRanges([range(0, 50), range(10, 20), range(40, 60)], {
      maxGapBytes: 0,
      maxBytes: 100,
    });
    expect(joined).toEqual([{ range: range(0, 60), covers: [0, 1, 2] }]);
  });
});
