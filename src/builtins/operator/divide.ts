import { DOUBLE } from "../../columnar/data-type.ts";
import { registerOf } from "../../columnar/vector.ts";
import type { Argument, ResolveContext, ScalarBuiltin, Signature } from "../builtin.ts";
import { emitDecimalQuotient } from "../decimal/decimal-quotient.ts";
import { quotientType } from "../decimal/decimal-types.ts";
import { requireArguments } from "../type-mismatch.ts";
import { infix } from "./infix.ts";
import { numericOperands } from "./numeric-operands.ts";
import { temporalKernel, temporalSignature } from "./temporal.ts";
import { emitDivision } from "./zero-divisor.ts";

function resolve(args: readonly Argument[], context: ResolveContext): Signature {
  requireArguments(args, context, 2);
  const interval = temporalSignature("/", args);
  if (interval) return interval;
  const types = numericOperands(args, context, infix("/"), '("DOUBLE" or "DECIMAL")');
  const [left, right] = types;
  if (args[0]?.type.kind !== "null" && left.kind === "decimal" && right.kind === "decimal")
    return { args: types, type: quotientType(left, right), nullable: true };
  return { args: [DOUBLE, DOUBLE], type: DOUBLE, nullable: true };
}

export const DIVIDE: ScalarBuiltin = {
  kind: "scalar",
  name: "/",
  evaluates: "lastFirst",
  resolve,
  kernel: (call) =>
    temporalKernel("/", call) ?? {
      kind: "emit",
      emit: (context, [a, b], facts, isNull) => {
        if (!a || !b) return;
        emitDivision(context, b, registerOf(facts.type), facts.ansi, isNull, () => {
          if (facts.type.kind === "decimal") emitDecimalQuotient(context, a, b, facts, isNull);
          else context.code.get(a).get(b).op("f64.div");
        });
      },
    },
  print: infix("/"),
  cost: 3,
  examples: [
    { sql: "SELECT 3 / 2", rows: ["1.5"] },
    { sql: "SELECT 2L / 2L", rows: ["1.0"] },
    { sql: "SELECT 1.0 / 3", rows: ["0.333333"] },
  ],
};
