import { describe, expect, it } from "vitest";
import { LONG } from "../../../src/columnar/data-type.ts";
import { cutStages } from "../../../src/physical/cut-stages.ts";
import { physicalPreOrder } from "../../../src/physical/physical-tree.ts";
import { planPhysical } from "../../../src/physical/plan-physical.ts";
import { printJobGraph } from "../../../src/physical/print-job-graph.ts";
import type { LogicalPlan } from "../../../src/plan/logical-plan.ts";
import {
  aggregate,
  aggregateCall,
  alias,
  attribute,
  condition,
  fileFacts,
  join,
  limit,
  relation,
  setOperation,
  sort,
} from "../../support/plans.ts";

const OPTIONS = {
  shufflePartitions: 4,
  broadcastThresholdBytes: 1_000_000,
  parallelism: 2,
  minSplitBytes: 0,
  singleAggregateBytes: 0,
  singleSortBytes: 0,
};
const graphOf = (plan: LogicalPlan) => cutStages(planPhysical(plan, OPTIONS));

const big = (name: string, first: number) => {
  const columns = [attribute(first, "k"), attribute(first + 1, "v")];
  const groups = Array.from({ length: 8 }, () => ({
    rows: 1_000_000,
    columns: { k: { min: "1", max: "8000000" } },
  }));
  return relation(name, columns, 1000, {}, { files: [fileFacts(name, columns, groups)] });
};
const t = big("t", 1);
const k = attribute(1, "k");
const v = attribute(2, "v");
const total = attribute(9, "total", LONG, true);
const grouped = aggregate(t, [k], k, alias(9, "total", aggregateCall("sum", [v])));

describe("a plan is cut", () => {
  it("at each exchange, in topological order, the last stage the answer", () => {
    const { stages, output } = graphOf(sort(grouped, total));
    expect(stages.map((s) => [s.id, s.partitions, s.inputs, s.output.kind])).toEqual([
      [0, 8, [], "hash"],
      [1, 4, [0], "range"],
      [2, 4, [1], "result"],
    ]);
    expect(output.map((a) => a.name)).toEqual(["k", "total"]);
  });

  it("with reads in place of exchanges", () => {
    const kinds = graphOf(limit(sort(t, k), 3)).stages.map((s) =>
      physicalPreOrder(s.plan).map((n) => n.kind),
    );
    expect(kinds).toEqual([
      ["topN", "scan"],
      ["topN", "shuffleRead"],
    ]);
  });

  it("with a broadcast read for the built side of a join", () => {
    const small = relation("small", [attribute(21, "k2")], 100);
    const { stages } = graphOf(join(t, small, "inner", condition("=", k, attribute(21, "k2"))));
    expect(stages.map((s) => [s.partitions, s.output.kind])).toEqual([
      [1, "broadcast"],
      [8, "result"],
    ]);
    const right = stages[1]?.plan.kind === "hashJoin" ? stages[1].plan.right : null;
    expect(right).toMatchObject({ kind: "broadcastRead", stage: 0 });
  });

  it("with one task for each partition of each child of a union", () => {
    const both = setOperation("union", true, [31, 32], t, big("u", 11));
    expect(graphOf(both).stages.map((s) => s.partitions)).toEqual([16]);
    const mixed = setOperation("union", true, [31, 32], grouped, big("u", 11));
    expect(graphOf(mixed).stages.map((s) => s.partitions)).toEqual([8, 12]);
  });

  it("with equal exchanges made once and read twice", () => {
    const twice = { ...t, output: [attribute(41, "k"), attribute(42, "v")] };
    const again = aggregate(
      twice,
      [attribute(41, "k")],
      attribute(41, "k"),
      alias(49, "total", aggregateCall("sum", [attribute(42, "v")])),
    );
    const { stages } = graphOf(
      join(grouped, again, "inner", condition("=", k, attribute(41, "k"))),
    );
    expect(stages.map((s) => s.inputs)).toEqual([[], [0]]);
    const reads = stages
      .flatMap((s) => physicalPreOrder(s.plan))
      .filter((n) => n.kind === "shuffleRead");
    expect(reads.map((n) => n.output[0]?.id)).toEqual([1, 41]);
  });

  it("and other exchanges are not taken for equal", () => {
    const other = aggregate(
      big("u", 41),
      [attribute(41, "k")],
      attribute(41, "k"),
      alias(49, "total", aggregateCall("sum", [attribute(42, "v")])),
    );
    expect(
      graphOf(join(grouped, other, "inner", condition("=", k, attribute(41, "k")))).stages,
    ).toHaveLength(3);
  });
});

it("a job graph prints its stages with tasks, sources, outputs and expectations", () => {
  const text = printJobGraph(graphOf(grouped));
  expect(text.split("\n").filter((line) => line.startsWith("Stage"))).toEqual([
    "Stage 0: 8 partitions, reads t, writes Exchange hashpartitioning(k#1L, 4), about 8000000 rows, 122.1 MiB",
    "Stage 1: 4 partitions, reads stage 0, gives the result, about 8000000 rows, 122.1 MiB",
  ]);
  expect(text).toContain("*(1) HashAggregate(keys=[k#1L], functions=[partial_sum(v#2L)])");
  expect(text).toContain("+- ShuffleRead stage 0, [k#1L, ");
});
