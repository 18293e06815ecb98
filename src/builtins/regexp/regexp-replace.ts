import { STRING } from "../../columnar/data-type.ts";
import { AnalysisError, DataError } from "../../common/errors.ts";
import type { Argument, ResolveContext, ScalarBuiltin, Signature } from "../builtin.ts";
import { INT_PARAMETER, STRING_PARAMETER, typeArguments } from "../parameters.ts";
import { patternCache } from "./pattern-cache.ts";
import { expandReplacement, parseReplacement } from "./replacement.ts";

/** Every match of a pattern replaced, from a position (1-based) on. */
export const REGEXP_REPLACE: ScalarBuiltin = {
  kind: "scalar",
  name: "regexp_replace",
  resolve: resolveReplace,
  kernel: {
    kind: "row",
    text: "readable",
    prepare: () => {
      const compile = patternCache("regexp_replace");
      return (text: string, pattern: string, replacement: string, position = 1) => {
        const compiled = compile(pattern);
        const { regExp } = compiled;
        const start = utf16Index(text, position - 1);
        const matches = [...text.slice(start).matchAll(regExp)];
        if (matches.length === 0) return text;
        const parts = parseReplacement(replacement, compiled);
        let out = text.slice(0, start);
        let end = start;
        for (const match of matches) {
          const expanded = parts && expandReplacement(parts, match);
          if (expanded === null) throw invalidReplace(text, pattern, replacement, position);
          out += text.slice(end, start + match.index) + expanded;
          end = start + match.index + match[0].length;
        }
        return out + text.slice(end);
      };
    },
  },
  print: (args) => `regexp_replace(${[...args, ...(args.length === 3 ? ["1"] : [])].join(", ")})`,
  cost: 200,
  examples: [
    { sql: "SELECT regexp_replace('100-200', r'(\\d+)', 'num')", rows: ["num-num"] },
    {
      sql: "SELECT regexp_replace('abc', '(b)', '[$1]'), regexp_replace('aaa', 'a', 'b', 2)",
      rows: ["a[b]c\tabb"],
    },
  ],
};

function resolveReplace(args: readonly Argument[], context: ResolveContext): Signature {
  const parameters = [STRING_PARAMETER, STRING_PARAMETER, STRING_PARAMETER, INT_PARAMETER];
  const types = typeArguments(args, context, parameters, 3);
  const position = args[3]?.literal?.value;
  if (position !== undefined && position !== null && Number(position) < 1)
    throw new AnalysisError({
      condition: "DATATYPE_MISMATCH.VALUE_OUT_OF_RANGE",
      message: `Cannot resolve "regexp_replace" due to data type mismatch: The position must be between (0, 2147483647] (current value = ${position}).`,
      sqlState: "42K09",
    });
  return { args: types, type: STRING };
}

function utf16Index(text: string, index: number): number {
  return Math.min(Math.max(index, 0), text.length);
}

function invalidReplace(
  text: string,
  pattern: string,
  replacement: string,
  position: number,
): DataError {
  return new DataError({
    condition: "INVALID_REGEXP_REPLACE",
    message: `Could not perform regexp_replace for source = "${text}", pattern = "${pattern}", replacement = "${replacement}" and position = ${position}.`,
    sqlState: "22023",
  });
}
