import {
  BOOLEAN,
  type DataType,
  DOUBLE,
  dayTimeInterval,
  LONG,
  yearMonthInterval,
} from "../../columnar/data-type.ts";
import { isInterval, isNumeric } from "../../columnar/type-class.ts";
import { registerOf } from "../../columnar/vector.ts";
import type { Local } from "../../wasm/function-builder.ts";
import { decimalOutOfRange } from "../arithmetic-errors.ts";
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
import { decimalOf } from "../decimal/decimal-call.ts";
import { emitDivideHalfUp } from "../decimal/decimal-quotient.ts";
import { boundedDecimal } from "../decimal/decimal-types.ts";
import { emitAsWide, emitIsOverflow } from "../decimal/emit-int128.ts";
import { requireArguments } from "../type-mismatch.ts";
import { boundedDecimalSum, emitDecimalAddition, emitLongAddition } from "./decimal-sum-state.ts";
import { emitSumOverflow } from "./emit-sum-overflow.ts";
import { finishSlot } from "./finish-slot.ts";
import { notSummable } from "./not-summable.ts";

function resolve(args: readonly Argument[], context: ResolveContext): Signature {
  requireArguments(args, context, 1);
  const type = args[0]?.type ?? DOUBLE;
  if (type.kind === "decimal")
    return {
      args: [type],
      type: boundedDecimal(type.precision + 4, type.scale + 4),
      nullable: true,
    };
  if (isInterval(type)) return { args: [type], type: averageInterval(type), nullable: true };
  if (!isNumeric(type) && !["string", "null", "timestamp"].includes(type.kind))
    throw notSummable(args, context);
  return { args: [DOUBLE], type: DOUBLE, nullable: true };
}

function averageInterval(type: DataType): DataType {
  return type.kind === "year_month_interval" ? yearMonthInterval() : dayTimeInterval();
}

/** What the values are summed in. */
function sumTypeOf(call: CallFacts): DataType {
  const type = call.args[0]?.type ?? DOUBLE;
  if (type.kind === "decimal") return boundedDecimal(type.precision + 10, type.scale);
  return isInterval(type) ? LONG : DOUBLE;
}

function emitAdd(
  context: EmitContext,
  [sum, count, overflowed]: readonly StateSlot[],
  value: Evaluated,
  call: CallFacts,
  pushCount: () => void,
): void {
  const { code } = context;
  if (!sum || !count) return;
  if (overflowed) emitLongAddition(context, sum, overflowed, value, call.ansi ? "try_avg" : null);
  else if (sum.type.kind === "decimal") emitDecimalAddition(context, sum, value);
  else {
    sum.load();
    if (sum.type.kind === "double") code.get(value.value).op("f64.add");
    else emitIntervalAddition(context, value.value, call);
    sum.store();
  }
  count.load();
  pushCount();
  code.op("i64.add");
  count.store();
}

/** Takes the sum so far from the stack and pushes the new one. */
function emitIntervalAddition(context: EmitContext, value: Local, call: CallFacts): void {
  const { code } = context;
  const [before, added, sum] = [code.local("i64"), code.local("i64"), code.local("i64")];
  code.set(before).get(value);
  if (value.type === "i32") code.op("i64.extend_i32_s");
  code.tee(added).get(before).op("i64.add").set(sum);
  emitSumOverflow(context, before, added, sum, call);
  code.get(sum);
}

function finish(
  context: EmitContext,
  [sum, count, overflowed]: readonly StateSlot[],
  call: CallFacts,
): Evaluated {
  const { code } = context;
  const value = code.local(registerOf(call.type));
  const isNull = code.local("i32");
  const rows = code.local("i64");
  if (!sum || !count) return { value, isNull };
  count.load();
  code.tee(rows).op("i64.eqz").tee(isNull).op("i32.eqz");
  code.if(() => {
    const total = code.local(registerOf(sum.type));
    sum.load();
    code.set(total);
    if (call.type.kind === "decimal") emitDecimalAverage(context, sum, total, rows, call, isNull);
    else if (call.type.kind === "double")
      code.get(total).get(rows).op("f64.convert_i64_s").op("f64.div");
    else {
      emitDivideHalfUp(context, total, rows);
      if (call.type.kind === "year_month_interval") code.op("i32.wrap_i64");
    }
    code.set(value);
  });
  if (overflowed) {
    overflowed.load();
    code.get(isNull).op("i32.or").set(isNull);
  }
  return { value, isNull };
}

/** Leaves the quotient on the stack; one that the type cannot hold is an error in ANSI mode, else null. */
function emitDecimalAverage(
  context: EmitContext,
  sum: StateSlot,
  total: Local,
  rows: Local,
  call: CallFacts,
  isNull: Local,
): void {
  const { code } = context;
  const wide = code.local("v128");
  const { scale, precision } = decimalOf(call.type);
  const dividend = emitAsWide(context, total);
  const divisor = emitAsWide(context, rows);
  code.get(dividend).get(divisor);
  code.i32(scale - decimalOf(sum.type).scale).i32(precision);
  context.kernel("decimalDivide");
  code.set(wide);
  emitIsOverflow(code, wide);
  code.if(() => {
    if (call.ansi) emitOverflow(context, sum, total, call);
    else code.i32(1).set(isNull);
  });
  code.get(wide);
  if (precision <= 18) code.extractI64(0);
}

function emitOverflow(context: EmitContext, sum: StateSlot, total: Local, call: CallFacts): void {
  context.failWith([{ local: total, type: sum.type }], (unscaled) =>
    decimalOutOfRange(unscaled as bigint, decimalOf(sum.type).scale, decimalOf(call.type)),
  );
}

const KERNEL: SlotAggregate = {
  kind: "slots",
  state: (call) => [
    { name: "sum", type: sumTypeOf(call), nullable: false },
    { name: "count", type: LONG, nullable: false },
    ...(boundedDecimalSum(call) ? [] : [{ name: "overflowed", type: BOOLEAN, nullable: false }]),
  ],
  update: (context, state, [arg], call) => {
    if (arg) emitAdd(context, state, arg, call, () => context.code.i64(1n));
  },
  gives: {
    sum: (context, [sum, count, overflowed]) => {
      const value = context.code.local(registerOf(sum?.type ?? DOUBLE));
      const isNull = context.code.local("i32");
      sum?.load();
      context.code.set(value);
      count?.load();
      context.code.op("i64.eqz").set(isNull);
      const flag = overflowed && finishSlot(context, overflowed, false);
      return flag ? [{ value, isNull }, flag] : [{ value, isNull }];
    },
    count: (context, [, count]) => [finishSlot(context, count, false)],
  },
  merge: (context, state, [sum, count, fromOverflowed], call) => {
    const overflowed = state[2];
    if (overflowed && fromOverflowed) {
      overflowed.load();
      context.code.get(fromOverflowed.value).op("i32.or");
      overflowed.store();
    }
    if (sum && count) emitAdd(context, state, sum, call, () => context.code.get(count.value));
  },
  finish,
};

export const AVG: AggregateBuiltin = {
  kind: "aggregate",
  name: "avg",
  aliases: ["mean"],
  resolve,
  kernel: KERNEL,
  examples: [
    { sql: "SELECT avg(col) FROM VALUES (1), (2), (3) AS tab(col)", rows: ["2.0"] },
    { sql: "SELECT avg(col) FROM VALUES (1), (2), (NULL) AS tab(col)", rows: ["1.5"] },
    { sql: "SELECT avg(col) FROM VALUES (1.0), (2.0), (2.0) AS tab(col)", rows: ["1.66667"] },
  ],
};
