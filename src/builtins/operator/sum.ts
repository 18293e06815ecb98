import { isFloating } from "../../columnar/type-class.ts";
import type { Local } from "../../wasm/function-builder.ts";
import type {
  Argument,
  CallFacts,
  EmitContext,
  ResolveContext,
  ScalarKernel,
  Signature,
} from "../builtin.ts";
import { emitDecimalSum } from "../decimal/decimal-sum.ts";
import { sumType } from "../decimal/decimal-types.ts";
import { requireArguments } from "../type-mismatch.ts";
import { emitInteger } from "./integer-arithmetic.ts";
import { NUMERIC_OR_INTERVAL, numericOperands } from "./numeric-operands.ts";
import { temporalKernel, temporalSignature } from "./temporal.ts";

type SumOperator = "+" | "-";

/** The signature of `+` and `-` of numbers, datetimes and intervals. */
export function resolveSum(
  operator: SumOperator,
  args: readonly Argument[],
  context: ResolveContext,
  print: (args: readonly string[]) => string,
): Signature {
  requireArguments(args, context, 2);
  const temporal = temporalSignature(operator, args, context.ansi);
  if (temporal) return temporal;
  const types = numericOperands(args, context, print, NUMERIC_OR_INTERVAL);
  const [left, right] = types;
  if (left.kind === "decimal" && right.kind === "decimal")
    return { args: types, type: sumType(left, right), ...(context.ansi ? {} : { nullable: true }) };
  return { args: types, type: left };
}

/** How `+` and `-` are computed. */
export function sumKernel(operator: SumOperator, call: CallFacts): ScalarKernel {
  return (
    temporalKernel(operator, call) ?? {
      kind: "emit",
      emit: (context, [a, b], facts, isNull) => {
        if (a && b) emitSum(context, operator, [a, b], facts, isNull);
      },
    }
  );
}

function emitSum(
  context: EmitContext,
  operator: SumOperator,
  [a, b]: readonly [Local, Local],
  call: CallFacts,
  isNull: Local | null,
): void {
  if (call.type.kind === "decimal") emitDecimalSum(context, operator, a, b, call, isNull);
  else if (isFloating(call.type))
    context.code
      .get(a)
      .get(b)
      .op(`${a.type as "f32" | "f64"}.${operator === "+" ? "add" : "sub"}`);
  else emitInteger(context, operator, a, b, call);
}
