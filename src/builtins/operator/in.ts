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
import { differentArguments } from "../type-mismatch.ts";
import { valueComparator } from "../value-order.ts";
import { emitEqual, hasEmittedOrder } from "./emit-comparison.ts";

const print = ([value = "", ...list]: readonly string[]): string =>
  `(${value} IN (${list.join(", ")}))`;

function resolve(args: readonly Argument[], context: ResolveContext): Signature {
  const type = commonType(
    args.map((argument) => argument.type),
    context.ansi,
  );
  if (!type) throw differentArguments(args, print, "in");
  return { args: args.map(() => type), type: BOOLEAN };
}

/** The value once, then the list in order until one is equal. Null where none is, but something is null. */
function emit(context: EmitContext, operands: readonly LazyOperand[], type: DataType): Evaluated {
  const { code } = context;
  const value = code.local("i32");
  const nullable = operands.some((operand) => operand.nullable);
  const isNull = nullable ? code.local("i32") : null;
  const [first, ...list] = operands;
  code.i32(0).set(value);
  if (isNull) code.i32(0).set(isNull);
  code.block((found) => {
    const wanted = first?.evaluate();
    if (!wanted) return;
    if (wanted.isNull && isNull) code.get(wanted.isNull).tee(isNull).branchIf(found);
    for (const operand of list) {
      const item = operand.evaluate();
      const equals = (): void => {
        emitEqual(context, type, wanted.value, item.value);
        code.if(() => {
          code.i32(1).set(value);
          if (isNull) code.i32(0).set(isNull);
          code.branch(found);
        });
      };
      if (item.isNull && isNull) code.get(item.isNull).if(() => code.i32(1).set(isNull), equals);
      else equals();
    }
  });
  return { value, isNull };
}

export const IN: ScalarBuiltin = {
  kind: "scalar",
  name: "in",
  resolve,
  kernel: (call) => {
    const type = call.args[0]?.type ?? call.type;
    if (hasEmittedOrder(type))
      return { kind: "emitLazy", emit: (context, operands) => emit(context, operands, type) };
    const compare = valueComparator(type);
    return {
      kind: "row",
      handlesNulls: true,
      prepare:
        () =>
        (wanted: unknown, ...list: unknown[]) => {
          if (wanted === null) return null;
          if (list.some((item) => item !== null && compare(wanted, item) === 0)) return true;
          return list.includes(null) ? null : false;
        },
    };
  },
  print,
  examples: [
    { sql: "SELECT 1 in(1, 2, 3)", rows: ["true"] },
    { sql: "SELECT 1 in(2, 3, 4)", rows: ["false"] },
    { sql: "SELECT 3 in(1, 2, NULL)", rows: ["NULL"] },
  ],
};
