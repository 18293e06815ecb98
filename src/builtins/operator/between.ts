import { BOOLEAN, type DataType } from "../../columnar/data-type.ts";
import type {
  Argument,
  EmitContext,
  Evaluated,
  LazyOperand,
  ResolveContext,
  ScalarBuiltin,
  Signature,
} from "../builtin.ts";
import { commonType } from "../coercion.ts";
import { differentOperands, requireArguments } from "../type-mismatch.ts";
import { valueComparator } from "../value-order.ts";
import { comparisonType } from "./comparison-type.ts";
import { emitComparisonOfPresent, emitLessOrEqual, hasEmittedOrder } from "./emit-comparison.ts";

const print = ([value = "", low = "", high = ""]: readonly string[]): string =>
  `between(${value}, ${low}, ${high})`;

function resolve(args: readonly Argument[], context: ResolveContext): Signature {
  requireArguments(args, context, 3);
  const [value, low, high] = args as readonly [Argument, Argument, Argument];
  const fromLow = comparisonType(value, low, context.ansi);
  const fromHigh = comparisonType(value, high, context.ansi);
  const type = fromLow && fromHigh && commonType([fromLow, fromHigh], context.ansi);
  if (!type) throw differentOperands(fromLow ? [value, high] : [value, low], (a) => a.join(" >= "));
  return { args: [type, type, type], type: BOOLEAN };
}

/** As `value >= low AND value <= high`: one false side decides although the other is null. */
function emit(context: EmitContext, operands: readonly LazyOperand[], type: DataType): Evaluated {
  const { code } = context;
  const value = code.local("i32");
  const nullable = operands.some((operand) => operand.nullable);
  const isNull = nullable ? code.local("i32") : null;
  const [tested, low, high] = operands.map((operand) => operand.evaluate());
  if (!tested || !low || !high) return { value, isNull };
  const pushHolds = (a: Evaluated, b: Evaluated): void => {
    emitComparisonOfPresent(context, type, emitLessOrEqual, [a, b]);
    for (const side of [a, b]) if (side.isNull) code.get(side.isNull).op("i32.or");
  };
  pushHolds(low, tested);
  pushHolds(tested, high);
  code.op("i32.and").set(value);
  if (isNull) {
    code.i32(0);
    for (const side of [tested, low, high]) if (side.isNull) code.get(side.isNull).op("i32.or");
    code.get(value).op("i32.and").set(isNull);
  }
  return { value, isNull };
}

export const BETWEEN: ScalarBuiltin = {
  kind: "scalar",
  name: "between",
  resolve,
  kernel: (call) => {
    const type = call.args[0]?.type ?? call.type;
    if (hasEmittedOrder(type))
      return { kind: "emitLazy", emit: (context, operands) => emit(context, operands, type) };
    const compare = valueComparator(type);
    const holds = (a: unknown, b: unknown): boolean | null =>
      a === null || b === null ? null : compare(a, b) <= 0;
    return {
      kind: "row",
      handlesNulls: true,
      prepare: () => (value: unknown, low: unknown, high: unknown) => {
        const sides = [holds(low, value), holds(value, high)];
        if (sides.includes(false)) return false;
        return sides.includes(null) ? null : true;
      },
    };
  },
  print,
  examples: [
    { sql: "SELECT 2 between 1 and 3", rows: ["true"] },
    { sql: "SELECT 1 between '0' and 2", rows: ["true"] },
    { sql: "SELECT 5 between NULL and 3", rows: ["false"] },
  ],
};
