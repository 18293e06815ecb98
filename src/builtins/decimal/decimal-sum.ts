import type { DecimalType } from "../../columnar/data-type.ts";
import type { Local } from "../../wasm/function-builder.ts";
import type { CallFacts, EmitContext } from "../builtin.ts";
import { decimalOperands, emitCheckedResult } from "./decimal-call.ts";
import { powerOf10, rescale } from "./decimal-rounding.ts";
import { exactSum } from "./decimal-types.ts";
import {
  emitAddWide,
  emitAsWide,
  emitMultiplyWide,
  emitNegateWide,
  emitSubtractWide,
  emitWiden,
} from "./emit-int128.ts";

type SumOperator = "+" | "-";

/** Pushes a + b or a − b of decimals in the call's type, exact or rounded half up where the type has fewer digits. */
export function emitDecimalSum(
  context: EmitContext,
  operator: SumOperator,
  a: Local,
  b: Local,
  call: CallFacts,
  isNull: Local | null,
): void {
  const { left, right, result } = decimalOperands(call);
  const exact = exactSum(left, right);
  if (exact.precision > 38) {
    emitRoundedSum(context, operator, a, b, call, isNull);
    return;
  }
  const first = emitAtScale(context, a, left, exact.scale);
  const second = emitAtScale(context, b, right, exact.scale);
  if (first.type === "i64" && second.type === "i64")
    emitNarrowSum(context, operator, first, second, result);
  else {
    const emit = operator === "+" ? emitAddWide : emitSubtractWide;
    emit(context.code, emitAsWide(context, first), emitAsWide(context, second));
  }
}

function emitNarrowSum(
  context: EmitContext,
  operator: SumOperator,
  a: Local,
  b: Local,
  result: DecimalType,
): void {
  const { code } = context;
  code
    .get(a)
    .get(b)
    .op(operator === "+" ? "i64.add" : "i64.sub");
  if (result.precision <= 18) return;
  const sum = code.local("i64");
  code.set(sum);
  emitWiden(code, sum);
}

/** The operand multiplied up to a scale: an `i64` local where 18 digits hold every value, else `v128`. */
export function emitAtScale(
  context: EmitContext,
  value: Local,
  type: DecimalType,
  scale: number,
): Local {
  const { code } = context;
  const up = scale - type.scale;
  if (up === 0) return value;
  if (type.precision + up <= 18) {
    const scaled = code.local("i64");
    code.get(value).i64(powerOf10(up)).op("i64.mul").set(scaled);
    return scaled;
  }
  const scaled = code.local("v128");
  if (value.type === "i64" && up <= 18) {
    const factor = code.local("i64");
    code.i64(powerOf10(up)).set(factor);
    emitMultiplyWide(code, value, factor);
  } else {
    code.get(emitAsWide(context, value)).i32(up).i32(0).i32(38);
    context.kernel("decimalRescale");
  }
  code.set(scaled);
  return scaled;
}

function emitRoundedSum(
  context: EmitContext,
  operator: SumOperator,
  a: Local,
  b: Local,
  call: CallFacts,
  isNull: Local | null,
): void {
  const { code } = context;
  const { left, right, result } = decimalOperands(call);
  const scale = Math.max(left.scale, right.scale);
  const sum = code.local("v128");
  const second = emitAsWide(context, b);
  code.get(emitAsWide(context, a)).i32(scale - left.scale);
  if (operator === "+") code.get(second);
  else emitNegateWide(code, second);
  code
    .i32(scale - right.scale)
    .i32(scale - result.scale)
    .i32(result.precision);
  context.kernel("decimalAdd");
  code.set(sum);
  emitCheckedResult(context, sum, [a, b], call, isNull, (x, y) => {
    const first = rescale(x, left.scale, scale);
    const other = rescale(y, right.scale, scale);
    return { unscaled: operator === "+" ? first + other : first - other, scale };
  });
}
