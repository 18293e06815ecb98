import type { Arena } from "../../columnar/linear-memory.ts";
import { assert, present } from "../../common/assert.ts";
import type { Local } from "../../wasm/function-builder.ts";
import { FunctionEmitter } from "../code/function-emitter.ts";
import { ModuleEmitter } from "../code/module-emitter.ts";
import type { RowContext } from "../pipeline/row-context.ts";
import { type OperatorRows, RowCounters } from "../pipeline/row-counters.ts";
import { RowScope } from "../pipeline/row-scope.ts";
import type { TaskSettings } from "../task-spec.ts";
import type { WorkerRuntime } from "../worker-runtime.ts";

/** What a loop over tuples is made of. */
export interface TupleLoopOptions {
  readonly runtime: WorkerRuntime;
  readonly arena: Arena;
  readonly settings: TaskSettings;
  readonly operatorRows: OperatorRows;
  /** Bytes from one tuple to the next; `pointers`: the run holds `u32` addresses of tuples instead. */
  readonly stride: number | "pointers";
  /** Binds the tuple's attributes and writes what is done with each. */
  readonly body: (row: RowContext, pointer: Local) => void;
}

/** One compiled loop over tuples: those between two addresses, or those that a list of addresses names. */
export class TupleLoop {
  private readonly exports: Record<string, (...args: number[]) => number>;

  constructor(options: TupleLoopOptions) {
    const module = new ModuleEmitter(options.runtime, options.arena);
    const emitter = new FunctionEmitter(module, ["i32", "i32"], ["i32"], "run");
    const { code } = emitter;
    const [start, end] = code.params;
    assert(start !== undefined && end !== undefined, "no bounds");
    const counters = new RowCounters(emitter, options.operatorRows);
    const at = code.local("i32");
    const pointer = code.local("i32");
    const stopped = code.local("i32");
    code.get(start).set(at).i32(1).set(stopped);
    code.block((stop) => {
      code.block((done) => {
        code.loop((again) => {
          code.get(at).get(end).op("i32.ge_u").branchIf(done);
          code.get(at);
          if (options.stride === "pointers") code.memory("i32.load");
          code.set(pointer);
          const scope = new RowScope(emitter, options.settings);
          options.body({ emitter, scope, stop, counters }, pointer);
          code.get(at).i32(options.stride === "pointers" ? 4 : options.stride);
          code.op("i32.add").set(at).branch(again);
        });
      });
      code.i32(0).set(stopped);
    });
    counters.emitEnd();
    code.get(stopped);
    this.exports = module.instantiate();
  }

  /** True: no more rows are wanted. */
  run(start: number, end: number): boolean {
    return present(this.exports["run"], "run")(start, end) === 1;
  }
}
