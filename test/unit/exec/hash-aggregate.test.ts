import { expect, test } from "vitest";
import { DOUBLE, decimal, INT, LONG, STRING } from "../../../src/columnar/data-type.ts";
import type { HashAggregateExec } from "../../../src/physical/physical-plan.ts";
import type { AggregateCall, Attribute } from "../../../src/plan/expression.ts";
import { attribute } from "../../support/plans.ts";
import { localTable, runPlan, UNKNOWN } from "../../support/run-plan.ts";

function aggregate(
  name: string,
  type: AggregateCall["type"],
  args: readonly Attribute[],
  state: readonly Attribute[],
  id: number,
): HashAggregateExec["aggregates"][number] {
  return {
    call: {
      kind: "aggregate",
      name,
      args,
      distinct: false,
      filter: null,
      type,
      nullable: true,
      ansi: true,
    },
    state,
    result: attribute(id, name, type, true),
  };
}

test("groups by nulls, empty texts, NaN and zeros of both signs as Spark does", async () => {
  const child = localTable(
    [DOUBLE, STRING],
    [
      [0, ""],
      [-0, ""],
      [Number.NaN, null],
      [Number.NaN, null],
      [null, ""],
      [null, "x"],
    ],
  );
  const count = aggregate("count", LONG, [], [attribute(50, "count", LONG)], 60);
  const { rows } = await runPlan({
    kind: "hashAggregate",
    mode: "complete",
    grouping: child.output,
    aggregates: [count],
    child,
    output: [...child.output, count.result],
    ...UNKNOWN,
  });
  expect(rows.map((row) => row.map(String).join()).sort()).toEqual([
    "0,,2",
    "NaN,null,2",
    "null,,1",
    "null,x,1",
  ]);
});

test("a table that grows many times keeps every group", async () => {
  const groups = 20_000;
  const child = localTable(
    [INT, STRING],
    Array.from({ length: groups * 2 }, (_, i) => [i % groups, `group ${i % groups}`]),
  );
  const count = aggregate("count", LONG, [], [attribute(50, "count", LONG)], 60);
  const { rows, memoryLeft } = await runPlan({
    kind: "hashAggregate",
    mode: "complete",
    grouping: child.output,
    aggregates: [count],
    child,
    output: [...child.output, count.result],
    ...UNKNOWN,
  });
  expect(rows).toHaveLength(groups);
  expect(rows.every(([id, name, n]) => name === `group ${id}` && n === 2n)).toBe(true);
  expect(memoryLeft).toBeLessThan(1 << 20);
});

test("a sum beside an average over the same column reads off its state, also where all is null", async () => {
  const type = decimal(10, 2);
  const child = localTable(
    [INT, type],
    [
      [1, 150n],
      [1, null],
      [2, null],
    ],
  );
  const [key, value] = child.output;
  if (!key || !value) throw new RangeError("columns");
  const sumType = decimal(20, 2);
  const sum = aggregate("sum", sumType, [value], [attribute(50, "sum", sumType, true)], 60);
  const avg = aggregate(
    "avg",
    decimal(14, 6),
    [value],
    [attribute(51, "sum", sumType), attribute(52, "count", LONG)],
    61,
  );
  const count = aggregate("count", LONG, [value], [attribute(53, "count", LONG)], 62);
  const { rows } = await runPlan({
    kind: "hashAggregate",
    mode: "complete",
    grouping: [key],
    aggregates: [sum, avg, count],
    child,
    output: [key, sum.result, avg.result, count.result],
    ...UNKNOWN,
  });
  expect(rows.sort()).toEqual([
    [1, 150n, 1500000n, 1n],
    [2, null, null, 0n],
  ]);
});

test("an aggregate without groups has one row, also of no rows", async () => {
  const child = localTable([INT], []);
  const count = aggregate("count", LONG, [], [attribute(50, "count", LONG)], 60);
  const { rows } = await runPlan({
    kind: "hashAggregate",
    mode: "complete",
    grouping: [],
    aggregates: [count],
    child,
    output: [count.result],
    ...UNKNOWN,
  });
  expect(rows).toEqual([[0n]]);
});

test("a partial phase that does not reduce hands groups on early, and the states still add up", async () => {
  const rows = Array.from({ length: 150_000 }, (_, i) => [i % 140_000, `text ${i % 140_000}`]);
  const child = localTable([INT, STRING], rows);
  const state = attribute(50, "count", LONG);
  const count = aggregate("count", LONG, [], [state], 60);
  const output = [...child.output, state];
  const { rows: partial } = await runPlan({
    kind: "hashAggregate",
    mode: "partial",
    grouping: child.output,
    aggregates: [count],
    child,
    output,
    ...UNKNOWN,
  });
  expect(partial.length).toBeGreaterThan(140_000);
  const totals = new Map<unknown, bigint>();
  for (const [id, text, n] of partial) {
    expect(text).toBe(`text ${id}`);
    totals.set(id, (totals.get(id) ?? 0n) + (n as bigint));
  }
  expect(totals.size).toBe(140_000);
  expect([...totals.values()].reduce((a, b) => a + b)).toBe(150_000n);
});
