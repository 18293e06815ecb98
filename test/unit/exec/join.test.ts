import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { INT, STRING } from "../../../src/columnar/data-type.ts";
import type { HashJoinExec } from "../../../src/physical/physical-plan.ts";
import { attribute, condition } from "../../support/plans.ts";
import { localTable, runPlan, UNKNOWN } from "../../support/run-plan.ts";

type Row = readonly [number | null, string | null];

const rows = fc.array(
  fc.tuple(
    fc.option(fc.integer({ min: 0, max: 6 }), { nil: null }),
    fc.option(fc.constantFrom("", "a", "b"), { nil: null }),
  ),
  { maxLength: 25 },
);
const kinds = fc.constantFrom("inner", "left", "right", "full", "semi", "anti" as const);

/** What a join means, by comparing every pair. */
function pairs(
  type: HashJoinExec["type"],
  left: readonly Row[],
  right: readonly Row[],
  matches: (l: Row, r: Row) => boolean,
): unknown[][] {
  const ofLeft = left.flatMap((l) =>
    rowsOf(
      type,
      l,
      right.filter((r) => matches(l, r)),
    ),
  );
  if (type !== "right" && type !== "full") return ofLeft;
  const unmet = right.filter((r) => !left.some((l) => matches(l, r)));
  return [...ofLeft, ...unmet.map((r) => [null, null, ...r])];
}

/** What a left row with its matches gives. */
function rowsOf(type: HashJoinExec["type"], l: Row, met: readonly Row[]): unknown[][] {
  if (type === "semi") return met.length > 0 ? [[...l]] : [];
  if (type === "anti") return met.length > 0 ? [] : [[...l]];
  const outer = type === "left" || type === "full";
  return met.length === 0 && outer ? [[...l, null, null]] : met.map((r) => [...l, ...r]);
}

function joinOf(
  type: HashJoinExec["type"],
  buildSide: "left" | "right",
  left: readonly Row[],
  right: readonly Row[],
  options: { text: boolean; residual: boolean },
): HashJoinExec {
  const leftTable = localTable([INT, STRING], left);
  const renamed = localTable([INT, STRING], right);
  const output = [attribute(11, "k", INT, true), attribute(12, "s", STRING, true)];
  const rightTable = { ...renamed, output };
  const leftKey = leftTable.output[options.text ? 1 : 0];
  const rightKey = output[options.text ? 1 : 0];
  const [l] = leftTable.output;
  const [r] = output;
  if (!leftKey || !rightKey || !l || !r) throw new RangeError("columns");
  return {
    kind: "hashJoin",
    type,
    buildSide,
    leftKeys: [leftKey],
    rightKeys: [rightKey],
    residual: options.residual ? condition("<", l, r) : null,
    distribution: "shuffled",
    left: leftTable,
    right: rightTable,
    output:
      type === "semi" || type === "anti" ? leftTable.output : [...leftTable.output, ...output],
    ...UNKNOWN,
  };
}

const sorted = (table: readonly (readonly unknown[])[]): string[] =>
  table.map((row) => JSON.stringify(row)).sort();

describe("hash joins", () => {
  test("give what comparing every pair gives, for every kind, build side, key type and residual", async () => {
    await fc.assert(
      fc.asyncProperty(
        kinds,
        fc.constantFrom("left", "right" as const),
        rows,
        rows,
        fc.record({ text: fc.boolean(), residual: fc.boolean() }),
        async (type, buildSide, left, right, options) => {
          const key = options.text ? 1 : 0;
          const expected = pairs(type, left, right, (l, r) => {
            const same = l[key] !== null && l[key] === r[key];
            if (!same || !options.residual) return same;
            return l[0] !== null && r[0] !== null && l[0] < r[0];
          });
          const got = await runPlan(joinOf(type, buildSide, left, right, options));
          expect(sorted(got.rows)).toEqual(sorted(expected));
          expect(got.memoryLeft).toBeLessThan(1 << 20);
        },
      ),
      { numRuns: 150 },
    );
  });
});
