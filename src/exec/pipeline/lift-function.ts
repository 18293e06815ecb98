import { laneOf, registerOf, type Vector } from "../../columnar/vector.ts";
import type { Attribute, Expression } from "../../plan/expression.ts";
import { typeOf } from "../../plan/expression-type.ts";
import type { Local } from "../../wasm/function-builder.ts";
import { FunctionEmitter } from "../code/function-emitter.ts";
import { loadLane, storeLane } from "../code/lane-access.ts";
import type { ModuleEmitter } from "../code/module-emitter.ts";
import type { TaskSettings } from "../task-spec.ts";
import { RowScope } from "./row-scope.ts";
import { indexLane } from "./vector-access.ts";

/** An expression and the one column that it is over. */
export interface LiftSubject {
  readonly expression: Expression;
  readonly attribute: Attribute;
  readonly vector: Vector;
}

/**
 * Emits a function (dictionary, size, count, values, nulls) that evaluates entries 0 to `count`; entry `size` is null.
 * Tells whether a result can be null.
 */
export function emitLiftFunction(
  module: ModuleEmitter,
  settings: TaskSettings,
  exportName: string,
  { expression, attribute, vector }: LiftSubject,
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
  const lane = laneOf(typeOf(expression));
  const entry = code.local("i32");
  let nullable = false;
  code.block((done) => {
    code.loop((again) => {
      code.get(entry).get(count).op("i32.ge_u").branchIf(done);
      const scope = new RowScope(emitter, settings);
      scope.bindLoader(attribute.id, () => {
        const value = code.local(registerOf(attribute.type));
        code.get(dictionary).get(entry);
        indexLane(code, vector.lane);
        loadLane(code, vector.lane, value.type);
        code.set(value);
        if (!vector.validity) return { value, isNull: null };
        const isNull = code.local("i32");
        code.get(entry).get(size).op("i32.eq").set(isNull);
        return { value, isNull };
      });
      const result = scope.evaluate(expression);
      nullable = result.isNull !== null;
      code.get(values).get(entry);
      indexLane(code, lane);
      code.get(result.value);
      storeLane(code, lane);
      if (result.isNull)
        code.get(nulls).get(entry).op("i32.add").get(result.isNull).memory("i32.store8");
      code.get(entry).i32(1).op("i32.add").set(entry).branch(again);
    });
  });
  return nullable;
}
