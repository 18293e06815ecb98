import fc from "fast-check";
import { expect, test } from "vitest";
import {
  type DataType,
  DOUBLE,
  decimal,
  INT,
  LONG,
  STRING,
} from "../../../src/columnar/data-type.ts";
import type { SortExec, TopNExec } from "../../../src/physical/physical-plan.ts";
import { localTable, runPlan, UNKNOWN } from "../../support/run-plan.ts";

const COLUMNS: readonly (readonly [DataType, fc.Arbitrary<unknown>])[] = [
  [INT, fc.oneof(fc.integer({ min: -3, max: 3 }), fc.constantFrom(-(2 ** 31), 2 ** 31 - 1))],
  [LONG, fc.oneof(fc.bigInt({ min: -3n, max: 3n }), fc.constantFrom(-(2n ** 63n), 2n ** 63n - 1n))],
  [DOUBLE, fc.constantFrom(0, -1.5, 2.25, Number.NaN, Number.POSITIVE_INFINITY, -1e300)],
  [STRING, fc.constantFrom("", "a", "ab", "a\u0000", "a\u0000b", "b", "ä", "日本", "\u{1f600}")],
  [decimal(30, 2), fc.constantFrom(0n, 10n ** 28n, -(10n ** 28n), 7n, -7n)],
];

/** Ascending, NaN last, text by its UTF-8 bytes. */
function compare(a: unknown, b: unknown): number {
  if (typeof a === "string")
    return Math.sign(Buffer.compare(Buffer.from(a), Buffer.from(String(b))));
  if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(a)) - Number(Number.isNaN(b));
  return (a as number) < (b as number) ? -1 : (a as number) > (b as number) ? 1 : 0;
}

const order = fc.record({
  column: fc.integer({ min: 0, max: COLUMNS.length - 1 }),
  ascending: fc.boolean(),
  nullsFirst: fc.boolean(),
});

interface Order {
  readonly column: number;
  readonly ascending: boolean;
  readonly nullsFirst: boolean;
}

function compareBy(
  { column, ascending, nullsFirst }: Order,
  a: readonly unknown[],
  b: readonly unknown[],
): number {
  const [x, y] = [a[column] ?? null, b[column] ?? null];
  if (x === null && y === null) return 0;
  if (x === null || y === null) return (x === null) === nullsFirst ? -1 : 1;
  return ascending ? compare(x, y) : -compare(x, y);
}

test("sorts and top-Ns give rows in the order of every type, direction and place of nulls", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(...COLUMNS.map(([, value]) => fc.option(value, { nil: null }))), {
        maxLength: 40,
      }),
      fc.array(order, { minLength: 1, maxLength: 3 }),
      fc.option(fc.integer({ min: 0, max: 12 }), { nil: null }),
      async (rows, orders, limit) => {
        const child = localTable(
          COLUMNS.map(([type]) => type),
          rows,
        );
        const base = {
          child,
          output: child.output,
          orders: orders.map(({ column, ascending, nullsFirst }) => {
            const expression = child.output[column];
            if (!expression) throw new RangeError("column");
            return { expression, ascending, nullsFirst };
          }),
          ...UNKNOWN,
        };
        const plan: SortExec | TopNExec =
          limit === null ? { kind: "sort", ...base } : { kind: "topN", count: limit, ...base };
        const expected = [...rows].sort(
          (a, b) => orders.map((by) => compareBy(by, a, b)).find((c) => c !== 0) ?? 0,
        );
        const { rows: got } = await runPlan(plan);
        expect(got).toEqual(limit === null ? expected : expected.slice(0, limit));
      },
    ),
    { numRuns: 150 },
  );
});

test("a top-N over many rows drops those that cannot be first and keeps the texts of the others", async () => {
  const rows = Array.from({ length: 30_000 }, (_, i) => [(i * 7919) % 30_011, `text ${i}`]);
  const child = localTable([INT, STRING], rows);
  const [key] = child.output;
  if (!key) throw new RangeError("column");
  const orders = [{ expression: key, ascending: true, nullsFirst: true }];
  const { rows: got } = await runPlan({
    kind: "topN",
    count: 25,
    orders,
    child,
    output: child.output,
    ...UNKNOWN,
  });
  expect(got).toEqual([...rows].sort((a, b) => Number(a[0]) - Number(b[0])).slice(0, 25));
});
