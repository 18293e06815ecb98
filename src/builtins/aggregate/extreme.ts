import { type DataType, isNested } from "../../columnar/data-type.ts";
import { registerOf } from "../../columnar/vector.ts";
import type { Local } from "../../wasm/function-builder.ts";
import type {
  AggregateBuiltin,
  EmitContext,
  Example,
  HostAggregate,
  SlotAggregate,
  StateSlot,
} from "../builtin.ts";
import { isOrderable } from "../operator/comparison-type.ts";
import { emitLess } from "../operator/emit-comparison.ts";
import { requireArguments, unorderableArgument } from "../type-mismatch.ts";
import { valueComparator } from "../value-order.ts";
import { finishSlot } from "./finish-slot.ts";
import { decodeState, encodeState } from "./host-state.ts";
import { mergeUnlessNull } from "./merge-unless-null.ts";

type Which = "min" | "max";

/** Pushes 1 where `value` is to replace `best`. */
export function emitIsBetter(
  context: EmitContext,
  which: Which,
  type: DataType,
  value: Local,
  best: Local,
): void {
  if (which === "min") emitLess(context, type, value, best);
  else emitLess(context, type, best, value);
}

/** Strings and nested values must be copied out of the batch to stay. */
export function emitStore(slot: StateSlot): void {
  if (["string", "binary"].includes(slot.type.kind) || isNested(slot.type)) slot.storeCopy();
  else slot.store();
}

function emitTake(context: EmitContext, which: Which, slot: StateSlot, value: Local): void {
  const { code } = context;
  const best = code.local(registerOf(slot.type));
  slot.loadIsNull();
  code.if(
    () => code.i32(1),
    () => {
      slot.load();
      code.set(best);
      emitIsBetter(context, which, slot.type, value, best);
    },
    "i32",
  );
  code.if(() => {
    code.get(value);
    emitStore(slot);
    code.i32(0);
    slot.storeIsNull();
  });
}

function slots(which: Which): SlotAggregate {
  return {
    kind: "slots",
    state: ({ type }) => [{ name: which, type, nullable: true }],
    update: (context, [best], [arg]) => {
      if (best && arg) emitTake(context, which, best, arg.value);
    },
    merge: (context, [best], [from]) =>
      mergeUnlessNull(context, from, ({ value }) => {
        if (best) emitTake(context, which, best, value);
      }),
    finish: (context, [best]) => finishSlot(context, best, true),
  };
}

function host(which: Which): HostAggregate {
  return {
    kind: "host",
    prepare: ({ type }) => {
      const compare = valueComparator(type);
      const take = (best: unknown, value: unknown): unknown => {
        if (best === null) return value;
        if (value === null) return best;
        const order = compare(value, best);
        return (which === "min" ? order < 0 : order > 0) ? value : best;
      };
      return {
        create: () => null,
        update: take,
        serialize: (best) => encodeState(type, [best]),
        merge: (best, bytes) => take(best, decodeState(type, bytes)[0] ?? null),
        finish: (best) => best,
      };
    },
  };
}

function extreme(which: Which, examples: readonly Example[]): AggregateBuiltin {
  return {
    kind: "aggregate",
    name: which,
    resolve: (args, context) => {
      requireArguments(args, context, 1);
      const type = args[0]?.type ?? { kind: "null" };
      if (!isOrderable(type))
        throw unorderableArgument(args, ([child = ""]) => `${which}(${child})`, which, type);
      return { args: [type], type, nullable: true };
    },
    kernel: (call) => (isNested(call.type) ? host(which) : slots(which)),
    examples,
  };
}

export const MIN = extreme("min", [
  { sql: "SELECT min(col) FROM VALUES (10), (-1), (20) AS tab(col)", rows: ["-1"] },
]);

export const MAX = extreme("max", [
  { sql: "SELECT max(col) FROM VALUES (10), (50), (20) AS tab(col)", rows: ["50"] },
]);
