import { registerOf } from "../../columnar/vector.ts";
import type { EmitContext, Evaluated, StateSlot } from "../builtin.ts";

/** A state column as the result, with its null where it is nullable. */
export function finishSlot(
  context: EmitContext,
  slot: StateSlot | undefined,
  nullable: boolean,
): Evaluated {
  const { code } = context;
  const value = code.local(slot ? registerOf(slot.type) : "i32");
  const isNull = nullable ? code.local("i32") : null;
  if (!slot) return { value, isNull };
  slot.load();
  code.set(value);
  if (isNull) {
    slot.loadIsNull();
    code.set(isNull);
  }
  return { value, isNull };
}
