import type { Label } from "../../wasm/function-builder.ts";
import type { FunctionEmitter } from "../code/function-emitter.ts";
import type { RowCounters } from "./row-counters.ts";
import type { RowScope } from "./row-scope.ts";

/** Where the code of an operator stands: inside a loop over rows, with one row in flight. */
export interface RowContext {
  readonly emitter: FunctionEmitter;
  readonly scope: RowScope;
  /** Branch here to give no more rows: the pipeline ends early. */
  readonly stop: Label;
  readonly counters: RowCounters;
}

/** One operator of a pipeline: writes its code around or before that of the operators after it. */
export interface Step {
  emit(row: RowContext, next: (row: RowContext) => void): void;
}

/** The end of a pipeline. */
export interface Sink {
  emit(row: RowContext): void;
  /** The rows given so far lie in memory that is about to be reused. */
  afterBatch(): void;
  /** No more rows come. */
  finish(): void;
}
