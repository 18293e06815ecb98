import type { Evaluated, StateSlot } from "../../builtins/builtin.ts";
import type { DataType } from "../../columnar/data-type.ts";
import { laneOf, registerOf } from "../../columnar/vector.ts";
import { assert, impossible, present } from "../../common/assert.ts";
import type { Attribute } from "../../plan/expression.ts";
import type { Local } from "../../wasm/function-builder.ts";
import { pushRefCopy, type TupleField } from "../breaker/tuple-layout.ts";
import type { ByteHeap } from "../byte-heap.ts";
import type { FunctionEmitter } from "../code/function-emitter.ts";
import { loadLane, storeLane } from "../code/lane-access.ts";

/** The id of the attribute that carries a state column. */
export function stateId(state: readonly Attribute[], i: number): number {
  return present(state[i], "state attribute").id;
}

/** A state column in the tuple of the group that `group` points to. Without `bytes` it is only read. */
export function slotOf(
  emitter: FunctionEmitter,
  group: Local,
  field: TupleField,
  bytes: ByteHeap | null,
): StateSlot {
  const { code } = emitter;
  const lane = laneOf(field.type);
  return {
    type: field.type,
    load() {
      code.get(group);
      loadLane(code, lane, registerOf(field.type), field.offset);
    },
    store() {
      const value = code.local(registerOf(field.type));
      code.set(value).get(group).get(value);
      storeLane(code, lane, field.offset);
    },
    addNarrow(value) {
      const low = code.local("i64");
      code.get(group).get(group).memory("i64.load", field.offset).get(value).op("i64.add");
      code.tee(low).memory("i64.store", field.offset);
      code
        .get(group)
        .get(group)
        .memory("i64.load", field.offset + 8);
      code.get(value).i64(63n).op("i64.shr_s").op("i64.add");
      code.get(low).get(value).op("i64.lt_u").op("i64.extend_i32_u").op("i64.add");
      code.memory("i64.store", field.offset + 8);
    },
    loadIsNull() {
      code.get(group).memory("i32.load8_u", field.nullOffset);
    },
    storeIsNull() {
      const isNull = code.local("i32");
      code.set(isNull).get(group).get(isNull).memory("i32.store8", field.nullOffset);
    },
    storeCopy() {
      assert(bytes !== null, "A finished state is not written");
      const ref = code.local("i64");
      code.set(ref).get(group);
      pushRefCopy(emitter, ref, bytes);
      code.memory("i64.store", field.offset);
    },
  };
}

/** A slot over a value that is already in locals. */
export function readySlot(
  { code }: FunctionEmitter,
  type: DataType,
  { value, isNull }: Evaluated,
): StateSlot {
  const readOnly = (): never => impossible("A state that is read off another one is not written");
  return {
    type,
    load: () => void code.get(value),
    loadIsNull: () => void (isNull ? code.get(isNull) : code.i32(0)),
    store: readOnly,
    addNarrow: readOnly,
    storeIsNull: readOnly,
    storeCopy: readOnly,
  };
}
