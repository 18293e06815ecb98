import { assert } from "../../common/assert.ts";
import type { Local } from "../../wasm/function-builder.ts";
import { arithmeticOverflow, binaryArithmeticOverflow } from "../arithmetic-errors.ts";
import type { CallFacts, EmitContext } from "../builtin.ts";
import { emitMultiplyHigh } from "../decimal/emit-int128.ts";

/** The operators that overflow. */
export type IntegerOperator = "+" | "-" | "*";

const INSTRUCTIONS = { "+": "add", "-": "sub", "*": "mul" } as const;
const TRY_FUNCTIONS = { "+": "try_add", "-": "try_subtract", "*": "try_multiply" } as const;

/** Pushes a sum, difference or product of byte, short, int or long: an error on overflow under ANSI, else wrapped. */
export function emitInteger(
  context: EmitContext,
  operator: IntegerOperator,
  a: Local,
  b: Local,
  call: CallFacts,
): void {
  switch (call.type.kind) {
    case "byte":
      emitSmall(context, operator, a, b, call, "i32.extend8_s");
      return;
    case "short":
      emitSmall(context, operator, a, b, call, "i32.extend16_s");
      return;
    case "int":
      emitInt(context, operator, a, b, call.ansi);
      return;
    default:
      assert(call.type.kind === "long", "An integer operator got another type");
      emitLong(context, operator, a, b, call.ansi);
  }
}

function emitSmall(
  context: EmitContext,
  operator: IntegerOperator,
  a: Local,
  b: Local,
  call: CallFacts,
  extend: "i32.extend8_s" | "i32.extend16_s",
): void {
  const { code } = context;
  const result = code.local("i32");
  code.get(a).get(b).op(`i32.${INSTRUCTIONS[operator]}`).set(result);
  if (call.ansi) {
    code.get(result).get(result).op(extend).op("i32.ne");
    code.if(() =>
      context.failWith(
        [
          { local: a, type: call.type },
          { local: b, type: call.type },
        ],
        (x, y) => binaryArithmeticOverflow(`${x}S ${operator} ${y}S`, TRY_FUNCTIONS[operator]),
      ),
    );
  }
  code.get(result).op(extend);
}

function emitInt(
  context: EmitContext,
  operator: IntegerOperator,
  a: Local,
  b: Local,
  ansi: boolean,
): void {
  const { code } = context;
  if (!ansi) {
    code.get(a).get(b).op(`i32.${INSTRUCTIONS[operator]}`);
    return;
  }
  const wide = code.local("i64");
  code.get(a).op("i64.extend_i32_s").get(b).op("i64.extend_i32_s");
  code.op(`i64.${INSTRUCTIONS[operator]}`).tee(wide);
  code.get(wide).op("i64.extend32_s").op("i64.ne");
  code.if(() =>
    context.fail(() => arithmeticOverflow("integer overflow", TRY_FUNCTIONS[operator])),
  );
  code.get(wide).op("i32.wrap_i64");
}

function emitLong(
  context: EmitContext,
  operator: IntegerOperator,
  a: Local,
  b: Local,
  ansi: boolean,
): void {
  const { code } = context;
  const result = code.local("i64");
  code.get(a).get(b).op(`i64.${INSTRUCTIONS[operator]}`).set(result);
  if (ansi) {
    emitLongOverflow(context, operator, a, b, result);
    code.if(() => context.fail(() => arithmeticOverflow("long overflow", TRY_FUNCTIONS[operator])));
  }
  code.get(result);
}

/** Pushes 1 where the wrapped `result` of two longs is not the true one. */
export function emitLongOverflow(
  context: EmitContext,
  operator: IntegerOperator,
  a: Local,
  b: Local,
  result: Local,
): void {
  const { code } = context;
  if (operator === "*") {
    emitProductOverflow(context, a, b, result);
    return;
  }
  code.get(a).get(result).op("i64.xor");
  if (operator === "+") code.get(b).get(result).op("i64.xor");
  else code.get(a).get(b).op("i64.xor");
  code.op("i64.and").i64(0n).op("i64.lt_s");
}

function emitProductOverflow(context: EmitContext, a: Local, b: Local, result: Local): void {
  const { code } = context;
  for (const factor of [a, b])
    code
      .get(factor)
      .i64(1n << 31n)
      .op("i64.add");
  code.op("i64.or").i64(32n).op("i64.shr_u").op("i64.eqz");
  code.if(
    () => code.i32(0),
    () => {
      emitMultiplyHigh(code, a, b);
      code.get(result).i64(63n).op("i64.shr_s").op("i64.ne");
    },
    "i32",
  );
}
