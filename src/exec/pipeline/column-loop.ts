import type { Evaluated } from "../../builtins/builtin.ts";
import type { Arena } from "../../columnar/linear-memory.ts";
import { type Batch, LANE_BYTES, laneOf, registerOf, type Vector } from "../../columnar/vector.ts";
import { assert, present } from "../../common/assert.ts";
import { TindraError } from "../../common/errors.ts";
import type { Attribute, Expression } from "../../plan/expression.ts";
import { attributesIn } from "../../plan/expression-tree.ts";
import { typeOf } from "../../plan/expression-type.ts";
import type { Local } from "../../wasm/function-builder.ts";
import { FunctionEmitter } from "../code/function-emitter.ts";
import { loadLane, storeLane } from "../code/lane-access.ts";
import { ModuleEmitter } from "../code/module-emitter.ts";
import type { ValueBounds } from "../code/value-bounds.ts";
import type { TaskSettings } from "../task-spec.ts";
import type { WorkerRuntime } from "../worker-runtime.ts";
import { isLiftable } from "./liftable.ts";
import { requireWithin } from "./require-within.ts";
import type { RowContext } from "./row-context.ts";
import { type OperatorRows, RowCounters } from "./row-counters.ts";
import { type DictionarySource, type RowCode, RowScope } from "./row-scope.ts";

const WIDTH_SHIFT: Record<number, number> = { 1: 0, 2: 1, 4: 2, 8: 3, 16: 4 };

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
  /** Whether expressions of one dictionary column are evaluated once an entry. */
  readonly lifting: boolean;
  /** Writes what is done with each row. */
  readonly body: (row: RowContext) => void;
}

/** An expression that was computed for each entry of a column's dictionary. */
interface Lift {
  readonly column: number;
  readonly exportName: string;
  readonly laneBytes: number;
  readonly valuesSlot: number;
  readonly nullsSlot: number;
}

interface FrameField {
  readonly slot: number;
  readonly read: (batch: Batch) => number;
}

/** What distinguishes batches that need different code. */
export function batchForm(batch: Batch): string {
  return batch.vectors
    .map(
      (v) =>
        `${v.lane}${v.codes ? v.codeBytes : ""}${v.validity ? "?" : ""}${liftsOf(v, batch.rows) ? "+" : ""}`,
    )
    .join(",");
}

function liftsOf(vector: Vector, rows: number): boolean {
  return vector.codes !== 0 && vector.dictionarySize <= rows;
}

/** One compiled loop over the rows of column batches of one form. */
export class ColumnLoop implements DictionarySource {
  private readonly options: ColumnLoopOptions;
  private readonly module: ModuleEmitter;
  private readonly emitter: FunctionEmitter;
  private readonly frame: FrameField[] = [];
  private readonly lifts = new Map<string, { lift: Lift; result: (code: Local) => Evaluated }>();
  private readonly preparations: (() => void)[] = [];
  private readonly usedBounds = new Set<number>();
  private readonly codeLocals = new Map<number, Local>();
  private readonly row: Local;
  private readonly exports: Record<string, (...args: number[]) => number>;
  private readonly liftArena: Arena;

  constructor(options: ColumnLoopOptions) {
    this.options = options;
    this.module = new ModuleEmitter(options.runtime, options.arena);
    this.emitter = new FunctionEmitter(this.module, ["i32", "i32"], ["i32"], "run");
    this.row = this.emitter.code.local("i32");
    this.liftArena = options.runtime.memory.arena();
    this.emitLoop();
    this.exports = this.module.instantiate();
  }

