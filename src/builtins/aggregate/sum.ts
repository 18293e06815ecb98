import {
  type DataType,
  DOUBLE,
  dayTimeInterval,
  LONG,
  yearMonthInterval,
} from "../../columnar/data-type.ts";
import { isIntegral } from "../../columnar/type-class.ts";
import type { Local } from "../../wasm/function-builder.ts";
import type {
  AggregateBuiltin,
  Argument,
  CallFacts,
  EmitContext,
  Evaluated,
  ResolveContext,
  Signature,
  SlotAggregate,
  StateSlot,
} from "../builtin.ts";
import { boundedDecimal } from "../decimal/decimal-types.ts";
import { requireArguments } from "../type-mismatch.ts";
import { boundedDecimalSum, emitDecimalAddition, longDecimalSum } from "./decimal-sum-state.ts";
import { emitSumOverflow } from "./emit-sum-overflow.ts";
import { finishSlot } from "./finish-slot.ts";
import { mergeUnlessNull } from "./merge-unless-null.ts";
import { notSummable } from "./not-summable.ts";

function resolve(args: readonly Argument[], context: ResolveContext): Signature {
  requireArguments(args, context, 1);
  const type = args[0]?.type ?? LONG;
  const summed = summedType(type);
  if (!summed) throw notSummable(args, context);
  return { ...summed, nullable: true };
}

function summedType(type: DataType): Pick<Signature, "args" | "type"> | null {
  if (type.kind === "decimal")
    return { args: [type], type: boundedDecimal(type.precision + 10, type.scale) };
  if (type.kind === "year_month_interval")
    return { args: [type], type: yearMonthInterval(type.start, type.end) };
  if (type.kind === "day_time_interval")
    return { args: [type], type: dayTimeInterval(type.start, type.end) };
  if (isIntegral(type)) return { args: [LONG], type: LONG };
  return ["float", "double", "string", "null", "timestamp"].includes(type.kind)
    ? { args: [DOUBLE], type: DOUBLE }
    : null;
}

/** Adds the value of a local to the sum in a slot. */
function emitAddition(
  context: EmitContext,
  slot: StateSlot,
  addition: Evaluated,
  call: CallFacts,
): void {
  const { code } = context;
  const { value } = addition;
  if (call.type.kind === "decimal") {
    emitDecimalAddition(context, slot, addition);
    return;
  }
  if (value.type === "f64") {
    slot.load();
    code.get(value).op("f64.add");
    slot.store();
    return;
  }
  const before = code.local("i64");
  const sum = code.local("i64");
  const added = asLong(context, value);
  slot.load();
  if (value.type === "i32") code.op("i64.extend_i32_s");
  code.tee(before).get(added).op("i64.add").set(sum);
  emitSumOverflow(context, before, added, sum, call);
  code.get(sum);
  if (value.type === "i32") code.op("i32.wrap_i64");
  slot.store();
}

function asLong(context: EmitContext, value: Local): Local {
  if (value.type === "i64") return value;
  const wide = context.code.local("i64");
  context.code.get(value).op("i64.extend_i32_s").set(wide);
  return wide;
}

const PLAIN: SlotAggregate = {
  kind: "slots",
  state: ({ type }) => [{ name: "sum", type, nullable: true }],
  update: (context, [sum], [arg], call) => {
    if (!sum || !arg) return;
    emitAddition(context, sum, arg, call);
    context.code.i32(0);
    sum.storeIsNull();
  },
  merge: (context, [sum], [from], call) =>
    mergeUnlessNull(context, from, (value) => {
      if (!sum) return;
      emitAddition(context, sum, value, call);
      context.code.i32(0);
      sum.storeIsNull();
    }),
  finish: (context, [sum]) => finishSlot(context, sum, true),
};

export const SUM: AggregateBuiltin = {
  kind: "aggregate",
  name: "sum",
  resolve,
  kernel: (call) => (boundedDecimalSum(call) ? PLAIN : longDecimalSum(call)),
  examples: [
    { sql: "SELECT sum(col) FROM VALUES (5), (10), (15) AS tab(col)", rows: ["30"] },
    { sql: "SELECT sum(col) FROM VALUES (NULL), (10), (15) AS tab(col)", rows: ["25"] },
    { sql: "SELECT sum(col) FROM VALUES (NULL), (NULL) AS tab(col)", rows: ["NULL"] },
  ],
};
