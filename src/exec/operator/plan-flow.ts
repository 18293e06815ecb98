import { registerOf } from "../../columnar/vector.ts";
import { assert, impossible, present, unreachable } from "../../common/assert.ts";
import type {
  BroadcastReadExec,
  HashJoinExec,
  NestedLoopJoinExec,
  PhysicalPlan,
  ShuffleReadExec,
  SortExec,
  TopNExec,
  UnionExec,
} from "../../physical/physical-plan.ts";
import { JOIN_OFFSETS } from "../breaker/join-table.ts";
import { Sorter } from "../breaker/sorter.ts";
import { bindTuple } from "../breaker/tuple-layout.ts";
import type { RowContext } from "../pipeline/row-context.ts";
import { ColumnSource } from "../source/column-source.ts";
import { LocalTableReader, RangeReader } from "../source/local-readers.ts";
import { scanBounds } from "../source/scan-bounds.ts";
import { ScanReader } from "../source/scan-reader.ts";
import { ShuffleBatchReader } from "../source/shuffle-batch-reader.ts";
import { TupleSource } from "../source/tuple-source.ts";
import type { TaskContext } from "../task-context.ts";
import { broadcastTable } from "./broadcast-tables.ts";
import { expandStep } from "./expand-step.ts";
import { filterStep } from "./filter-step.ts";
import { countStep, drain, type Flow, flowOf, withStep } from "./flow.ts";
import { HashAggregate } from "./hash-aggregate.ts";
import { hashPieceStep } from "./hash-piece-step.ts";
import { JoinBuild } from "./join-build.ts";
import { JoinProbe } from "./join-probe.ts";
import { type JoinSides, joinSides } from "./join-sides.ts";
import { limitStep } from "./limit-step.ts";
import { NestedLoopJoin } from "./nested-loop-join.ts";
import { projectStep, renameStep } from "./project-step.ts";

/** Runs all that must be complete before the plan's first row, and gives the pipeline that its rows come from. */
export async function planFlow(context: TaskContext, plan: PhysicalPlan): Promise<Flow> {
  return withStep(await uncountedFlow(context, plan), countStep(context, plan));
}

async function uncountedFlow(context: TaskContext, plan: PhysicalPlan): Promise<Flow> {
  switch (plan.kind) {
    case "scan": {
      const reader = new ScanReader(context, plan);
      const scan = flowOf(new ColumnSource(context, plan.output, reader, scanBounds(plan)));
      const { operatorRows } = context;
      const counter = (i: number): number => operatorRows.filterCounter(context.indexOf(plan), i);
      return withStep(scan, filterStep(plan.filters, counter));
    }
    case "localTable":
      return flowOf(new ColumnSource(context, plan.output, new LocalTableReader(context, plan)));
    case "range":
      return flowOf(new ColumnSource(context, plan.output, new RangeReader(context, plan)));
    case "shuffleRead": {
      const rows = flowOf(readSource(context, plan));
      return plan.only === undefined ? rows : withStep(rows, hashPieceStep(plan.only));
    }
    case "broadcastRead":
      return flowOf(readSource(context, plan));
    case "project":
      return withStep(await planFlow(context, plan.child), projectStep(plan.expressions));
    case "filter":
      return withStep(await planFlow(context, plan.child), filterStep(plan.conditions));
    case "expand":
      return withStep(await planFlow(context, plan.child), expandStep(plan));
    case "limit":
      return withStep(
        await planFlow(context, plan.child),
        limitStep(context, plan.count, plan.offset),
      );
    case "union":
      return unionFlow(context, plan);
    case "hashAggregate": {
      const aggregate = new HashAggregate(context, plan);
      return flowOf(aggregate.source(await planFlow(context, plan.child)));
    }
    case "sort":
    case "topN":
      return sortFlow(context, plan);
    case "hashJoin":
      return hashJoinFlow(context, plan);
    case "nestedLoopJoin":
      return nestedLoopFlow(context, plan);
    case "exchange":
      return impossible("An exchange is left in a stage's plan");
    default:
      return unreachable(plan);
  }
}

