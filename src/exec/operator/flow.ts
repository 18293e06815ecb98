import type { PhysicalPlan } from "../../physical/physical-plan.ts";
import type { RowContext, Sink, Step } from "../pipeline/row-context.ts";
import type { Source } from "../source/source.ts";
import type { TaskContext } from "../task-context.ts";

/** A pipeline that has no end yet: rows of a source, then the operators that they go through. */
export interface Flow {
  readonly source: Source;
  readonly steps: readonly Step[];
  /** Further sources, made when the first is drained, whose rows enter before step `from`. */
  readonly tails: readonly { readonly source: Source; readonly from: number }[];
}

/** A flow of a source's rows as they are. */
export const flowOf = (source: Source): Flow => ({ source, steps: [], tails: [] });

/** The flow with one more operator at its end. */
export const withStep = (flow: Flow, step: Step): Flow => ({
  ...flow,
  steps: [...flow.steps, step],
});

/** Runs the flow to its end. */
export async function drain(context: TaskContext, flow: Flow, sink: Sink): Promise<void> {
  const afterBatch = (): void => {
    sink.afterBatch();
    if (!context.rowInFlight) context.runtime.rowHeap.reset();
  };
  for (const { source, from } of [{ source: flow.source, from: 0 }, ...flow.tails]) {
    await source.run((row) => emitSteps(flow.steps, from, row, sink), afterBatch);
  }
  sink.finish();
}

function emitSteps(steps: readonly Step[], index: number, row: RowContext, sink: Sink): void {
  const step = steps[index];
  if (step) step.emit(row, (next) => emitSteps(steps, index + 1, next, sink));
  else sink.emit(row);
}

/** Counts the rows that leave an operator. */
export function countStep(context: TaskContext, node: PhysicalPlan): Step {
  return counterStep(context.indexOf(node));
}

function counterStep(counter: number): Step {
  return {
    emit(row, next) {
      row.counters.count(counter);
      next(row);
    },
  };
}
