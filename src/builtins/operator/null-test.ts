import { BOOLEAN } from "../../columnar/data-type.ts";
import type { Example, ScalarBuiltin } from "../builtin.ts";
import { requireArguments } from "../type-mismatch.ts";

function nullTest(
  name: string,
  suffix: string,
  whenNull: 0 | 1,
  examples: readonly Example[],
): ScalarBuiltin {
  return {
    kind: "scalar",
    name,
    resolve: (args, context) => {
      requireArguments(args, context, 1);
      return { args: args.map((argument) => argument.type), type: BOOLEAN, nullable: false };
    },
    kernel: {
      kind: "emitLazy",
      emit: ({ code }, [operand]) => {
        const evaluated = operand?.evaluate();
        const value = code.local("i32");
        if (evaluated?.isNull) code.get(evaluated.isNull);
        else code.i32(0);
        if (whenNull === 0) code.op("i32.eqz");
        code.set(value);
        return { value, isNull: null };
      },
    },
    print: ([child = ""]) => `(${child} ${suffix})`,
    examples,
  };
}

export const IS_NULL = nullTest("isnull", "IS NULL", 1, [
  { sql: "SELECT isnull(1)", rows: ["false"] },
  { sql: "SELECT NULL IS NULL", rows: ["true"] },
]);

export const IS_NOT_NULL = nullTest("isnotnull", "IS NOT NULL", 0, [
  { sql: "SELECT isnotnull(1)", rows: ["true"] },
]);
