import { isFloating } from "../../columnar/type-class.ts";
import type { Argument, ResolveContext, ScalarBuiltin, Signature } from "../builtin.ts";
import { emitDecimalProduct } from "../decimal/decimal-product.ts";
import { productType } from "../decimal/decimal-types.ts";
import { requireArguments } from "../type-mismatch.ts";
import { infix } from "./infix.ts";
import { emitInteger } from "./integer-arithmetic.ts";
import { numericOperands } from "./numeric-operands.ts";
import { temporalKernel, temporalSignature } from "./temporal.ts";

function resolve(args: readonly Argument[], context: ResolveContext): Signature {
  requireArguments(args, context, 2);
  const interval = temporalSignature("*", args);
  if (interval) return interval;
  const types = numericOperands(args, context, infix("*"), '"NUMERIC"');
  const [left, right] = types;
  if (left.kind === "decimal" && right.kind === "decimal")
    return {
      args: types,
      type: productType(left, right),
      ...(context.ansi ? {} : { nullable: true }),
    };
  return { args: types, type: left };
}

export const MULTIPLY: ScalarBuiltin = {
  kind: "scalar",
  name: "*",
  resolve,
  kernel: (call) =>
    temporalKernel("*", call) ?? {
      kind: "emit",
      emit: (context, [a, b], facts, isNull) => {
        if (!a || !b) return;
        if (facts.type.kind === "decimal") emitDecimalProduct(context, a, b, facts, isNull);
        else if (isFloating(facts.type))
          context.code
            .get(a)
            .get(b)
            .op(`${a.type as "f32" | "f64"}.mul`);
        else emitInteger(context, "*", a, b, facts);
      },
    },
  print: infix("*"),
  examples: [
    { sql: "SELECT 2 * 3", rows: ["6"] },
    { sql: "SELECT 1.25 * 0.5", rows: ["0.625"] },
  ],
};
