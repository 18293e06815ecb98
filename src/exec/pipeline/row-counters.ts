import type { LinearMemory } from "../../columnar/linear-memory.ts";
import type { Local } from "../../wasm/function-builder.ts";
import type { FunctionEmitter } from "../code/function-emitter.ts";

/** How many rows left each operator of a task's plan, counted in memory by the compiled loops. */
export class OperatorRows {
  private readonly memory: LinearMemory;
  private readonly address: number;
  private readonly operators: number;

  /** `address`: `operators` × 8 bytes. */
  constructor(memory: LinearMemory, address: number, operators: number) {
    this.memory = memory;
    this.address = address;
    this.operators = operators;
    memory.u8().fill(0, address, address + operators * 8);
  }

  addressOf(operator: number): number {
    return this.address + operator * 8;
  }

  add(operator: number, rows: number): void {
    const view = this.memory.view();
    const at = this.addressOf(operator);
    view.setBigInt64(at, view.getBigInt64(at, true) + BigInt(rows), true);
  }

  read(): readonly number[] {
    const view = this.memory.view();
    return Array.from({ length: this.operators }, (_, i) =>
      Number(view.getBigInt64(this.addressOf(i), true)),
    );
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
    const { code } = this.emitter;
    const local = this.locals.get(operator) ?? code.local("i64");
    this.locals.set(operator, local);
    code.get(local).i64(1n).op("i64.add").set(local);
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
