import { BOOLEAN, type DataType } from "../../columnar/data-type.ts";
import type {
  Argument,
  CallFacts,
  EmitContext,
  Evaluated,
  LazyOperand,
  ResolveContext,
  ScalarBuiltin,
} from "../builtin.ts";
import { requireArguments, unexpectedArgument } from "../type-mismatch.ts";
import { commonResult } from "./common-result.ts";
import { emitAssign, pushIsTrue, resultLocals } from "./emit-choice.ts";

function branches(args: readonly Argument[], context: ResolveContext): DataType {
  requireArguments(args, context, 3);
  return commonResult(args.slice(1), context);
}

/** Only the branch taken is evaluated. */
function emitEither(
  context: EmitContext,
  call: CallFacts,
  pushCondition: () => void,
  then: LazyOperand | undefined,
  otherwise: LazyOperand | undefined,
): Evaluated {
  const result = resultLocals(
    context,
    call.type,
    Boolean(then?.nullable) || Boolean(otherwise?.nullable),
  );
  pushCondition();
  context.code.if(
    () => then && emitAssign(context, result, then.evaluate()),
    () => otherwise && emitAssign(context, result, otherwise.evaluate()),
  );
  return result;
}

const printIf = (args: readonly string[]): string => `(IF(${args.join(", ")}))`;

export const IF: ScalarBuiltin = {
  kind: "scalar",
  name: "if",
  resolve: (args, context) => {
    const type = branches(args, context);
    const condition = args[0]?.type.kind ?? "null";
    if (!["boolean", "null"].includes(condition))
      throw unexpectedArgument(args, printIf, 0, '"BOOLEAN"');
    return {
      args: [BOOLEAN, type, type],
      type,
      nullable: args.slice(1).some((argument) => argument.nullable),
    };
  },
  kernel: {
    kind: "emitLazy",
    emit: (context, [condition, then, otherwise], call) =>
      emitEither(
        context,
        call,
        () => condition && pushIsTrue(context, condition.evaluate()),
        then,
        otherwise,
      ),
  },
  print: printIf,
  examples: [{ sql: "SELECT if(1 < 2, 'a', 'b')", rows: ["a"] }],
};

export const NVL2: ScalarBuiltin = {
  kind: "scalar",
  name: "nvl2",
  resolve: (args, context) => {
    const type = branches(args, context);
    const tested = args[0]?.type ?? type;
    return {
      args: [tested, type, type],
      type,
      nullable: args.slice(1).some((argument) => argument.nullable),
    };
  },
  kernel: {
    kind: "emitLazy",
    emit: (context, [tested, then, otherwise], call) =>
      emitEither(
        context,
        call,
        () => {
          const isNull = tested?.evaluate().isNull;
          if (isNull) context.code.get(isNull).op("i32.eqz");
          else context.code.i32(1);
        },
        then,
        otherwise,
      ),
  },
  examples: [{ sql: "SELECT nvl2(NULL, 2, 1)", rows: ["1"] }],
};
