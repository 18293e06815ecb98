import { isNested } from "../../columnar/data-type.ts";
import { emitIsBetter } from "../aggregate/extreme.ts";
import type {
  CallFacts,
  EmitContext,
  Evaluated,
  Example,
  LazyOperand,
  ScalarBuiltin,
} from "../builtin.ts";
import { commonType } from "../coercion.ts";
import { isOrderable } from "../operator/comparison-type.ts";
import { differentArguments, requireArguments, unorderableArgument } from "../type-mismatch.ts";
import { valueComparator } from "../value-order.ts";
import { emitAssign, resultLocals } from "./emit-choice.ts";

type Which = "min" | "max";

/** Nulls are skipped: the result is null only where all are. */
function emit(
  context: EmitContext,
  which: Which,
  operands: readonly LazyOperand[],
  call: CallFacts,
): Evaluated {
  const { code } = context;
  const best = resultLocals(
    context,
    call.type,
    operands.every((operand) => operand.nullable),
  );
  const empty = code.local("i32");
  code.i32(1).set(empty);
  if (best.isNull) code.i32(1).set(best.isNull);
  for (const operand of operands) {
    const value = operand.evaluate();
    if (value.isNull) code.get(value.isNull).op("i32.eqz");
    else code.i32(1);
    code.if(() => {
      code.get(empty).if(
        () => code.i32(1),
        () => emitIsBetter(context, which, call.type, value.value, best.value),
        "i32",
      );
      code.if(() => {
        emitAssign(context, best, { value: value.value, isNull: null });
        code.i32(0).set(empty);
      });
    });
  }
  return best;
}

function extremeOf(name: string, which: Which, examples: readonly Example[]): ScalarBuiltin {
  const print = (texts: readonly string[]): string => `${name}(${texts.join(", ")})`;
  return {
    kind: "scalar",
    name,
    resolve: (args, context) => {
      requireArguments(args, context, 2, Number.POSITIVE_INFINITY);
      const types = args.map((argument) => argument.type);
      const kinds = new Set(types.map(({ kind }) => kind).filter((kind) => kind !== "null"));
      const mixesText = kinds.has("string") && kinds.size > 1;
      const type = mixesText ? null : commonType(types, context.ansi);
      if (!type) throw differentArguments(args, print, name);
      if (!isOrderable(type)) throw unorderableArgument(args, print, name, type);
      return {
        args: args.map(() => type),
        type,
        nullable: args.every((argument) => argument.nullable),
      };
    },
    kernel: (call) => {
      if (!isNested(call.type))
        return {
          kind: "emitLazy",
          emit: (context, operands, facts) => emit(context, which, operands, facts),
        };
      const compare = valueComparator(call.type);
      const sign = which === "max" ? 1 : -1;
      return {
        kind: "row",
        handlesNulls: true,
        prepare:
          () =>
          (...values: unknown[]) =>
            values.reduce((best, value) => {
              if (value === null || best === null) return best ?? value;
              return sign * compare(value, best) > 0 ? value : best;
            }, null),
      };
    },
    examples,
  };
}

export const GREATEST = extremeOf("greatest", "max", [
  { sql: "SELECT greatest(10, 9, 2, 4, 3)", rows: ["10"] },
]);
export const LEAST = extremeOf("least", "min", [
  { sql: "SELECT least(10, 9, 2, 4, 3)", rows: ["2"] },
]);
