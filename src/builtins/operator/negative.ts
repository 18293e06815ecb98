import { DOUBLE } from "../../columnar/data-type.ts";
import { isFloating, isInterval, isNumeric } from "../../columnar/type-class.ts";
import { registerOf } from "../../columnar/vector.ts";
import type { Local } from "../../wasm/function-builder.ts";
import { arithmeticOverflow } from "../arithmetic-errors.ts";
import type {
  Argument,
  CallFacts,
  EmitContext,
  ResolveContext,
  ScalarBuiltin,
  Signature,
} from "../builtin.ts";
import { intervalPartsOverflow } from "../datetime/interval-errors.ts";
import { emitNegateWide } from "../decimal/emit-int128.ts";
import { requireArguments, unexpectedArgument } from "../type-mismatch.ts";
import { emitTruncate } from "./zero-divisor.ts";

const LOWEST: { readonly [kind: string]: { readonly value: bigint; readonly name: string } } = {
  byte: { value: -128n, name: "byte" },
  short: { value: -32768n, name: "short" },
  int: { value: -(1n << 31n), name: "integer" },
  long: { value: -(1n << 63n), name: "long" },
  year_month_interval: { value: -(1n << 31n), name: "integer" },
  day_time_interval: { value: -(1n << 63n), name: "long" },
};

/** Where the value has no negative: an error under ANSI and for intervals. `ofInterval` makes that of intervals. */
export function emitCheckNegatable(
  context: EmitContext,
  value: Local,
  call: CallFacts,
  ofInterval: () => Error,
): void {
  const lowest = LOWEST[call.type.kind];
  const interval = isInterval(call.type);
  if (!lowest || !(call.ansi || interval)) return;
  const { code } = context;
  if (value.type === "i64") code.get(value).i64(lowest.value).op("i64.eq");
  else code.get(value).i32(Number(lowest.value)).op("i32.eq");
  code.if(() =>
    context.fail(() => (interval ? ofInterval() : arithmeticOverflow(`${lowest.name} overflow`))),
  );
}

/** Pushes −value of any numeric or interval type. */
export function emitNegate(context: EmitContext, value: Local, call: CallFacts): void {
  const { code } = context;
  const register = registerOf(call.type);
  if (register === "v128") emitNegateWide(code, value);
  else if (isFloating(call.type)) code.get(value).op(`${register as "f32" | "f64"}.neg`);
  else if (register === "i64") code.i64(0n).get(value).op("i64.sub");
  else {
    code.i32(0).get(value).op("i32.sub");
    emitTruncate(code, call.type);
  }
}

/** The signature of a sign before a number or an interval; text is read as a double. */
export function resolveSigned(
  args: readonly Argument[],
  context: ResolveContext,
  print: (args: readonly string[]) => string,
): Signature {
  requireArguments(args, context, 1);
  const type = args[0]?.type ?? DOUBLE;
  if (type.kind === "string" || type.kind === "null") return { args: [DOUBLE], type: DOUBLE };
  if (isNumeric(type) || isInterval(type)) return { args: [type], type };
  throw unexpectedArgument(
    args,
    print,
    0,
    '("NUMERIC" or "INTERVAL DAY TO SECOND" or "INTERVAL YEAR TO MONTH" or "INTERVAL")',
  );
}

const print = ([child = ""]: readonly string[]): string => `negative(${child})`;

export const NEGATIVE: ScalarBuiltin = {
  kind: "scalar",
  name: "negative",
  aliases: ["unary -"],
  resolve: (args, context) => resolveSigned(args, context, print),
  kernel: {
    kind: "emit",
    emit: (context, [value], call) => {
      if (!value) return;
      emitCheckNegatable(context, value, call, intervalPartsOverflow);
      emitNegate(context, value, call);
    },
  },
  print,
  examples: [{ sql: "SELECT negative(1)", rows: ["-1"] }],
};
