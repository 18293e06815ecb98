import type { RowContext } from "../pipeline/row-context.ts";

/** Where a pipeline's rows come from. */
export interface Source {
  /**
   * Runs the pipeline: `emit` writes what is done with a row (it may be asked several times, for several forms of
   * rows), `afterBatch` is called when the memory of the rows given so far is about to be reused.
   */
  run(emit: (row: RowContext) => void, afterBatch: () => void): Promise<void>;
}
