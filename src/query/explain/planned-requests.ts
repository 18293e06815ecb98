import { planRanges } from "../../formats/parquet/plan-ranges.ts";
import type { JobGraph, Stage } from "../../physical/job-graph.ts";
import type { PhysicalPlan, ScanExec } from "../../physical/physical-plan.ts";
import { physicalPreOrder } from "../../physical/physical-tree.ts";
import { INLINE_BYTES } from "../../shuffle/shuffle-writer.ts";

/** What a stage will ask of the stores. A limit that is reached early, or tasks put together, make it less. */
export interface PlannedRequests {
  readonly stage: number;
  /** Of ranges of the user's files. */
  readonly dataGets: number;
  readonly dataBytes: number;
  /** The most there can be: one for each task of a stage that it reads, and each of its own. */
  readonly exchangeGets: number;
  /** The most there can be: one a task. Small outputs ride in the task's result and need none. */
  readonly exchangePuts: number;
  /** Without those of outputs that are estimated to be small. */
  readonly expectedExchangeGets: number;
  readonly expectedExchangePuts: number;
}

/** The requests of a whole query by stage, but for retries and for the samples of large range exchanges. */
export function plannedRequests(graph: JobGraph): readonly PlannedRequests[] {
  return graph.stages.map((stage) => ofStage(stage, graph));
}

function ofStage(stage: Stage, graph: JobGraph): PlannedRequests {
  const ranges = physicalPreOrder(stage.plan).flatMap((node) =>
    node.kind === "scan" ? rangesOf(node) : [],
  );
  const inputs = stage.inputs.flatMap((id) => graph.stages[id] ?? []);
  return {
    stage: stage.id,
    dataGets: ranges.length,
    dataBytes: ranges.reduce((sum, { start, end }) => sum + end - start, 0),
    exchangeGets: tasksOf(inputs) * stage.partitions,
    exchangePuts: putsOf(stage),
    expectedExchangeGets: tasksOf(inputs.filter(writesObjects)) * stage.partitions,
    expectedExchangePuts: writesObjects(stage) ? putsOf(stage) : 0,
  };
}

const tasksOf = (stages: readonly Stage[]): number =>
  stages.reduce((sum, { partitions }) => sum + partitions, 0);

const putsOf = ({ output, partitions }: Stage): number =>
  output.kind === "result" ? 0 : partitions;

/** True if what a task leaves is too much to ride in its result, as far as is known. */
function writesObjects({ plan, partitions, estimatedBytes }: Stage): boolean {
  const total = estimatedBytes ?? Number.POSITIVE_INFINITY;
  return (mayRepeatAll(plan) ? total : total / partitions) > INLINE_BYTES;
}

/** True if each task may put out all that the whole stage is estimated to: the same groups, or as many rows. */
function mayRepeatAll(plan: PhysicalPlan): boolean {
  if (plan.kind === "project" || plan.kind === "filter") return mayRepeatAll(plan.child);
  return plan.kind === "topN" || plan.kind === "limit" || isPartial(plan);
}

const isPartial = (plan: PhysicalPlan): boolean =>
  plan.kind === "hashAggregate" && plan.mode === "partial";

const rangesOf = (scan: ScanExec): ReturnType<typeof planRanges> =>
  scan.splits.flatMap((split) =>
    split.files.flatMap((file) =>
      file.rowGroups.flatMap((rowGroup) =>
        planRanges(
          file,
          rowGroup,
          scan.output.map(({ name }) => name),
        ),
      ),
    ),
  );
