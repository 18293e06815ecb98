import { BOOLEAN, STRING } from "../../columnar/data-type.ts";
import type { KernelName } from "../../wasm/kernel-table.ts";
import type { Argument, ResolveContext, ScalarBuiltin, Signature } from "../builtin.ts";
import { TEXT_OR_BINARY_PARAMETER, typeArguments } from "../parameters.ts";

function resolvePair(args: readonly Argument[], context: ResolveContext): Signature {
  const types = typeArguments(args, context, [TEXT_OR_BINARY_PARAMETER, TEXT_OR_BINARY_PARAMETER]);
  const isBinary = types.every((type) => type.kind === "binary");
  return { args: isBinary ? types : types.map(() => STRING), type: BOOLEAN };
}

const test = (
  name: string,
  kernel: KernelName,
  examples: ScalarBuiltin["examples"],
): ScalarBuiltin => ({
  kind: "scalar",
  name,
  resolve: resolvePair,
  kernel: {
    kind: "emit",
    emit: (context, [text, part]) => {
      if (text) context.code.get(text);
      if (part) context.code.get(part);
      context.kernel(kernel);
    },
  },
  cost: 4,
  examples,
});

export const STARTSWITH: ScalarBuiltin = test("startswith", "stringStartsWith", [
  { sql: "SELECT startswith('Spark SQL', 'Spark')", rows: ["true"] },
  { sql: "SELECT startswith('Spark SQL', 'SQL')", rows: ["false"] },
  { sql: "SELECT startswith('Spark SQL', null)", rows: ["NULL"] },
  { sql: "SELECT startswith(x'537061726b2053514c', x'537061726b')", rows: ["true"] },
]);

export const ENDSWITH: ScalarBuiltin = test("endswith", "stringEndsWith", [
  { sql: "SELECT endswith('Spark SQL', 'SQL')", rows: ["true"] },
  { sql: "SELECT endswith('Spark SQL', 'Spark')", rows: ["false"] },
  { sql: "SELECT endswith(x'537061726b2053514c', x'53514c')", rows: ["true"] },
]);

export const CONTAINS: ScalarBuiltin = test("contains", "stringContains", [
  { sql: "SELECT contains('Spark SQL', 'Spark')", rows: ["true"] },
  { sql: "SELECT contains('Spark SQL', 'SPARK')", rows: ["false"] },
  { sql: "SELECT contains('Spark SQL', '')", rows: ["true"] },
  { sql: "SELECT contains(x'537061726b2053514c', x'6b2053')", rows: ["true"] },
]);
