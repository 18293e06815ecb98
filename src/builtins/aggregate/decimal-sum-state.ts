import { BOOLEAN } from "../../columnar/data-type.ts";
import type { Local } from "../../wasm/function-builder.ts";
import { arithmeticOverflow } from "../arithmetic-errors.ts";
import type { CallFacts, EmitContext, Evaluated, SlotAggregate, StateSlot } from "../builtin.ts";
import { decimalOf } from "../decimal/decimal-call.ts";
import { powerOf10 } from "../decimal/decimal-rounding.ts";
import { emitAddWide, emitAsWide, emitLessWide } from "../decimal/emit-int128.ts";
import { mergeUnlessNull } from "./merge-unless-null.ts";

/** Sums of up to 28 digits have ten digits to spare: no number of rows overflows them. */
export function boundedDecimalSum(call: CallFacts): boolean {
  const [argument] = call.args;
  return argument?.type.kind !== "decimal" || argument.type.precision <= 28;
}

/** Adds a decimal to the sum in a slot, wrapping. */
export function emitDecimalAddition(context: EmitContext, slot: StateSlot, added: Evaluated): void {
  const { code } = context;
  const value = added.narrow ?? added.value;
  if (decimalOf(slot.type).precision <= 18) {
    slot.load();
    code.get(value).op("i64.add");
    slot.store();
    return;
  }
  if (value.type === "i64") {
    slot.addNarrow(value);
    return;
  }
  const before = code.local("v128");
  slot.load();
  code.set(before);
  emitAddWide(code, before, value);
  slot.store();
}

/** A sum of long decimals: 38 digits may not hold it, then it fails under ANSI, else it is null for good. */
export function longDecimalSum(call: CallFacts): SlotAggregate {
  const type = decimalOf(call.type);
  const tryFunction = call.ansi ? "try_sum" : null;
  return {
    kind: "slots",
    state: () => [
      { name: "sum", type, nullable: true },
      { name: "overflowed", type: BOOLEAN, nullable: false },
    ],
    update: (context, [sum, overflowed], [arg]) => {
      if (!sum || !overflowed || !arg) return;
      emitLongAddition(context, sum, overflowed, arg, tryFunction);
      context.code.i32(0);
      sum.storeIsNull();
    },
    merge: (context, [sum, overflowed], [from, fromOverflowed]) => {
      if (!sum || !overflowed || !fromOverflowed) return;
      overflowed.load();
      context.code.get(fromOverflowed.value).op("i32.or");
      overflowed.store();
      mergeUnlessNull(context, from, (added) => {
        emitLongAddition(context, sum, overflowed, added, tryFunction);
        context.code.i32(0);
        sum.storeIsNull();
      });
    },
    finish: (context, [sum, overflowed]) => finish(context, sum, overflowed),
  };
}

/**
 * Adds to a sum of long decimals, which fails beyond 38 digits or, without a `tryFunction` to tell of, sets `overflowed`.
 * Numbers of 64 bits do not reach 38 digits in as many rows as a task can have.
 */
export function emitLongAddition(
  context: EmitContext,
  sum: StateSlot,
  overflowed: StateSlot,
  added: Evaluated,
  tryFunction: string | null,
): void {
  if (added.narrow) emitDecimalAddition(context, sum, added);
  else emitCheckedAddition(context, sum, overflowed, added.value, tryFunction);
}

function finish(
  context: EmitContext,
  sum: StateSlot | undefined,
  overflowed: StateSlot | undefined,
): Evaluated {
  const { code } = context;
  const value = code.local("v128");
  const isNull = code.local("i32");
  sum?.load();
  code.set(value);
  sum?.loadIsNull();
  overflowed?.load();
  code.op("i32.or").set(isNull);
  return { value, isNull };
}

function emitCheckedAddition(
  context: EmitContext,
  sum: StateSlot,
  overflowed: StateSlot,
  value: Local,
  tryFunction: string | null,
): void {
  const { code } = context;
  const before = code.local("v128");
  const after = code.local("v128");
  const added = emitAsWide(context, value);
  sum.load();
  code.set(before);
  emitAddWide(code, before, added);
  code.set(after);
  emitIsOutOfRange(context, before, added, after);
  code.if(() => {
    if (tryFunction !== null)
      context.fail(() => arithmeticOverflow("Overflow in sum of decimals", tryFunction));
    else {
      code.i32(1);
      overflowed.store();
    }
  });
  code.get(after);
  sum.store();
}

/** Pushes 1 where a sum has more than 38 digits or did not fit 128 bits. */
function emitIsOutOfRange(context: EmitContext, a: Local, b: Local, sum: Local): void {
  const { code } = context;
  const limit = code.local("v128");
  const low = code.local("v128");
  code.v128(powerOf10(38) - 1n).set(limit);
  code.v128(1n - powerOf10(38)).set(low);
  emitLessWide(code, limit, sum);
  emitLessWide(code, sum, low);
  code.op("i32.or");
  for (const side of [a, b]) code.get(side).extractI64(1).get(sum).extractI64(1).op("i64.xor");
  code.op("i64.and").i64(0n).op("i64.lt_s").op("i32.or");
}
