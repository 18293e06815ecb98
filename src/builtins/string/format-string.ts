import { isNested, STRING } from "../../columnar/data-type.ts";
import { AnalysisError } from "../../common/errors.ts";
import type { Argument, CallFacts, ResolveContext, ScalarBuiltin, Signature } from "../builtin.ts";
import { requireArguments, unexpectedArgument } from "../type-mismatch.ts";
import { formatPrintf } from "./java-formatter.ts";

/** Arguments by a format of C's `printf`, as Java's `Formatter` reads it. */
export const FORMAT_STRING: ScalarBuiltin = {
  kind: "scalar",
  name: "format_string",
  aliases: ["printf"],
  resolve: resolveFormatString,
  kernel: { kind: "row", text: "readable", handlesNulls: true, prepare: prepareFormatString },
  examples: [
    {
      sql: "SELECT format_string('Hello World %d %s', 100, 'days')",
      rows: ["Hello World 100 days"],
    },
    {
      sql: "SELECT printf('%5.2f|%-5s|%05d|%x|%,d', 3.14159D, 'b', 42, 255, 1234567)",
      rows: [" 3.14|b    |00042|ff|1,234,567"],
    },
    { sql: "SELECT printf('%s %1$s %%', null)", rows: ["null null %"] },
  ],
};

function resolveFormatString(args: readonly Argument[], context: ResolveContext): Signature {
  requireArguments(args, context, 1, Number.POSITIVE_INFINITY);
  const print = (texts: readonly string[]): string => `format_string(${texts.join(", ")})`;
  const nested = args.findIndex((arg) => isNested(arg.type));
  if (nested >= 0) throw unexpectedArgument(args, print, nested, '"STRING"');
  const format = args[0]?.literal?.value;
  if (typeof format === "string" && format.includes("%0$"))
    throw new AnalysisError({
      condition: "INVALID_PARAMETER_VALUE.ZERO_INDEX",
      message:
        "The value of parameter(s) `strfmt` in `format_string` is invalid: expects %1$, %2$ and so on, but got %0$.",
      sqlState: "22023",
    });
  const types = args.map(({ type }, i) => (i === 0 || isText(type.kind) ? STRING : type));
  return { args: types, type: STRING, nullable: args[0]?.nullable ?? true };
}

/** All others keep their type: dates, timestamps and intervals are numbers to a format, as in Spark. */
function isText(kind: string): boolean {
  return kind === "string" || kind === "binary" || kind === "null";
}

function prepareFormatString(
  call: CallFacts,
): (format: string | null, ...values: never[]) => unknown {
  const types = call.args.slice(1).map((arg) => arg.type);
  return (format, ...values) => (format === null ? null : formatPrintf(format, values, types));
}
