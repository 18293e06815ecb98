import type { CallFacts, EmitContext, Evaluated, LazyOperand, ScalarBuiltin } from "../builtin.ts";
import { valueComparator } from "../value-order.ts";
import { resolveEquality } from "./comparison-type.ts";
import { emitEqual, hasEmittedOrder } from "./emit-comparison.ts";
import { infix } from "./infix.ts";

function emit(context: EmitContext, operands: readonly LazyOperand[], call: CallFacts): Evaluated {
  const { code } = context;
  const type = call.args[0]?.type ?? call.type;
  const [a, b] = operands.map((operand) => operand.evaluate());
  const value = code.local("i32");
  if (!a || !b) return { value, isNull: null };
  if (!a.isNull && !b.isNull) {
    emitEqual(context, type, a.value, b.value);
    code.set(value);
    return { value, isNull: null };
  }
  const pushIsNull = (side: Evaluated): void => {
    if (side.isNull) code.get(side.isNull);
    else code.i32(0);
  };
  pushIsNull(a);
  pushIsNull(b);
  code.op("i32.or").if(
    () => {
      pushIsNull(a);
      pushIsNull(b);
      code.op("i32.and");
    },
    () => emitEqual(context, type, a.value, b.value),
    "i32",
  );
  code.set(value);
  return { value, isNull: null };
}

export const NULL_SAFE_EQUAL: ScalarBuiltin = {
  kind: "scalar",
  name: "<=>",
  aliases: ["equal_null"],
  resolve: (args, context) => ({
    ...resolveEquality(args, context, infix("<=>")),
    nullable: false,
  }),
  kernel: (call) => {
    const type = call.args[0]?.type ?? call.type;
    if (hasEmittedOrder(type)) return { kind: "emitLazy", emit };
    const compare = valueComparator(type);
    return {
      kind: "row",
      handlesNulls: true,
      prepare: () => (a: unknown, b: unknown) =>
        a === null || b === null ? a === b : compare(a, b) === 0,
    };
  },
  print: infix("<=>"),
  examples: [
    { sql: "SELECT 2 <=> 2", rows: ["true"] },
    { sql: "SELECT true <=> NULL", rows: ["false"] },
    { sql: "SELECT NULL <=> NULL", rows: ["true"] },
    { sql: "SELECT equal_null(1, '11')", rows: ["false"] },
  ],
};
