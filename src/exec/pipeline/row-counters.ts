import type { LinearMemory } from "../../columnar/linear-memory.ts";
import type { Local } from "../../wasm/function-builder.ts";
import type { FunctionEmitter } from "../code/function-emitter.ts";

/** How many rows left each operator and each filter of a scan of a task's plan, counted in memory by the compiled loops. */
export class OperatorRows {
  private readonly memory: LinearMemory;
  private readonly address: number;
  private readonly operators: number;
  /** The number of filters of each operator. */
  private readonly filters: readonly number[];
  /** The first counter of each operator's filters. */
  private readonly firstFilter: readonly number[];

  /** `address`: 8 bytes for each operator and each of its filters. */
  constructor(
    memory: LinearMemory,
    address: number,
    operators: number,
    filters: readonly number[],
  ) {
    this.memory = memory;
    this.address = address;
    this.operators = operators;
    this.filters = filters;
    let next = operators;
    this.firstFilter = filters.map((count) => {
      next += count;
      return next - count;
    });
    memory.u8().fill(0, address, address + next * 8);
  }

  /** The counter of a filter of an operator. */
  filterCounter(operator: number, filter: number): number {
    return (this.firstFilter[operator] ?? 0) + filter;
  }

  addressOf(operator: number): number {
    return this.address + operator * 8;
  }

  read(): readonly number[] {
    return Array.from({ length: this.operators }, (_, i) => this.countAt(i));
  }

  /** By operator. */
  readFilters(): readonly (readonly number[])[] {
    return this.filters.map((count, operator) =>
      Array.from({ length: count }, (_, i) => this.countAt(this.filterCounter(operator, i))),
    );
  }

  private countAt(counter: number): number {
    return Number(this.memory.view().getBigInt64(this.addressOf(counter), true));
  }
}

/** The counters of one emitted function: locals in the loop, added to the memory at its end. */
export class RowCounters {
  private readonly emitter: FunctionEmitter;
  private readonly rows: OperatorRows;
  private readonly locals = new Map<number, Local>();

  constructor(emitter: FunctionEmitter, rows: OperatorRows) {
    this.emitter = emitter;
    this.rows = rows;
  }

  /** Counts the row in flight as one that leaves the operator. */
  count(operator: number): void {
    const local = this.localOf(operator);
    this.emitter.code.get(local).i64(1n).op("i64.add").set(local);
  }

  /** Counts the row where an `i32` local is 1, not where it is 0. */
  add(counter: number, one: Local): void {
    const local = this.localOf(counter);
    this.emitter.code.get(local).get(one).op("i64.extend_i32_u").op("i64.add").set(local);
  }

  private localOf(counter: number): Local {
    const local = this.locals.get(counter) ?? this.emitter.code.lasting("i64");
    this.locals.set(counter, local);
    return local;
  }

  /** Stands where the function ends. */
  emitEnd(): void {
    const { code } = this.emitter;
    for (const [operator, local] of this.locals) {
      const address = this.rows.addressOf(operator);
      code
        .i32(address)
        .i32(address)
        .memory("i64.load")
        .get(local)
        .op("i64.add")
        .memory("i64.store");
    }
  }
}
