import type { Arena } from "../../columnar/linear-memory.ts";
import { fromLiteralJson } from "../../columnar/literal-json.ts";
import { type Batch, LANE_BYTES, laneOf, type Vector } from "../../columnar/vector.ts";
import { present } from "../../common/assert.ts";
import type { LocalTableExec, RangeExec } from "../../physical/physical-plan.ts";
import { writeLane } from "../code/js-value.ts";
import type { TaskContext } from "../task-context.ts";
import type { BatchReader } from "./column-source.ts";

const ROWS_PER_BATCH = 16384;

/** The rows that a plan itself carries. */
export class LocalTableReader implements BatchReader {
  private readonly context: TaskContext;
  private readonly table: LocalTableExec;
  private readonly arena: Arena;
  private place = 0;

  constructor(context: TaskContext, table: LocalTableExec) {
    this.context = context;
    this.table = table;
    this.arena = context.runtime.memory.arena();
    context.onEnd(() => this.arena.reset());
  }

  async next(): Promise<Batch | null> {
    const rows = this.table.rows.slice(this.place, this.place + ROWS_PER_BATCH);
    if (rows.length === 0) return null;
    this.place += rows.length;
    this.context.rowsRead += rows.length;
    this.arena.reset();
    const vectors = this.table.output.map((column, i) =>
      this.vector(
        column.type,
        rows.map((row) => fromLiteralJson(column.type, row[i] ?? null)),
      ),
    );
    return { rows: rows.length, vectors };
  }

  private vector(type: Vector["type"], values: readonly unknown[]): Vector {
    const { memory } = this.context.runtime;
    const lane = laneOf(type);
    const address = this.arena.allocate(values.length * LANE_BYTES[lane]);
    const validity = this.arena.allocate(values.length);
    memory.u8().fill(0, address, address + values.length * LANE_BYTES[lane]);
    values.forEach((value, row) => {
      memory.view().setUint8(validity + row, value === null ? 0 : 1);
      if (value === null) return;
      const at = address + row * LANE_BYTES[lane];
      writeLane(memory, (size) => this.arena.allocate(size), type, lane, at, value);
    });
    const nulls = values.includes(null);
    return {
      type,
      lane,
      values: address,
      validity: nulls ? validity : 0,
      codes: 0,
      codeBytes: 0,
      dictionarySize: 0,
    };
  }
}

/** The numbers of one partition of a `range`. */
export class RangeReader implements BatchReader {
  private readonly context: TaskContext;
  private readonly range: RangeExec;
  private readonly arena: Arena;
  private following: bigint;
  private left: bigint;

  constructor(context: TaskContext, range: RangeExec) {
    this.context = context;
    this.range = range;
    this.arena = context.runtime.memory.arena();
    const { first, count } = rangePartition(
      range,
      range.partitions === 1 ? 0 : context.spec.partition,
    );
    this.following = first;
    this.left = count;
    context.onEnd(() => this.arena.reset());
  }

  async next(): Promise<Batch | null> {
    if (this.left <= 0n) return null;
    const rows = Number(this.left < BigInt(ROWS_PER_BATCH) ? this.left : BigInt(ROWS_PER_BATCH));
    this.arena.reset();
    const values = this.arena.allocate(rows * 8);
    const view = this.context.runtime.memory.view();
    const step = BigInt(this.range.step);
    for (let row = 0; row < rows; row++, this.following += step)
      view.setBigInt64(values + row * 8, this.following, true);
    this.left -= BigInt(rows);
    this.context.rowsRead += rows;
    const column = this.range.output[0];
    if (!column) return { rows, vectors: [] };
    const vector: Vector = {
      type: present(column, "column").type,
      lane: "i64",
      values,
      validity: 0,
      codes: 0,
      codeBytes: 0,
      dictionarySize: 0,
    };
    return { rows, vectors: [vector] };
  }
}

/** Which numbers of a range are a partition's: the first one and how many. */
function rangePartition(range: RangeExec, partition: number): { first: bigint; count: bigint } {
  const start = BigInt(range.start);
  const step = BigInt(range.step);
  const span = BigInt(range.end) - start;
  const total = span / step + (span % step === 0n ? 0n : 1n);
  const count = total > 0n ? total : 0n;
  const parts = BigInt(range.partitions);
  const from = (count * BigInt(partition)) / parts;
  const to = (count * BigInt(partition + 1)) / parts;
  return { first: start + from * step, count: to - from };
}
