import { toLiteralJson } from "../columnar/literal-json.ts";
import { laneOf } from "../columnar/vector.ts";
import { present } from "../common/assert.ts";
import type { Expression, Literal } from "../plan/expression.ts";
import { typeOf } from "../plan/expression-type.ts";
import { FunctionEmitter } from "./code/function-emitter.ts";
import { readLane } from "./code/js-value.ts";
import { storeLane } from "./code/lane-access.ts";
import { ModuleEmitter } from "./code/module-emitter.ts";
import { executionError } from "./execution-error.ts";
import { RowScope } from "./pipeline/row-scope.ts";
import type { TaskSettings } from "./task-spec.ts";
import { WorkerRuntime } from "./worker-runtime.ts";

const PLANNING_MEMORY_BYTES = 1 << 28;

let planning: WorkerRuntime | undefined;

/** The value of an expression without attributes, by the same compiler that tasks use. Throws as tasks do. */
export function evaluateConstant(expression: Expression, settings: TaskSettings): Literal {
  planning ??= new WorkerRuntime(PLANNING_MEMORY_BYTES);
  const { memory, rowHeap } = planning;
  const arena = memory.arena();
  try {
    const module = new ModuleEmitter(planning, arena);
    const emitter = new FunctionEmitter(module, [], ["i32"], "evaluate");
    const { code } = emitter;
    const type = typeOf(expression);
    const target = module.scratch(16);
    const { value, isNull } = new RowScope(emitter, settings).evaluate(expression);
    code.i32(target).get(value);
    storeLane(code, laneOf(type));
    if (isNull) code.get(isNull);
    else code.i32(0);
    const nothing = present(module.instantiate()["evaluate"], "evaluate")() === 1;
    const result = nothing ? null : readLane(memory, type, laneOf(type), target);
    return Object.freeze({ kind: "literal", type, value: toLiteralJson(type, result) });
  } catch (thrown) {
    throw executionError(thrown);
  } finally {
    arena.reset();
    rowHeap.reset();
  }
}
