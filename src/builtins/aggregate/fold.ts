import type { Local } from "../../wasm/function-builder.ts";
import type { EmitContext, SlotAggregate, StateSlot } from "../builtin.ts";
import { finishSlot } from "./finish-slot.ts";
import { mergeUnlessNull } from "./merge-unless-null.ts";

/**
 * An aggregate that folds values of its own type with an associative operation: null without rows. `combine` pushes
 * what becomes of the state's local and the value's.
 */
export function foldAggregate(
  combine: (context: EmitContext, state: Local, value: Local) => void,
): SlotAggregate {
  const take = (context: EmitContext, slot: StateSlot, value: Local): void => {
    const { code } = context;
    const state = code.local(value.type);
    slot.loadIsNull();
    code.if(
      () => code.get(value),
      () => {
        slot.load();
        code.set(state);
        combine(context, state, value);
      },
      value.type,
    );
    slot.store();
    code.i32(0);
    slot.storeIsNull();
  };
  return {
    kind: "slots",
    state: ({ type }) => [{ name: "value", type, nullable: true }],
    update: (context, [slot], [arg]) => {
      if (slot && arg) take(context, slot, arg.value);
    },
    merge: (context, [slot], [from]) =>
      mergeUnlessNull(context, from, ({ value }) => {
        if (slot) take(context, slot, value);
      }),
    finish: (context, [slot]) => finishSlot(context, slot, true),
  };
}
