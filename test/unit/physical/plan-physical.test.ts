import { describe, expect, it } from "vitest";
import { LONG, STRING } from "../../../src/columnar/data-type.ts";
import type { PhysicalPlan } from "../../../src/physical/physical-plan.ts";
import { physicalPreOrder } from "../../../src/physical/physical-tree.ts";
import { planPhysical } from "../../../src/physical/plan-physical.ts";
import type { PlannerOptions } from "../../../src/physical/planner-options.ts";
import type { LogicalPlan } from "../../../src/plan/logical-plan.ts";
import {
  aggregate,
  aggregateCall,
  alias,
  attribute,
  call,
  condition,
  fileFacts,
  filter,
  join,
  limit,
  literal,
  offset,
  project,
  relation,
  setOperation,
  sort,
} from "../../support/plans.ts";

const OPTIONS: PlannerOptions = {
  shufflePartitions: 4,
  broadcastThresholdBytes: 1_000_000,
  parallelism: 2,
  minSplitBytes: 0,
  singleAggregateBytes: 0,
  singleSortBytes: 0,
};

const plan = (logical: LogicalPlan, more: Partial<PlannerOptions> = {}): PhysicalPlan =>
  planPhysical(logical, { ...OPTIONS, ...more });

/** The kinds of a plan in pre-order, exchanges with what they do. */
const shape = (physical: PhysicalPlan): string[] =>
  physicalPreOrder(physical).map((node) => {
    switch (node.kind) {
      case "exchange":
        return `exchange ${node.partitioning.kind}`;
      case "hashAggregate":
        return `${node.mode} aggregate`;
      case "hashJoin":
        return `${node.distribution} ${node.type} join, build ${node.buildSide}`;
      default:
        return node.kind;
    }
  });

const k = attribute(1, "k");
const v = attribute(2, "v");
const big = (name: string, columns: readonly [typeof k, ...(typeof k)[]], rowGroups = 8) =>
  relation(
    name,
    columns,
    1000,
    {},
    {
      files: [
        fileFacts(
          name,
          columns,
          Array.from({ length: rowGroups }, (_, i) => ({
            rows: 1_000_000,
            columns: {
              [columns[0].name]: {
                min: String(i * 1_000_000),
                max: String(i * 1_000_000 + 999_999),
              },
            },
          })),
        ),
      ],
    },
  );
const t = big("t", [k, v]);
const sum = aggregateCall("sum", [v]);

describe("scans", () => {
  it("make about four tasks a worker of whole row groups", () => {
    const scan = plan(big("t", [k, v], 20));
    expect(scan.kind === "scan" && scan.splits.map((s) => s.files[0]?.rowGroups.length)).toEqual([
      3, 3, 3, 3, 3, 3, 2,
    ]);
  });

  it("keep facts of the columns they read only", () => {
    const scan = plan({ ...t, output: [v] });
    const groups = scan.kind === "scan" ? (scan.splits[0]?.files[0]?.rowGroups ?? []) : [];
    expect(groups.map((group) => Object.keys(group.columns))).toEqual([["v"]]);
  });

  it("leave out row groups in which no row can pass", () => {
    const scan = plan({ ...t, filters: [condition("<", k, literal("2500000"))] });
    expect(scan).toMatchObject({ kind: "scan", prunedRowGroups: 5 });
    expect(scan.kind === "scan" && scan.splits.reduce((rows, s) => rows + s.rows, 0)).toBe(
      3_000_000,
    );
  });

  it("have one task without files where nothing is left to read", () => {
    const scan = plan({ ...t, filters: [condition("<", k, literal("-1"))] });
    expect(scan).toMatchObject({
      splits: [{ files: [], rows: 0, sizeBytes: 0 }],
      prunedRowGroups: 8,
    });
  });

  it("are not cut below one row group, and one small file is one task", () => {
    const small = relation("small", [k], 10);
    const scan = planPhysical(small, { ...OPTIONS, minSplitBytes: 1_000_000 });
    expect(scan.kind === "scan" && scan.splits).toHaveLength(1);
  });
});

