import fc from "fast-check";
import { expect, test } from "vitest";
import {
  array,
  BINARY,
  BOOLEAN,
  DATE,
  type DataType,
  DOUBLE,
  dayTimeInterval,
  decimal,
  FLOAT,
  field,
  INT,
  LONG,
  NULL,
  SHORT,
  STRING,
  struct,
  TIMESTAMP,
  yearMonthInterval,
} from "../../../src/columnar/data-type.ts";
import type { SortExec, TopNExec } from "../../../src/physical/physical-plan.ts";
import { attribute } from "../../support/plans.ts";
import { localTable, runPlan, UNKNOWN } from "../../support/run-plan.ts";

type Values = readonly [DataType, fc.Arbitrary<unknown>];

const floats = fc.constantFrom(0, -0, -1.5, 2 ** -149, Number.NaN, -Infinity, Infinity, 3);
const longs = fc.constantFrom(0n, -1n, 255n, 256n, -(2n ** 63n), 2n ** 63n - 1n);
const ints = fc.constantFrom(0, -1, 1, 255, 256, 65536, 2 ** 31 - 1, -(2 ** 31));
const LEAVES: readonly Values[] = [
  [NULL, fc.constant(null)],
  [BOOLEAN, fc.boolean()],
  [SHORT, fc.constantFrom(0, -1, 255, 256, -32768)],
  [INT, ints],
  [DATE, ints],
  [LONG, longs],
  [TIMESTAMP, longs],
  [FLOAT, floats],
  [DOUBLE, floats],
  [STRING, fc.constantFrom("", "a", "a\u0000", "a\u0000b", "ab", "ä", "\uffee", "\u{1f600}")],
  [BINARY, fc.uint8Array({ maxLength: 3 })],
  [decimal(9, 2), fc.constantFrom(0n, -1n, 99999n, -99999n)],
  [decimal(38, 0), fc.constantFrom(0n, -1n, 2n ** 64n, -(2n ** 64n), 10n ** 37n)],
  [yearMonthInterval(), ints],
  [dayTimeInterval(), longs],
];

const orNull = (values: fc.Arbitrary<unknown>) => fc.option(values, { nil: null, freq: 4 });

function nestedOf(inner: fc.Arbitrary<Values>): fc.Arbitrary<Values> {
  const arrays = inner.map(
    ([type, values]): Values => [array(type), fc.array(orNull(values), { maxLength: 3 })],
  );
  const structs = fc
    .array(inner, { minLength: 1, maxLength: 3 })
    .map(
      (parts): Values => [
        struct(parts.map(([type], i) => field(`f${i}`, type))),
        fc.tuple(...parts.map(([, values]) => orNull(values))),
      ],
    );
  return fc.oneof(arrays, structs);
}

const nested = nestedOf(fc.oneof(fc.constantFrom(...LEAVES), nestedOf(fc.constantFrom(...LEAVES))));

/** Nulls first; NaN greatest and equal to itself; -0.0 equal to 0.0; text by its bytes; lists as texts of elements. */
function compare(type: DataType, a: unknown, b: unknown): number {
  if (a === null || b === null) return Number(b === null) - Number(a === null);
  if (type.kind === "array") return compareLists(() => type.element, a, b);
  if (type.kind === "struct") return compareLists((i) => type.fields[i]?.type ?? NULL, a, b);
  if (type.kind === "string" || type.kind === "binary")
    return Buffer.compare(Buffer.from(a as string), Buffer.from(b as string));
  if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(a)) - Number(Number.isNaN(b));
  return Number((a as number) > (b as number)) - Number((a as number) < (b as number));
}

function compareLists(typeAt: (i: number) => DataType, a: unknown, b: unknown): number {
  const [x, y] = [a as readonly unknown[], b as readonly unknown[]];
  for (let i = 0; i < Math.min(x.length, y.length); i++) {
    const order = compare(typeAt(i), x[i], y[i]);
    if (order !== 0) return order;
  }
  return x.length - y.length;
}

test("sorts and top-Ns put nested values of any type in the order of their elements", async () => {
  const table = nested.chain(([type, values]) =>
    fc.tuple(fc.constant(type), fc.array(orNull(values), { maxLength: 30 })),
  );
  const direction = fc.record({ ascending: fc.boolean(), nullsFirst: fc.boolean() });
  const limit = fc.option(fc.integer({ min: 0, max: 12 }), { nil: null });
  await fc.assert(
    fc.asyncProperty(table, direction, limit, async ([type, values], order, first) => {
      const child = localTable(
        [type, INT],
        values.map((value, i) => [value, i]),
      );
      const orders = [{ expression: attribute(1, "c1", type, true), ...order }];
      const base = { child, orders, output: child.output, ...UNKNOWN };
      const plan: SortExec | TopNExec =
        first === null ? { kind: "sort", ...base } : { kind: "topN", count: first, ...base };
      const nulls = order.nullsFirst === order.ascending ? 1 : -1;
      const sign = order.ascending ? 1 : -1;
      const wanted = values
        .map((value, i) => [value, i] as const)
        .sort(([a, i], [b, j]) => {
          const isNull = a === null || b === null;
          return sign * (isNull ? nulls : 1) * compare(type, a, b) || i - j;
        })
        .slice(0, first ?? values.length);
      const { rows } = await runPlan(plan);
      expect(rows.map((row) => row[1])).toEqual(wanted.map((row) => row[1]));
    }),
    { numRuns: 200 },
  );
});
