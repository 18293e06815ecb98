import { array, type DataType, isNested, STRING } from "../../columnar/data-type.ts";
import type { Argument, ResolveContext, ScalarBuiltin, Signature } from "../builtin.ts";
import { STRING_PARAMETER } from "../parameters.ts";
import { requireArguments, unexpectedArgument } from "../type-mismatch.ts";

/** Texts and elements of arrays of texts with a separator between them; nulls among them are left out. */
export const CONCAT_WS: ScalarBuiltin = {
  kind: "scalar",
  name: "concat_ws",
  resolve: resolveConcatWs,
  kernel: {
    kind: "row",
    handlesNulls: true,
    prepare:
      () =>
      (separator: string | null, ...parts: readonly unknown[]) =>
        separator === null
          ? null
          : parts
              .flat()
              .filter((part) => part !== null)
              .join(separator),
  },
  examples: [
    { sql: "SELECT concat_ws(' ', 'Spark', 'SQL')", rows: ["Spark SQL"] },
    { sql: "SELECT concat_ws('s')", rows: [""] },
    { sql: "SELECT concat_ws('/', 'foo', null, 'bar')", rows: ["foo/bar"] },
    { sql: "SELECT concat_ws(null, 'Spark', 'SQL')", rows: ["NULL"] },
  ],
};

function resolveConcatWs(args: readonly Argument[], context: ResolveContext): Signature {
  requireArguments(args, context, 1, Number.POSITIVE_INFINITY);
  const types = args.map((arg, i) => {
    const type = i > 0 ? textOrTexts(arg.type) : STRING_PARAMETER.accept(arg.type);
    if (type !== null) return type;
    const print = (texts: readonly string[]): string => `concat_ws(${texts.join(", ")})`;
    throw unexpectedArgument(args, print, i, '("ARRAY<STRING>" or "STRING")');
  });
  return { args: types, type: STRING, nullable: args[0]?.nullable ?? true };
}

function textOrTexts(type: DataType): DataType | null {
  if (type.kind !== "array") return STRING_PARAMETER.accept(type);
  return isNested(type.element) ? null : array(STRING, type.containsNull);
}