describe("aggregation", () => {
  it("is partial, exchanged by the keys, then final", () => {
    const physical = plan(aggregate(t, [k], k, alias(9, "total", sum)));
    expect(shape(physical)).toEqual([
      "final aggregate",
      "exchange hash",
      "partial aggregate",
      "scan",
    ]);
    expect(physical.output.map((a) => [a.id, a.name])).toEqual([
      [1, "k"],
      [9, "total"],
    ]);
    const [final, exchange, partial] = physicalPreOrder(physical);
    if (final?.kind !== "hashAggregate" || partial?.kind !== "hashAggregate") throw new TypeError();
    const state = final.aggregates.flatMap((a) => a.state);
    expect(state.length).toBeGreaterThan(0);
    expect(partial.output).toEqual([k, ...state]);
    expect(exchange?.output).toEqual(partial.output);
  });

  it("meets in one partition where there are no keys", () => {
    expect(shape(plan(aggregate(t, [], alias(9, "total", sum))))).toEqual([
      "final aggregate",
      "exchange single",
      "partial aggregate",
      "scan",
    ]);
  });

  it("needs no exchange where there is one partition", () => {
    expect(shape(plan(aggregate(relation("s", [k, v]), [k], k, alias(9, "x", sum))))).toEqual([
      "complete aggregate",
      "scan",
    ]);
  });

  it("needs no exchange where rows are partitioned by some of its keys", () => {
    const inner = aggregate(t, [k], k, alias(9, "total", sum));
    const total = attribute(9, "total", LONG, true);
    const outer = aggregate(
      inner,
      [k, total],
      k,
      total,
      alias(10, "n", aggregateCall("count", [literal(1)])),
    );
    expect(shape(plan(outer))).toEqual([
      "complete aggregate",
      "final aggregate",
      "exchange hash",
      "partial aggregate",
      "scan",
    ]);
  });

  it("is exchanged again by other keys", () => {
    const total = attribute(9, "total", LONG, true);
    const inner = aggregate(t, [k], k, alias(9, "total", sum));
    const outer = aggregate(
      inner,
      [total],
      total,
      alias(10, "n", aggregateCall("count", [literal(1)])),
    );
    expect(shape(plan(outer)).filter((s) => s === "exchange hash")).toHaveLength(2);
  });

  it("computes each call once and what is over calls in a projection", () => {
    const physical = plan(
      aggregate(
        relation("s", [k, v]),
        [call("%", LONG, k, literal("3"))],
        alias(9, "a", call("+", LONG, sum, call("%", LONG, k, literal("3")))),
        alias(10, "b", sum),
      ),
    );
    expect(shape(physical)).toEqual(["project", "complete aggregate", "scan"]);
    const [, node] = physicalPreOrder(physical);
    expect(node?.kind === "hashAggregate" && node.aggregates).toHaveLength(1);
    expect(physical.output.map((a) => a.id)).toEqual([9, 10]);
  });

  it("of few expected groups meets in one partition", () => {
    const few = { ...t, output: [attribute(1, "k", STRING), v] };
    const logical = aggregate(limit(few, 10), [k], k, alias(9, "total", sum));
    expect(shape(plan(logical, { singleAggregateBytes: 1000 }))).not.toContain("exchange hash");
  });
});

