import type { Evaluated, HostAggregate } from "../../builtins/builtin.ts";
import { BINARY, type DataType, INT } from "../../columnar/data-type.ts";
import { laneOf, registerOf } from "../../columnar/vector.ts";
import type { Local } from "../../wasm/function-builder.ts";
import type { TupleLayout } from "../breaker/tuple-layout.ts";
import type { FunctionEmitter } from "../code/function-emitter.ts";
import { HostCall } from "../code/host-call.ts";
import { writeLane } from "../code/js-value.ts";
import { loadLane } from "../code/lane-access.ts";
import type { TaskSettings } from "../task-spec.ts";
import type { AggregateCode, PlannedAggregate } from "./aggregate-code.ts";
import { factsOf } from "./aggregate-kernel.ts";
import { stateId } from "./state-slot.ts";
import { whereFilterPasses, whereNotNull } from "./update-guards.ts";

/** The state is an index into `states`, from 1; 0: none yet. */
export function hostCode(
  { call, state }: PlannedAggregate,
  kernel: HostAggregate,
  settings: TaskSettings,
): AggregateCode {
  const facts = factsOf(call, settings.timeZone);
  const aggregate = kernel.prepare(facts);
  const states: unknown[] = [];
  const id = stateId(state, 0);
  const stateAt = (handle: number): unknown =>
    handle === 0 ? aggregate.create() : states[handle - 1];
  const keep = (handle: number, next: unknown): number => {
    if (handle === 0) return states.push(next);
    states[handle - 1] = next;
    return handle;
  };
  const storeHandle = (emitter: FunctionEmitter, group: Local, offset: number): void => {
    const handle = emitter.code.local("i32");
    emitter.code.set(handle).get(group).get(handle).memory("i32.store", offset);
  };
  const result = (
    emitter: FunctionEmitter,
    group: Local,
    layout: TupleLayout,
    type: DataType,
    compute: (handle: number) => unknown,
  ): Evaluated => {
    const { code, module } = emitter;
    const { memory, rowHeap } = module.runtime;
    const scratch = module.scratch(16);
    const host = module.host(["i32"], ["i32"], (handle: number) => {
      const value = compute(handle);
      if (value === null || value === undefined) return 1;
      writeLane(memory, (n) => rowHeap.allocate(n), type, laneOf(type), scratch, value);
      return 0;
    });
    const isNull = code.local("i32");
    const value = code.local(registerOf(type));
    code.get(group).memory("i32.load", layout.field(id).offset).call(host).set(isNull);
    code.i32(scratch);
    loadLane(code, laneOf(type), registerOf(type));
    code.set(value);
    return { value, isNull };
  };
  return {
    fields: [{ id, type: INT, nullable: false }],
    initialize() {},
    update(row, group, layout) {
      whereFilterPasses(row, call, () => {
        const { emitter } = row;
        const args = call.args.map((arg) => row.scope.evaluate(arg));
        whereNotNull(emitter, kernel.updatesOnNull ? [] : args, () => {
          const nullable = kernel.updatesOnNull === true;
          const host = new HostCall(emitter.module, [
            { type: INT, nullable: false },
            ...facts.args.map((arg) => ({ type: arg.type, nullable })),
          ]);
          const update = host.import(["i32"], (handle, ...values) =>
            keep(handle as number, aggregate.update(stateAt(handle as number), ...values)),
          );
          const { offset } = layout.field(id);
          emitter.code.get(group).memory("i32.load", offset);
          args.forEach((arg, i) => {
            host.pushArgument(emitter.code, i + 1, arg);
          });
          emitter.code.call(update);
          storeHandle(emitter, group, offset);
        });
      });
    },
    merge(row, group, layout) {
      const { emitter } = row;
      const from = row.scope.attribute(id);
      whereNotNull(emitter, [from], () => {
        const host = new HostCall(emitter.module, [
          { type: INT, nullable: false },
          { type: BINARY, nullable: false },
        ]);
        const merge = host.import(["i32"], (handle, bytes) =>
          keep(handle as number, aggregate.merge(stateAt(handle as number), bytes as Uint8Array)),
        );
        const { offset } = layout.field(id);
        emitter.code.get(group).memory("i32.load", offset);
        host.pushArgument(emitter.code, 1, { value: from.value, isNull: null });
        emitter.code.call(merge);
        storeHandle(emitter, group, offset);
      });
    },
    stateOf(emitter, group, layout) {
      return [
        result(emitter, group, layout, BINARY, (handle) =>
          handle === 0 ? null : aggregate.serialize(stateAt(handle)),
        ),
      ];
    },
    finish(emitter, group, layout) {
      return result(emitter, group, layout, facts.type, (handle) =>
        aggregate.finish(stateAt(handle)),
      );
    },
  };
}
