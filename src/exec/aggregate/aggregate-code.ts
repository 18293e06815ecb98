import type { Evaluated } from "../../builtins/builtin.ts";
import type { DataType } from "../../columnar/data-type.ts";
import type { HashAggregateExec } from "../../physical/physical-plan.ts";
import type { Local } from "../../wasm/function-builder.ts";
import type { TupleLayout } from "../breaker/tuple-layout.ts";
import type { ByteHeap } from "../byte-heap.ts";
import type { FunctionEmitter } from "../code/function-emitter.ts";
import type { RowContext } from "../pipeline/row-context.ts";

/** An aggregate call of an operator with the attributes of its state and its result. */
export type PlannedAggregate = HashAggregateExec["aggregates"][number];

/** One aggregate call of an operator: how its state is kept, updated, merged and finished. */
export interface AggregateCode {
  /** The columns of its state in a group's tuple. */
  readonly fields: readonly {
    readonly id: number;
    readonly type: DataType;
    readonly nullable: boolean;
  }[];
  initialize(emitter: FunctionEmitter, group: Local, layout: TupleLayout): void;
  update(row: RowContext, group: Local, layout: TupleLayout, bytes: ByteHeap): void;
  /** Adds the state columns of the row, as a partial phase put them out. */
  merge(row: RowContext, group: Local, layout: TupleLayout, bytes: ByteHeap): void;
  /** The state columns as a partial phase puts them out. */
  stateOf(emitter: FunctionEmitter, group: Local, layout: TupleLayout): readonly Evaluated[];
  finish(emitter: FunctionEmitter, group: Local, layout: TupleLayout, bytes: ByteHeap): Evaluated;
}
