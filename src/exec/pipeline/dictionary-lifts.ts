import type { Evaluated } from "../../builtins/builtin.ts";
import type { Arena } from "../../columnar/linear-memory.ts";
import { type Batch, LANE_BYTES, laneOf, registerOf } from "../../columnar/vector.ts";
import { present } from "../../common/assert.ts";
import type { Attribute, Expression } from "../../plan/expression.ts";
import { expressionKey } from "../../plan/expression-key.ts";
import { typeOf } from "../../plan/expression-type.ts";
import type { FunctionEmitter } from "../code/function-emitter.ts";
import { loadLane } from "../code/lane-access.ts";
import type { TaskSettings } from "../task-spec.ts";
import type { WorkerRuntime } from "../worker-runtime.ts";
import type { BatchFrame } from "./batch-frame.ts";
import { emitLiftFunction } from "./lift-function.ts";
import { indexLane, type VectorAccess } from "./vector-access.ts";

/** An expression that is computed for each entry of a column's dictionary. */
interface Lift {
  readonly column: number;
  readonly exportName: string;
  readonly laneBytes: number;
  readonly valuesSlot: number;
  readonly nullsSlot: number;
  /** Writes the look-up by the row's code. */
  readonly lookUp: () => Evaluated;
}

type Exports = Record<string, (...args: number[]) => number>;

/** Tables of expressions over dictionary entries: filled before the rows of a batch, looked up for each row. */
export class DictionaryLifts {
  private readonly runtime: WorkerRuntime;
  private readonly emitter: FunctionEmitter;
  private readonly frame: BatchFrame;
  private readonly settings: TaskSettings;
  private readonly lifts = new Map<string, Lift>();
  private readonly arena: Arena;

  constructor(
    runtime: WorkerRuntime,
    emitter: FunctionEmitter,
    frame: BatchFrame,
    settings: TaskSettings,
  ) {
    this.runtime = runtime;
    this.emitter = emitter;
    this.frame = frame;
    this.settings = settings;
    this.arena = runtime.memory.arena();
  }

  /** The value for the row in flight of an expression whose only attribute is a dictionary column. */
  lookUp(expression: Expression, attribute: Attribute, access: VectorAccess): Evaluated {
    const key = expressionKey(expression);
    const lift = this.lifts.get(key) ?? this.add(expression, attribute, access);
    this.lifts.set(key, lift);
    return lift.lookUp();
  }

  /** Computes all entries of the batch's dictionaries. Throws what an expression throws, be the entry used or not. */
  fill(exports: Exports, batch: Batch): void {
    this.arena.reset();
    for (const lift of this.lifts.values()) this.fillOne(lift, exports, batch);
  }

  /** The tables are gone. */
  free(): void {
    this.arena.reset();
  }

  private add(expression: Expression, attribute: Attribute, access: VectorAccess): Lift {
    const { emitter } = this;
    const type = typeOf(expression);
    const lane = laneOf(type);
    const exportName = `lift${this.lifts.size}`;
    const nullable = emitLiftFunction(emitter.module, this.settings, exportName, {
      expression,
      attribute,
      vector: access.vector,
    });
    const [valuesSlot, nullsSlot] = [emitter.scratch(4), emitter.scratch(4)];
    const values = this.frame.slotLocal(valuesSlot);
    const nulls = nullable ? this.frame.slotLocal(nullsSlot) : null;
    const lookUp = (): Evaluated => {
      const { code } = emitter;
      const index = access.codeOrNullEntry();
      const value = code.local(registerOf(type));
      code.get(values).get(index);
      indexLane(code, lane);
      loadLane(code, lane, value.type);
      code.set(value);
      if (!nulls) return { value, isNull: null };
      const isNull = code.local("i32");
      code.get(nulls).get(index).op("i32.add").memory("i32.load8_u").set(isNull);
      return { value, isNull };
    };
    const { column } = access;
    return { column, exportName, laneBytes: LANE_BYTES[lane], valuesSlot, nullsSlot, lookUp };
  }

  private fillOne(lift: Lift, exports: Exports, batch: Batch): void {
    const { memory } = this.runtime;
    const vector = present(batch.vectors[lift.column], "vector");
    const entries = vector.dictionarySize + 1;
    const values = this.arena.allocate(entries * lift.laneBytes);
    const nulls = this.arena.allocate(entries);
    memory.view().setUint32(lift.valuesSlot, values, true);
    memory.view().setUint32(lift.nullsSlot, nulls, true);
    const count = vector.validity ? entries : vector.dictionarySize;
    const run = present(exports[lift.exportName], lift.exportName);
    run(vector.values, vector.dictionarySize, count, values, nulls);
  }
}
