import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { TindraError } from "../../../src/common/errors.ts";
import { selectConstants } from "../../support/builtin-harness.ts";

/** The expression, its type and Spark's answer; then answer and type without ANSI where they are others. */
type Row = readonly [string, string | null, string, string?, (string | null)?];

const data = JSON.parse(
  readFileSync(new URL("../../data/spark/expressions.json", import.meta.url), "utf8"),
) as { readonly rows: readonly Row[] };

function ours(expression: string, ansi: boolean): { cell: string; type: string | null } {
  try {
    const { schema, cells } = selectConstants(`SELECT ${expression}`, { ansi });
    return { cell: cells[0] ?? "", type: schema.slice(0, -1).replace(/^.*:/s, "") };
  } catch (error) {
    if (error instanceof TindraError) return { cell: `!${error.condition}`, type: null };
    throw error;
  }
}

/** Two doubles within a few steps of each other: V8's transcendental functions are not Java's. */
function isNear(a: string, b: string): boolean {
  return a.includes(".") && Math.abs(Number(a) - Number(b)) <= Math.abs(Number(a)) * 1e-15;
}

const KNOWN_DIFFERENCES = new Set([
  // Spark checks the digits of this decimal without its scale.
  "abs(cast('-9999999999999999999.999999999999999999' as decimal(37,18)))",
  // Java before 19 writes some floats with a digit more than they need.
  "cast(cast('-84880946.1045' as decimal(38,4)) as float)",
]);

test.each([
  ["with", true],
  ["without", false],
] as const)("expressions %s ANSI have Spark's type and value", (_, ansi) => {
  const wrong: string[] = [];
  let compared = 0;
  for (const row of data.rows) {
    const [expression] = row;
    if (KNOWN_DIFFERENCES.has(expression)) continue;
    const spark = ansi || row[3] === undefined ? row[2] : row[3];
    const type = (ansi || row[3] === undefined ? row[1] : row[4]) ?? null;
    const got = ours(expression, ansi);
    compared++;
    const sameType = got.type === null || type === null || got.type === type;
    if ((got.cell !== spark && !isNear(spark, got.cell)) || !sameType)
      wrong.push(`${expression}: ${spark} ${type}, not ${got.cell} ${got.type}`);
  }
  expect(wrong).toEqual([]);
  expect(compared).toBeGreaterThan(5000);
});