describe("joins", () => {
  const k2 = attribute(11, "k2");
  const w = attribute(12, "w");
  const small = relation("small", [k2, w], 100);
  const other = big("other", [k2, w]);
  const on = condition("=", k, k2);

  it("broadcast the small side, whichever it is", () => {
    expect(shape(plan(join(t, small, "inner", on)))).toEqual([
      "broadcast inner join, build right",
      "scan",
      "exchange broadcast",
      "scan",
    ]);
    expect(shape(plan(join(small, t, "inner", on)))[0]).toBe("broadcast inner join, build left");
  });

  it("never broadcast the side whose unmatched rows come out", () => {
    expect(shape(plan(join(small, t, "left", on)))[0]).toBe("shuffled left join, build left");
    expect(shape(plan(join(t, small, "left", on)))[0]).toBe("broadcast left join, build right");
    expect(shape(plan(join(small, t, "right", on)))[0]).toBe("broadcast right join, build left");
    expect(shape(plan(join(t, small, "full", on)))[0]).toBe("shuffled full join, build right");
  });

  it("shuffle both sides where both are large", () => {
    expect(shape(plan(join(t, other, "inner", on)))).toEqual([
      "shuffled inner join, build right",
      "exchange hash",
      "scan",
      "exchange hash",
      "scan",
    ]);
  });

  it("do not broadcast at a threshold below 0 but by hint", () => {
    const none = { broadcastThresholdBytes: -1 };
    expect(shape(plan(join(t, small, "inner", on), none))[0]).toMatch(/^shuffled/);
    expect(shape(plan(join(t, small, "inner", on, "broadcastRight"), none))[0]).toMatch(
      /^broadcast/,
    );
  });

  it("leave a side alone that is partitioned by the keys already", () => {
    const grouped = aggregate(t, [k], k, alias(9, "total", sum));
    expect(shape(plan(join(grouped, other, "inner", on), { broadcastThresholdBytes: -1 }))).toEqual(
      [
        "shuffled inner join, build right",
        "final aggregate",
        "exchange hash",
        "partial aggregate",
        "scan",
        "exchange hash",
        "scan",
      ],
    );
  });

  it("check what is no equality on each pair", () => {
    const both = condition("and", on, condition("<", v, w));
    const physical = plan(join(t, small, "inner", both));
    expect(physical).toMatchObject({ leftKeys: [k], rightKeys: [k2], residual: { name: "<" } });
  });

  it("use <=> as keys, with a stand-in for null", () => {
    const n = attribute(1, "k", LONG, true);
    const physical = plan(join({ ...t, output: [n, v] }, small, "inner", condition("<=>", n, k2)));
    expect(physical.kind === "hashJoin" && physical.leftKeys).toMatchObject([
      { name: "coalesce" },
      { name: "isnull" },
    ]);
    expect(physical.kind === "hashJoin" && physical.residual).toBeNull();
  });

  it("without equalities go over all pairs, the right side broadcast", () => {
    const less = condition("<", k, k2);
    expect(shape(plan(join(t, small, "inner", less)))).toEqual([
      "nestedLoopJoin",
      "scan",
      "exchange broadcast",
      "scan",
    ]);
    const turned = plan(join(small, t, "inner", less));
    expect(shape(turned).slice(0, 2)).toEqual(["project", "nestedLoopJoin"]);
    expect(turned.output.map((a) => a.id)).toEqual([11, 12, 1, 2]);
    expect(shape(plan(join(t, small, "full", less)))[0]).toBe("union");
  });
});

describe("order and limits", () => {
  it("sorts by ranges", () => {
    expect(shape(plan(sort(t, k)))).toEqual(["sort", "exchange range", "scan"]);
  });

  it("sorts little in one partition", () => {
    expect(shape(plan(sort(t, k), { singleSortBytes: 1e9 }))).toEqual([
      "sort",
      "exchange single",
      "scan",
    ]);
  });

  it("keeps the first rows of each partition for a limit over a sort", () => {
    expect(shape(plan(limit(sort(t, k), 10)))).toEqual(["topN", "exchange single", "topN", "scan"]);
    const skipped = plan(limit(offset(sort(t, k), 5), 10));
    expect(shape(skipped)).toEqual(["limit", "topN", "exchange single", "topN", "scan"]);
    expect(skipped).toMatchObject({ count: 10, offset: 5, child: { count: 15 } });
  });

  it("sorts in full for a limit too large for a heap", () => {
    expect(shape(plan(limit(sort(t, k), 500), { topNRows: 100 }))).toEqual([
      "limit",
      "exchange single",
      "limit",
      "sort",
      "exchange range",
      "scan",
    ]);
  });

  it("cuts each partition, also inside a union, before the limit itself", () => {
    expect(shape(plan(limit(t, 10)))).toEqual(["limit", "exchange single", "limit", "scan"]);
    const both = setOperation(
      "union",
      true,
      [21, 22],
      t,
      big("u", [attribute(5, "k"), attribute(6, "v")]),
    );
    expect(shape(plan(limit(both, 10)))).toEqual([
      "limit",
      "exchange single",
      "union",
      "limit",
      "scan",
      "limit",
      "scan",
    ]);
  });

  it("skips rows in one partition", () => {
    expect(shape(plan(offset(t, 3)))).toEqual(["limit", "exchange single", "scan"]);
  });
});

it("drops a projection that changes nothing", () => {
  expect(shape(plan(project(filter(t, condition("=", k, literal("1"))), k, v)))).toEqual([
    "filter",
    "scan",
  ]);
});
