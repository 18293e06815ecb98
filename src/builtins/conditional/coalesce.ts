import type {
  CallFacts,
  EmitContext,
  Evaluated,
  Example,
  LazyOperand,
  ScalarBuiltin,
} from "../builtin.ts";
import { requireArguments } from "../type-mismatch.ts";
import { commonResult } from "./common-result.ts";
import { emitAssign, resultLocals } from "./emit-choice.ts";

/** The first value that is not null; what comes behind it is not evaluated. */
function emit(context: EmitContext, operands: readonly LazyOperand[], call: CallFacts): Evaluated {
  const { code } = context;
  const result = resultLocals(
    context,
    call.type,
    operands.every((operand) => operand.nullable),
  );
  code.block((found) => {
    for (const operand of operands) {
      const evaluated = operand.evaluate();
      emitAssign(context, result, evaluated);
      if (!evaluated.isNull) break;
      code.get(evaluated.isNull).op("i32.eqz").branchIf(found);
    }
  });
  return result;
}

function firstNotNull(name: string, most: number, examples: readonly Example[]): ScalarBuiltin {
  return {
    kind: "scalar",
    name,
    resolve: (args, context) => {
      requireArguments(args, context, most === 2 ? 2 : 1, most);
      const type = commonResult(args, context);
      return {
        args: args.map(() => type),
        type,
        nullable: args.every((argument) => argument.nullable),
      };
    },
    kernel: { kind: "emitLazy", emit },
    examples,
  };
}

export const COALESCE = firstNotNull("coalesce", Number.POSITIVE_INFINITY, [
  { sql: "SELECT coalesce(NULL, 1, NULL)", rows: ["1"] },
  { sql: "SELECT coalesce(NULL, 1, 2.5)", rows: ["1.0"] },
]);
export const NVL = firstNotNull("nvl", 2, [{ sql: "SELECT nvl(NULL, 'a')", rows: ["a"] }]);
export const IFNULL = firstNotNull("ifnull", 2, [{ sql: "SELECT ifnull(NULL, 2)", rows: ["2"] }]);