const readSource = (
  context: TaskContext,
  plan: ShuffleReadExec | BroadcastReadExec,
): ColumnSource => new ColumnSource(context, plan.output, new ShuffleBatchReader(context, plan));

/** A task's union has only the child whose partition the task is. */
async function unionFlow(context: TaskContext, union: UnionExec): Promise<Flow> {
  assert(union.children.length === 1, "A task's union has one child");
  const child = present(union.children[0], "child");
  return withStep(await planFlow(context, child), renameStep(child.output, union.output));
}

async function sortFlow(context: TaskContext, plan: SortExec | TopNExec): Promise<Flow> {
  const { runtime, arena } = context;
  const limit = plan.kind === "topN" ? plan.count : null;
  const sorter = new Sorter(runtime, arena, plan.child.output, plan.orders, limit);
  context.onEnd(() => sorter.free());
  await drain(context, await planFlow(context, plan.child), sorter);
  return flowOf(
    new TupleSource(context, {
      stride: "pointers",
      runs: () => {
        const { list, count } = sorter.sorted();
        return [{ start: list, end: list + count * 4 }];
      },
      bind: (row, tuple, emit) => {
        bindTuple(row.emitter, row.scope, tuple, sorter.fields);
        emit(row);
      },
    }),
  );
}

async function hashJoinFlow(context: TaskContext, join: HashJoinExec): Promise<Flow> {
  const sides = joinSides(join);
  const build = await joinBuild(context, join, sides);
  const probe = await planFlow(context, sides.probe);
  const joined = withStep(probe, new JoinProbe(sides, build, join.residual));
  if (sides.buildGives === "nothing") return joined;
  const rest = buildRows(context, sides, build);
  return { ...joined, tails: [...joined.tails, { source: rest, from: joined.steps.length }] };
}

async function joinBuild(
  context: TaskContext,
  join: HashJoinExec,
  sides: JoinSides,
): Promise<JoinBuild> {
  const fill = async (build: JoinBuild): Promise<void> =>
    drain(context, await planFlow(context, sides.build), build);
  const keepNullKeys = sides.buildGives === "unmatched";
  if (join.distribution === "broadcast" && sides.buildGives === "nothing")
    return broadcastTable(context, sides.build, sides.buildKeys, fill);
  const { runtime, arena } = context;
  const build = new JoinBuild(runtime, arena, sides.build.output, sides.buildKeys, keepNullKeys);
  context.onEnd(() => build.table.free());
  await fill(build);
  return build;
}

/** The build side's rows after all probes: those with or without a match, the probe side null. */
function buildRows(context: TaskContext, sides: JoinSides, build: JoinBuild): TupleSource {
  const { layout } = build.table;
  const wanted = sides.buildGives === "matched" ? 1 : 0;
  return new TupleSource(context, {
    stride: layout.sizeBytes,
    runs: () => build.table.runs(),
    bind: (row, tuple, emit) => {
      const { code } = row.emitter;
      code.get(tuple).memory("i32.load8_u", JOIN_OFFSETS.matched).i32(wanted).op("i32.eq");
      code.if(() => {
        const fields = sides.build.output.map((column) => layout.field(column.id));
        bindTuple(row.emitter, row.scope, tuple, fields);
        bindNulls(row, sides.probe);
        emit(row);
      });
    },
  });
}

function bindNulls({ emitter, scope }: RowContext, plan: PhysicalPlan): void {
  for (const column of plan.output)
    scope.bindLoader(column.id, () => {
      const value = emitter.code.local(registerOf(column.type));
      const isNull = emitter.code.local("i32");
      emitter.code.i32(1).set(isNull);
      return { value, isNull };
    });
}

async function nestedLoopFlow(context: TaskContext, join: NestedLoopJoinExec): Promise<Flow> {
  const fill = async (build: JoinBuild): Promise<void> =>
    drain(context, await planFlow(context, join.right), build);
  const build = await broadcastTable(context, join.right, [], fill);
  return withStep(await planFlow(context, join.left), new NestedLoopJoin(join, build));
}
