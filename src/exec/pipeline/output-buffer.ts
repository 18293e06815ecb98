import type { Evaluated } from "../../builtins/builtin.ts";
import type { Arena } from "../../columnar/linear-memory.ts";
import { type Batch, LANE_BYTES, laneOf, type Vector } from "../../columnar/vector.ts";
import type { Attribute } from "../../plan/expression.ts";
import type { Local } from "../../wasm/function-builder.ts";
import type { FunctionEmitter } from "../code/function-emitter.ts";
import { storeLane } from "../code/lane-access.ts";
import type { WorkerRuntime } from "../worker-runtime.ts";

const MAX_ROWS = 16384;
const MIN_ROWS = 128;
const BUFFER_BYTES = 32 << 20;

/** Fewer rows where they are so wide that many would take much memory. */
function capacityOf(columns: readonly Attribute[]): number {
  const rowBytes = columns.reduce((sum, { type }) => sum + LANE_BYTES[laneOf(type)] + 1, 1);
  return Math.min(MAX_ROWS, Math.max(MIN_ROWS, Math.floor(BUFFER_BYTES / rowBytes)));
}

/** Collects rows into vectors of its own and hands them on when full. */
export class OutputBuffer {
  private readonly runtime: WorkerRuntime;
  private readonly columns: readonly Attribute[];
  private readonly vectors: readonly Vector[];
  /** Collected before they are handed on. */
  private readonly capacity: number;
  private readonly countAddress: number;
  private readonly partitions: number;
  private readonly onFull: (batch: Batch, partitionOf: number) => void;

  /** `onFull` must be done with the batch when it returns. With `partitioned` it gets a `u32` for each row. */
  constructor(
    runtime: WorkerRuntime,
    arena: Arena,
    columns: readonly Attribute[],
    partitioned: boolean,
    onFull: (batch: Batch, partitionOf: number) => void,
  ) {
    this.runtime = runtime;
    this.columns = columns;
    this.onFull = onFull;
    this.capacity = capacityOf(columns);
    this.countAddress = arena.allocate(4);
    this.partitions = partitioned ? arena.allocate(this.capacity * 4) : 0;
    this.vectors = columns.map((column) => {
      const lane = laneOf(column.type);
      return {
        type: column.type,
        lane,
        values: arena.allocate(this.capacity * LANE_BYTES[lane]),
        validity: arena.allocate(this.capacity),
        codes: 0,
        codeBytes: 0,
        dictionarySize: 0,
      };
    });
    this.setCount(0);
  }

  /** Adds the row; `partition` is on no stack but in a local. */
  emitRow(emitter: FunctionEmitter, values: readonly Evaluated[], partition: Local | null): void {
    const { code } = emitter;
    const at = code.local("i32");
    const flush = emitter.module.host([], [], () => this.flush());
    code.i32(0).memory("i32.load", this.countAddress).set(at);
    this.columns.forEach((_, i) => {
      const vector = this.vectors[i];
      const value = values[i];
      if (vector && value) this.emitValue(emitter, vector, value, at);
    });
    if (partition) {
      code.get(at).i32(2).op("i32.shl").get(partition).memory("i32.store", this.partitions);
    }
    code.i32(0).get(at).i32(1).op("i32.add").tee(at).memory("i32.store", this.countAddress);
    code
      .get(at)
      .i32(this.capacity)
      .op("i32.eq")
      .if(() => code.call(flush));
  }

  flush(): void {
    const rows = this.runtime.memory.view().getUint32(this.countAddress, true);
    if (rows === 0) return;
    const vectors = this.vectors.map((vector, i) =>
      this.columns[i]?.nullable ? vector : { ...vector, validity: 0 },
    );
    this.onFull({ rows, vectors }, this.partitions);
    this.setCount(0);
  }

  private emitValue(
    emitter: FunctionEmitter,
    vector: Vector,
    { value, isNull }: Evaluated,
    at: Local,
  ): void {
    const { code } = emitter;
    code.get(at).i32(LANE_BYTES[vector.lane]).op("i32.mul");
    if (vector.lane === "ref" && isNull) code.i64(0n).get(value).get(isNull).op("select");
    else code.get(value);
    storeLane(code, vector.lane, vector.values);
    code.get(at);
    if (isNull) code.get(isNull).op("i32.eqz");
    else code.i32(1);
    code.memory("i32.store8", vector.validity);
  }

  private setCount(rows: number): void {
    this.runtime.memory.view().setUint32(this.countAddress, rows, true);
  }
}
