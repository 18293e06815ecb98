import fc from "fast-check";
import { expect, test } from "vitest";
import { INT } from "../../../src/columnar/data-type.ts";
import type { NestedLoopJoinExec } from "../../../src/physical/physical-plan.ts";
import { attribute, condition } from "../../support/plans.ts";
import { localTable, runPlan, UNKNOWN } from "../../support/run-plan.ts";

type Cell = number | null;

const column = fc.array(fc.option(fc.integer({ min: 0, max: 5 }), { nil: null }), {
  maxLength: 12,
});

/** What the join gives of a left value, by comparing it with every right one. */
function rowsOf(type: NestedLoopJoinExec["type"], l: Cell, met: readonly Cell[]): Cell[][] {
  if (type === "semi") return met.length > 0 ? [[l]] : [];
  if (type === "anti") return met.length > 0 ? [] : [[l]];
  return met.length === 0 && type === "left" ? [[l, null]] : met.map((r) => [l, r]);
}

test("a nested-loop join gives what comparing every pair gives, with and without a condition", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom("inner", "left", "semi", "anti" as const),
      column,
      column,
      fc.boolean(),
      async (type, left, right, conditional) => {
        const leftTable = localTable(
          [INT],
          left.map((l) => [l]),
        );
        const output = [attribute(11, "r", INT, true)];
        const rightTable = {
          ...localTable(
            [INT],
            right.map((r) => [r]),
          ),
          output,
        };
        const [l] = leftTable.output;
        const [r] = output;
        if (!l || !r) throw new RangeError("columns");
        const pairs = type === "inner" || type === "left";
        const { rows } = await runPlan({
          kind: "nestedLoopJoin",
          type,
          condition: conditional ? condition("<", l, r) : null,
          left: leftTable,
          right: rightTable,
          output: pairs ? [...leftTable.output, ...output] : leftTable.output,
          ...UNKNOWN,
        });
        const matches = (a: Cell, b: Cell): boolean =>
          !conditional || (a !== null && b !== null && a < b);
        const expected = left.flatMap((a) =>
          rowsOf(
            type,
            a,
            right.filter((b) => matches(a, b)),
          ),
        );
        const text = (row: readonly unknown[]): string => JSON.stringify(row);
        expect(rows.map(text).sort()).toEqual(expected.map(text).sort());
      },
    ),
    { numRuns: 150 },
  );
});
