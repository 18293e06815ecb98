import { isInterval } from "../../columnar/type-class.ts";
import type { Local } from "../../wasm/function-builder.ts";
import { arithmeticOverflow } from "../arithmetic-errors.ts";
import type { CallFacts, EmitContext } from "../builtin.ts";
import { intervalOverflow } from "../datetime/interval-errors.ts";
import { emitLongOverflow } from "../operator/integer-arithmetic.ts";

/** Fails where a sum of integers (under ANSI) or of intervals, of `i64` locals, does not fit the call's type. */
export function emitSumOverflow(
  context: EmitContext,
  before: Local,
  added: Local,
  sum: Local,
  call: CallFacts,
): void {
  const { code } = context;
  const interval = isInterval(call.type);
  if (!call.ansi && !interval) return;
  if (call.type.kind === "year_month_interval")
    code.get(sum).get(sum).op("i64.extend32_s").op("i64.ne");
  else emitLongOverflow(context, "+", before, added, sum);
  code.if(() => context.fail(() => overflow(call)));
}

function overflow({ type }: CallFacts): Error {
  return isInterval(type)
    ? intervalOverflow("try_add")
    : arithmeticOverflow("long overflow", "try_add");
}
