import type { SlotAggregate, StateSlot } from "../../builtins/builtin.ts";
import { registerOf } from "../../columnar/vector.ts";
import type { Local } from "../../wasm/function-builder.ts";
import type { TupleLayout } from "../breaker/tuple-layout.ts";
import type { ByteHeap } from "../byte-heap.ts";
import type { FunctionEmitter } from "../code/function-emitter.ts";
import type { TaskSettings } from "../task-spec.ts";
import type { AggregateCode, PlannedAggregate } from "./aggregate-code.ts";
import { factsOf } from "./aggregate-kernel.ts";
import { slotOf, stateId } from "./state-slot.ts";
import { whereFilterPasses, whereNotNull } from "./update-guards.ts";

/** An aggregate whose state lies in the tuples of its groups. */
export function slotCode(
  { call, state }: PlannedAggregate,
  kernel: SlotAggregate,
  settings: TaskSettings,
): AggregateCode {
  const facts = factsOf(call, settings.timeZone);
  const columns = kernel.state(facts);
  const fields = columns.map((column, i) => ({
    id: stateId(state, i),
    type: column.type,
    nullable: column.nullable,
  }));
  const slots = (
    emitter: FunctionEmitter,
    group: Local,
    layout: TupleLayout,
    bytes: ByteHeap | null,
  ): StateSlot[] => fields.map((f) => slotOf(emitter, group, layout.field(f.id), bytes));
  return {
    fields,
    initialize(emitter, group, layout) {
      for (const f of fields) {
        const { nullOffset } = layout.field(f.id);
        if (nullOffset >= 0) emitter.code.get(group).i32(1).memory("i32.store8", nullOffset);
      }
    },
    update(row, group, layout, bytes) {
      whereFilterPasses(row, call, () => {
        const args = call.args.map((arg) => row.scope.evaluate(arg));
        whereNotNull(row.emitter, kernel.updatesOnNull ? [] : args, (present) => {
          kernel.update(
            row.emitter,
            slots(row.emitter, group, layout, bytes),
            present ? args.map((a) => ({ value: a.value, isNull: null })) : args,
            facts,
          );
        });
      });
    },
    merge(row, group, layout, bytes) {
      const from = state.map((attribute) => row.scope.attribute(attribute.id));
      kernel.merge(row.emitter, slots(row.emitter, group, layout, bytes), from, facts);
    },
    stateOf(emitter, group, layout) {
      return slots(emitter, group, layout, null).map((slot, i) => {
        const { code } = emitter;
        const value = code.local(registerOf(slot.type));
        slot.load();
        code.set(value);
        if (!columns[i]?.nullable) return { value, isNull: null };
        const isNull = code.local("i32");
        slot.loadIsNull();
        code.set(isNull);
        return { value, isNull };
      });
    },
    finish(emitter, group, layout, bytes) {
      return kernel.finish(emitter, slots(emitter, group, layout, bytes), facts);
    },
  };
}
