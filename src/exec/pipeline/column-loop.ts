import type { Evaluated } from "../../builtins/builtin.ts";
import type { Arena } from "../../columnar/linear-memory.ts";
import { type Batch, registerOf, type Vector } from "../../columnar/vector.ts";
import { assert, present } from "../../common/assert.ts";
import { TindraError } from "../../common/errors.ts";
import type { Attribute, Expression } from "../../plan/expression.ts";
import { soleAttribute } from "../../plan/sole-attribute.ts";
import type { Local } from "../../wasm/function-builder.ts";
import { FunctionEmitter } from "../code/function-emitter.ts";
import { ModuleEmitter } from "../code/module-emitter.ts";
import type { ValueBounds } from "../code/value-bounds.ts";
import type { TaskSettings } from "../task-spec.ts";
import type { WorkerRuntime } from "../worker-runtime.ts";
import { BatchFrame } from "./batch-frame.ts";
import { DictionaryLifts } from "./dictionary-lifts.ts";
import { isLiftable } from "./liftable.ts";
import { requireWithin } from "./require-within.ts";
import type { RowContext } from "./row-context.ts";
import { type OperatorRows, RowCounters } from "./row-counters.ts";
import { type DictionarySource, type RowCode, RowScope } from "./row-scope.ts";
import { VectorAccess } from "./vector-access.ts";

/** What a loop over column batches is made of. */
export interface ColumnLoopOptions {
  readonly runtime: WorkerRuntime;
  /** The module's constants and frames: freed with the task. */
  readonly arena: Arena;
  readonly columns: readonly Attribute[];
  /** What files say of the columns' values, by attribute id. */
  readonly bounds: ReadonlyMap<number, ValueBounds>;
  /** A batch of the form that the loop is made for. */
  readonly form: Batch;
  readonly settings: TaskSettings;
  readonly operatorRows: OperatorRows;
  /** True if expressions of one dictionary column are evaluated once an entry. */
  readonly lifting: boolean;
  /** Writes what is done with each row. */
  readonly body: (row: RowContext) => void;
}

/** What distinguishes batches that need different code. */
export function batchForm(batch: Batch): string {
  return batch.vectors
    .map(
      (v) =>
        `${v.lane}${v.codes ? v.codeBytes : ""}${v.validity ? "?" : ""}${isWorthLifting(v, batch.rows) ? "+" : ""}`,
    )
    .join(",");
}

function isWorthLifting(vector: Vector, rows: number): boolean {
  return vector.codes !== 0 && vector.dictionarySize <= rows;
}

/** One compiled loop over the rows of column batches of one form. */
export class ColumnLoop implements DictionarySource {
  private readonly options: ColumnLoopOptions;
  private readonly emitter: FunctionEmitter;
  private readonly frame: BatchFrame;
  private readonly lifts: DictionaryLifts;
  /** By attribute id. */
  private readonly accesses: ReadonlyMap<number, VectorAccess>;
  private readonly preparations: (() => void)[] = [];
  private readonly usedBounds = new Set<number>();
  private readonly exports: Record<string, (...args: number[]) => number>;

  constructor(options: ColumnLoopOptions) {
    const { runtime, arena, settings, form } = options;
    const module = new ModuleEmitter(runtime, arena);
    this.options = options;
    this.emitter = new FunctionEmitter(module, ["i32", "i32"], ["i32"], "run");
    this.frame = new BatchFrame(this.emitter);
    this.lifts = new DictionaryLifts(runtime, this.emitter, this.frame, settings);
    const { code } = this.emitter;
    const to = { code, frame: this.frame, row: code.local("i32") };
    this.accesses = new Map(
      options.columns.map(({ id }, i) => [
        id,
        new VectorAccess(i, present(form.vectors[i], "vector"), to),
      ]),
    );
    this.emitLoop(to.row);
    this.exports = module.instantiate();
  }

  /** Makes ready for the batch's rows. False: an entry of a dictionary cannot be computed with; try without lifting. */
  enter(batch: Batch): boolean {
    this.frame.fill(this.options.runtime.memory, batch);
    this.checkBounds(batch);
    for (const prepare of this.preparations) prepare();
    try {
      this.lifts.fill(this.exports, batch);
    } catch (error) {
      if (error instanceof TindraError) return false;
      throw error;
    }
    return true;
  }

  /** True: no more rows are wanted. */
  run(rowStart: number, rowEnd: number): boolean {
    return present(this.exports["run"], "run")(rowStart, rowEnd) === 1;
  }

  /** The batch is done with. */
  leave(): void {
    this.lifts.free();
  }

  onBatch(prepare: () => void): void {
    this.preparations.push(prepare);
  }

  bounds(attributeId: number): ValueBounds | null {
    return this.options.bounds.get(attributeId) ?? null;
  }

  relyOnBounds(attributeId: number): void {
    this.usedBounds.add(attributeId);
  }

  code(attributeId: number): RowCode | null {
    const access = this.accesses.get(attributeId);
    if (!access?.vector.codes) return null;
    const index = access.codeOrNullEntry();
    return { index, entries: access.entries(), bits: access.vector.codeBytes * 8 };
  }

  canLift(expression: Expression): boolean {
    return this.liftingAccess(expression) !== null;
  }

  lift(expression: Expression): Evaluated | null {
    const found = this.liftingAccess(expression);
    return found && this.lifts.lookUp(expression, found.attribute, found.access);
  }

  private liftingAccess(
    expression: Expression,
  ): { readonly attribute: Attribute; readonly access: VectorAccess } | null {
    if (!this.options.lifting || !isLiftable(expression)) return null;
    const attribute = soleAttribute(expression);
    if (attribute === null || attribute === "several") return null;
    const access = this.accesses.get(attribute.id);
    if (!access || !isWorthLifting(access.vector, this.options.form.rows)) return null;
    return { attribute, access };
  }

  /** Code that relies on bounds must never see a value outside. */
  private checkBounds(batch: Batch): void {
    this.options.columns.forEach((column, i) => {
      const bounds = this.options.bounds.get(column.id);
      const vector = batch.vectors[i];
      if (bounds && vector && this.usedBounds.has(column.id))
        requireWithin(this.options.runtime, column, vector, batch, bounds);
    });
  }

  private emitLoop(row: Local): void {
    const { code } = this.emitter;
    const [start, end] = code.params;
    assert(start !== undefined && end !== undefined, "no bounds");
    const counters = new RowCounters(this.emitter, this.options.operatorRows);
    const stopped = code.local("i32");
    code.get(start).set(row).i32(1).set(stopped);
    code.block((stop) => {
      code.block((done) => {
        code.loop((again) => {
          code.get(row).get(end).op("i32.ge_u").branchIf(done);
          const scope = new RowScope(this.emitter, this.options.settings, undefined, this);
          for (const { id, type } of this.options.columns) {
            const access = present(this.accesses.get(id), "column");
            scope.bindLoader(id, () => access.load(registerOf(type)));
          }
          this.options.body({ emitter: this.emitter, scope, stop, counters });
          code.get(row).i32(1).op("i32.add").set(row).branch(again);
        });
      });
      code.i32(0).set(stopped);
    });
    counters.emitEnd();
    code.get(stopped);
  }
}
