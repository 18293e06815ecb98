import { type DataType, isNested, STRING } from "../../columnar/data-type.ts";
import { AnalysisError } from "../../common/errors.ts";
import type { Local } from "../../wasm/function-builder.ts";
import type {
  Argument,
  EmitContext,
  ResolveContext,
  ScalarBuiltin,
  Signature,
} from "../builtin.ts";
import { STRING_PARAMETER, typeVariadic } from "../parameters.ts";
import { pushLength, pushRef } from "./ref-code.ts";

/** Binary where all arguments are, else text; null where any is null. Also `||`. */
export const CONCAT: ScalarBuiltin = {
  kind: "scalar",
  name: "concat",
  evaluates: "together",
  aliases: ["||"],
  resolve: resolveConcat,
  kernel: { kind: "emit", emit: emitConcat },
  cost: 10,
  examples: [
    { sql: "SELECT concat('Spark', 'SQL')", rows: ["SparkSQL"] },
    { sql: "SELECT 'Spark' || 1 || true", rows: ["Spark1true"] },
    { sql: "SELECT concat('a', CAST(NULL AS STRING))", rows: ["NULL"] },
    { sql: "SELECT concat(x'61', x'62'), concat(x'61', 'c'), concat()", rows: ["ab\tac\t"] },
  ],
};

function resolveConcat(args: readonly Argument[], context: ResolveContext): Signature {
  if (args.some((arg) => isNested(arg.type))) {
    throw new AnalysisError({
      condition: "UNSUPPORTED_FEATURE.CONCAT_OF_ARRAYS",
      message: "concat of arrays is not supported yet",
      sqlState: "0A000",
    });
  }
  const binary = args.find((arg) => arg.type.kind === "binary")?.type;
  const isBinary = binary !== undefined && args.every((arg) => isBinaryOrNull(arg.type));
  if (!isBinary) return { args: typeVariadic(args, context, STRING_PARAMETER), type: STRING };
  return { args: args.map(() => binary), type: binary };
}

function isBinaryOrNull(type: DataType): boolean {
  return type.kind === "binary" || type.kind === "null";
}

function emitConcat(context: EmitContext, args: readonly Local[]): void {
  const { code } = context;
  const [only] = args;
  if (args.length === 1 && only) {
    code.get(only);
    return;
  }
  const length = code.local("i32");
  const address = code.local("i32");
  code.i32(0);
  for (const arg of args) pushLength(code, arg).op("i32.add");
  code.tee(length);
  context.allocate();
  code.tee(address);
  for (const arg of args) {
    code.get(arg);
    context.kernel("stringAppend");
  }
  code.op("drop");
  pushRef(code, address, length);
}
