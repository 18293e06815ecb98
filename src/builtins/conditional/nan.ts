import { BOOLEAN, type DataType, DOUBLE } from "../../columnar/data-type.ts";
import type { ScalarBuiltin } from "../builtin.ts";
import { DOUBLE_PARAMETER, typeArguments } from "../parameters.ts";
import { emitAssign, resultLocals } from "./emit-choice.ts";

function floating(type: DataType | undefined): DataType {
  return type?.kind === "float" ? type : DOUBLE;
}

export const ISNAN: ScalarBuiltin = {
  kind: "scalar",
  name: "isnan",
  resolve: (args, context) => {
    typeArguments(args, context, [DOUBLE_PARAMETER]);
    return { args: [floating(args[0]?.type)], type: BOOLEAN, nullable: false };
  },
  kernel: {
    kind: "emitLazy",
    emit: ({ code }, [operand]) => {
      const value = code.local("i32");
      const tested = operand?.evaluate();
      if (!tested) return { value, isNull: null };
      code
        .get(tested.value)
        .get(tested.value)
        .op(`${tested.value.type as "f32" | "f64"}.ne`);
      if (tested.isNull) code.get(tested.isNull).op("i32.eqz").op("i32.and");
      code.set(value);
      return { value, isNull: null };
    },
  },
  examples: [
    { sql: "SELECT isnan(cast('NaN' as double))", rows: ["true"] },
    { sql: "SELECT isnan(NULL)", rows: ["false"] },
  ],
};

export const NANVL: ScalarBuiltin = {
  kind: "scalar",
  name: "nanvl",
  resolve: (args, context) => {
    typeArguments(args, context, [DOUBLE_PARAMETER, DOUBLE_PARAMETER]);
    const isFloat =
      args.some(({ type }) => type.kind === "float") &&
      args.every(({ type }) => ["float", "null"].includes(type.kind));
    const type: DataType = isFloat ? { kind: "float" } : DOUBLE;
    return { args: [type, type], type };
  },
  kernel: {
    kind: "emitLazy",
    emit: (context, [first, second], call) => {
      const { code } = context;
      const nullable = Boolean(first?.nullable) || Boolean(second?.nullable);
      const result = resultLocals(context, call.type, nullable);
      const value = first?.evaluate();
      if (!value || !second) return result;
      emitAssign(context, result, value);
      const type = value.value.type as "f32" | "f64";
      code.get(value.value).get(value.value).op(`${type}.ne`);
      if (value.isNull) code.get(value.isNull).op("i32.eqz").op("i32.and");
      code.if(() => emitAssign(context, result, second.evaluate()));
      return result;
    },
  },
  examples: [{ sql: "SELECT nanvl(cast('NaN' as double), 123)", rows: ["123.0"] }],
};