  /** Looks up dictionaries and addresses of the batch. Null where an entry cannot be computed (then: no lifting). */
  enter(batch: Batch): boolean {
    const { memory } = this.options.runtime;
    for (const field of this.frame) {
      const value = field.read(batch);
      memory.view().setUint32(field.slot, value, true);
    }
    this.checkBounds(batch);
    for (const prepare of this.preparations) prepare();
    this.liftArena.reset();
    try {
      for (const { lift } of this.lifts.values()) this.runLift(lift, batch);
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

  /** The lifted results are gone. */
  leave(): void {
    this.liftArena.reset();
  }

  onBatch(prepare: () => void): void {
    this.preparations.push(prepare);
  }

  bounds(attributeId: number): ValueBounds | null {
    const bounds = this.options.bounds.get(attributeId) ?? null;
    if (bounds) this.usedBounds.add(attributeId);
    return bounds;
  }

  code(attributeId: number): RowCode | null {
    const column = this.options.columns.findIndex((c) => c.id === attributeId);
    const vector = this.options.form.vectors[column];
    if (!vector?.codes) return null;
    const code = this.codeOf(column, vector);
    const index = vector.validity ? this.codeOrNullEntry(column, code) : code;
    const { code: writer } = this.emitter;
    const entries = writer.local("i32");
    this.pushFrame(
      `${column} entries`,
      (batch) =>
        present(batch.vectors[column], "vector").dictionarySize + (vector.validity ? 1 : 0),
    );
    writer.set(entries);
    return { index, entries, bits: vector.codeBytes * 8 };
  }

  lift(expression: Expression): Evaluated | null {
    if (!this.options.lifting || !isLiftable(expression)) return null;
    const attributes = attributesIn(expression);
    const [attribute] = attributes;
    if (attributes.length !== 1 || attribute === undefined) return null;
    const column = this.options.columns.findIndex((c) => c.id === attribute.id);
    const vector = this.options.form.vectors[column];
    if (!vector || !liftsOf(vector, this.options.form.rows)) return null;
    const text = JSON.stringify(expression);
    const known = this.lifts.get(text) ?? this.emitLift(expression, attribute, column, vector);
    this.lifts.set(text, known);
    return known.result(this.codeOf(column, vector));
  }

  /** Code that relies on bounds must never see a value outside. */
  private checkBounds(batch: Batch): void {
    this.options.columns.forEach((column, i) => {
      const bounds = this.options.bounds.get(column.id);
      const vector = batch.vectors[i];
      if (bounds && vector && this.usedBounds.has(column.id))
        requireWithin(this.options.runtime, column, vector, batch.rows, bounds);
    });
  }

  private emitLoop(): void {
    const { code } = this.emitter;
    const [start, end] = code.params;
    assert(start !== undefined && end !== undefined, "no bounds");
    const counters = new RowCounters(this.emitter, this.options.operatorRows);
    const stopped = code.local("i32");
    code.get(start).set(this.row).i32(1).set(stopped);
    code.block((stop) => {
      code.block((done) => {
        code.loop((again) => {
          code.get(this.row).get(end).op("i32.ge_u").branchIf(done);
          const scope = new RowScope(this.emitter, this.options.settings, undefined, this);
          this.options.columns.forEach((column, i) => {
            scope.bindLoader(column.id, () => this.load(i));
          });
          this.options.body({ emitter: this.emitter, scope, stop, counters });
          code.get(this.row).i32(1).op("i32.add").set(this.row).branch(again);
        });
      });
      code.i32(0).set(stopped);
    });
    counters.emitEnd();
    code.get(stopped);
  }

  private load(column: number): Evaluated {
    const { code } = this.emitter;
    const attribute = present(this.options.columns[column], "column");
    const vector = present(this.options.form.vectors[column], "vector");
    const value = code.local(registerOf(attribute.type));
    const index = vector.codes ? this.codeOf(column, vector) : this.row;
    this.pushFrame(`${column} values`, (batch) => present(batch.vectors[column], "vector").values);
    code
      .get(index)
      .i32(WIDTH_SHIFT[LANE_BYTES[vector.lane]] ?? 0)
      .op("i32.shl")
      .op("i32.add");
    loadLane(code, vector.lane, value.type);
    code.set(value);
    return { value, isNull: vector.validity ? this.nullOf(column) : null };
  }

  private nullOf(column: number): Local {
    const { code } = this.emitter;
    const isNull = code.local("i32");
    this.pushFrame(
      `${column} validity`,
      (batch) => present(batch.vectors[column], "vector").validity,
    );
    code.get(this.row).op("i32.add").memory("i32.load8_u").op("i32.eqz").set(isNull);
    return isNull;
  }

  private codeOf(column: number, vector: Vector): Local {
    const known = this.codeLocals.get(column);
    if (known) return known;
    const { code } = this.emitter;
    const local = code.local("i32");
    this.pushFrame(`${column} codes`, (batch) => present(batch.vectors[column], "vector").codes);
    const shift = WIDTH_SHIFT[vector.codeBytes] ?? 0;
    code.get(this.row).i32(shift).op("i32.shl").op("i32.add");
    code.memory(
      vector.codeBytes === 1 ? "i32.load8_u" : vector.codeBytes === 2 ? "i32.load16_u" : "i32.load",
    );
    code.set(local);
    return local;
  }

  private readonly frameLocals = new Map<string, Local>();

  /** Pushes an address that is set anew for each batch and kept in a local while the loop runs. */
  private pushFrame(name: string, read: (batch: Batch) => number): void {
    const { code } = this.emitter;
    let local = this.frameLocals.get(name);
    if (!local) {
      const slot = this.module.scratch(4);
      this.frame.push({ slot, read });
      local = this.slotLocal(slot);
      this.frameLocals.set(name, local);
    }
    code.get(local);
  }

  private slotLocal(slot: number): Local {
    const { code } = this.emitter;
    const local = code.local("i32");
    code.prologue(() => code.i32(0).memory("i32.load", slot).set(local));
    return local;
  }

  private emitLift(
    expression: Expression,
    attribute: Attribute,
    column: number,
    vector: Vector,
  ): { lift: Lift; result: (code: Local) => Evaluated } {
    const type = typeOf(expression);
    const lane = laneOf(type);
    const exportName = `lift${this.lifts.size}`;
    const nullable = emitLiftFunction(this.module, this.options.settings, exportName, {
      expression,
      attribute,
      vector,
    });
    const lift: Lift = {
      column,
      exportName,
      laneBytes: LANE_BYTES[lane],
      valuesSlot: this.module.scratch(4),
      nullsSlot: this.module.scratch(4),
    };
    const values = this.slotLocal(lift.valuesSlot);
    const nulls = nullable ? this.slotLocal(lift.nullsSlot) : null;
    const result = (entryCode: Local): Evaluated => {
      const { code } = this.emitter;
      const index = vector.validity ? this.codeOrNullEntry(column, entryCode) : entryCode;
      const value = code.local(registerOf(type));
      code
        .get(values)
        .get(index)
        .i32(WIDTH_SHIFT[LANE_BYTES[lane]] ?? 0);
      code.op("i32.shl").op("i32.add");
      loadLane(code, lane, value.type);
      code.set(value);
      if (!nulls) return { value, isNull: null };
      const isNull = code.local("i32");
      code.get(nulls).get(index).op("i32.add").memory("i32.load8_u").set(isNull);
      return { value, isNull };
    };
    return { lift, result };
  }

  /** Entry `dictionarySize` of a lifted table is the expression's value for null. */
  private codeOrNullEntry(column: number, entryCode: Local): Local {
    const { code } = this.emitter;
    const index = code.local("i32");
    const isNull = this.nullOf(column);
    this.pushFrame(
      `${column} size`,
      (batch) => present(batch.vectors[column], "vector").dictionarySize,
    );
    code.get(entryCode).get(isNull).op("select").set(index);
    return index;
  }

  private runLift(lift: Lift, batch: Batch): void {
    const { memory } = this.options.runtime;
    const vector = present(batch.vectors[lift.column], "vector");
    const entries = vector.dictionarySize + 1;
    const values = this.liftArena.allocate(entries * lift.laneBytes);
    const nulls = this.liftArena.allocate(entries);
    memory.view().setUint32(lift.valuesSlot, values, true);
    memory.view().setUint32(lift.nullsSlot, nulls, true);
    const count = vector.validity ? entries : vector.dictionarySize;
    present(this.exports[lift.exportName], lift.exportName)(
      vector.values,
      vector.dictionarySize,
      count,
      values,
      nulls,
    );
  }
}

/** A function (dictionary, size, count, values, nulls) that evaluates entries 0 to `count`; entry `size` is null. */
function emitLiftFunction(
  module: ModuleEmitter,
  settings: TaskSettings,
  exportName: string,
  subject: { expression: Expression; attribute: Attribute; vector: Vector },
): boolean {
  const emitter = new FunctionEmitter(module, ["i32", "i32", "i32", "i32", "i32"], [], exportName);
  const { code } = emitter;
  const [dictionary, size, count, values, nulls] = code.params as [
    Local,
    Local,
    Local,
    Local,
    Local,
  ];
  const { expression, attribute, vector } = subject;
  const lane = laneOf(typeOf(expression));
  const entry = code.local("i32");
  let nullable = false;
  code.block((done) => {
    code.loop((again) => {
      code.get(entry).get(count).op("i32.ge_u").branchIf(done);
      const scope = new RowScope(emitter, settings);
      scope.bindLoader(attribute.id, () => {
        const value = code.local(registerOf(attribute.type));
        code
          .get(dictionary)
          .get(entry)
          .i32(WIDTH_SHIFT[LANE_BYTES[vector.lane]] ?? 0);
        code.op("i32.shl").op("i32.add");
        loadLane(code, vector.lane, value.type);
        code.set(value);
        if (!vector.validity) return { value, isNull: null };
        const isNull = code.local("i32");
        code.get(entry).get(size).op("i32.eq").set(isNull);
        return { value, isNull };
      });
      const result = scope.evaluate(expression);
      nullable = result.isNull !== null;
      code
        .get(values)
        .get(entry)
        .i32(WIDTH_SHIFT[LANE_BYTES[lane]] ?? 0);
      code.op("i32.shl").op("i32.add").get(result.value);
      storeLane(code, lane);
      if (result.isNull)
        code.get(nulls).get(entry).op("i32.add").get(result.isNull).memory("i32.store8");
      code.get(entry).i32(1).op("i32.add").set(entry).branch(again);
    });
  });
  return nullable;
}
