import { planRanges } from "../../formats/parquet/plan-ranges.ts";
import type { JobGraph, Stage } from "../../physical/job-graph.ts";
import type { ScanExec } from "../../physical/physical-plan.ts";
import { physicalPreOrder } from "../../physical/physical-tree.ts";

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
}

/** The requests of a whole query by stage, but for retries and for the samples of large range exchanges. */
export function plannedRequests(graph: JobGraph): readonly PlannedRequests[] {
  return graph.stages.map((stage) => ofStage(stage, graph));
}

function ofStage(stage: Stage, graph: JobGraph): PlannedRequests {
  const ranges = physicalPreOrder(stage.plan).flatMap((node) =>
    node.kind === "scan" ? rangesOf(node) : [],
  );
  const producers = stage.inputs.reduce((sum, id) => sum + (graph.stages[id]?.partitions ?? 0), 0);
  return {
    stage: stage.id,
    dataGets: ranges.length,
    dataBytes: ranges.reduce((sum, { start, end }) => sum + end - start, 0),
    exchangeGets: producers * stage.partitions,
    exchangePuts: stage.output.kind === "result" ? 0 : stage.partitions,
  };
}

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
