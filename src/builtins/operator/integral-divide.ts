import { DOUBLE, LONG } from "../../columnar/data-type.ts";
import { isIntegral } from "../../columnar/type-class.ts";
import type { Local } from "../../wasm/function-builder.ts";
import { arithmeticOverflow, divideByZero } from "../arithmetic-errors.ts";
import type {
  Argument,
  CallFacts,
  EmitContext,
  ResolveContext,
  ScalarBuiltin,
  ScalarKernel,
  Signature,
} from "../builtin.ts";
import { decimalOf } from "../decimal/decimal-call.ts";
import { rescale } from "../decimal/decimal-rounding.ts";
import { requireArguments, wrongOperands } from "../type-mismatch.ts";
import { infix } from "./infix.ts";
import { intervalIntegralQuotient, intervalIntegralQuotientKernel } from "./interval-quotient.ts";
import { narrowDivisionKernel } from "./narrow-division.ts";
import { numericOperands, operandError } from "./numeric-operands.ts";
import { emitDivision } from "./zero-divisor.ts";

const REQUIRED = '("BIGINT" or "DECIMAL" or "INTERVAL YEAR TO MONTH" or "INTERVAL DAY TO SECOND")';
const LONG_LIMIT = 1n << 63n;

function resolve(args: readonly Argument[], context: ResolveContext): Signature {
  requireArguments(args, context, 2);
  const interval = intervalIntegralQuotient(args);
  if (interval) return interval;
  const kinds = args.map(({ type }) => type.kind);
  if (kinds.includes("double") && kinds.includes("decimal"))
    throw wrongOperands(args, infix("div"), REQUIRED, DOUBLE);
  const types = numericOperands(args, context, infix("div"), REQUIRED);
  const [left, right] = types;
  if (left.kind === "decimal" && right.kind === "decimal")
    return { args: types, type: LONG, nullable: true };
  if (!isIntegral(left) && args.some(({ type }) => type.kind !== "null"))
    throw operandError(args, context, infix("div"), REQUIRED);
  return { args: [LONG, LONG], type: LONG, nullable: true };
}

const overflow = (): Error => arithmeticOverflow("Overflow in integral divide", "try_divide");

function emitLongs(
  context: EmitContext,
  a: Local,
  b: Local,
  call: CallFacts,
  isNull: Local | null,
): void {
  const { code } = context;
  emitDivision(context, b, "i64", call.ansi, isNull, () => {
    code.get(b).i64(-1n).op("i64.eq");
    code.if(
      () => {
        if (call.ansi) {
          code.get(a).i64(-LONG_LIMIT).op("i64.eq");
          code.if(() => context.fail(overflow));
        }
        code.i64(0n).get(a).op("i64.sub");
      },
      () => code.get(a).get(b).op("i64.div_s"),
      "i64",
    );
  });
}

function decimalKernel(call: CallFacts): ScalarKernel {
  return narrowDivisionKernel(call, "i64.div_s") ?? wideKernel(call);
}

function wideKernel(call: CallFacts): ScalarKernel {
  const [left, right] = call.args.map((argument) => decimalOf(argument.type));
  const scale = Math.max(left?.scale ?? 0, right?.scale ?? 0);
  return {
    kind: "row",
    prepare: () => (a: bigint, b: bigint) => {
      if (b === 0n) {
        if (call.ansi) throw divideByZero();
        return null;
      }
      // Spark keeps the low bits of a quotient that is no long, in ANSI mode too.
      return BigInt.asIntN(
        64,
        rescale(a, left?.scale ?? 0, scale) / rescale(b, right?.scale ?? 0, scale),
      );
    },
  };
}

export const INTEGRAL_DIVIDE: ScalarBuiltin = {
  kind: "scalar",
  name: "div",
  evaluates: "lastFirst",
  resolve,
  kernel: (call) => {
    const interval = intervalIntegralQuotientKernel(call);
    if (interval) return interval;
    if (call.args[0]?.type.kind === "decimal") return decimalKernel(call);
    return {
      kind: "emit",
      emit: (context, [a, b], facts, isNull) => {
        if (a && b) emitLongs(context, a, b, facts, isNull);
      },
    };
  },
  print: infix("div"),
  cost: 5,
  examples: [
    { sql: "SELECT 3 div 2", rows: ["1"] },
    {
      sql: "SELECT INTERVAL '1-1' YEAR TO MONTH div INTERVAL '-1' MONTH",
      rows: ["-13"],
    },
  ],
};
