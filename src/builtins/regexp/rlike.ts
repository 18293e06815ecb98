import { BOOLEAN } from "../../columnar/data-type.ts";
import type { Example, ScalarBuiltin } from "../builtin.ts";
import { STRING_PARAMETER, takes } from "../parameters.ts";
import { patternCache } from "./pattern-cache.ts";

const rlikeNamed = (name: string, examples: readonly Example[]): ScalarBuiltin => ({
  kind: "scalar",
  name,
  resolve: takes([STRING_PARAMETER, STRING_PARAMETER], BOOLEAN),
  kernel: {
    kind: "row",
    text: "readable",
    prepare: () => {
      const compile = patternCache("rlike");
      return (text: string, pattern: string) => compile(pattern).regExp.test(text);
    },
  },
  print: (args) => `${name.toUpperCase()}(${args.join(", ")})`,
  cost: 100,
  examples,
});

/** True if a regular expression of Java finds something in a text. */
export const RLIKE: ScalarBuiltin = rlikeNamed("rlike", [
  { sql: "SELECT rlike('Spark SQL', 'S.*k'), 'abc' RLIKE '^b'", rows: ["true\tfalse"] },
]);

/** As `rlike`. */
export const REGEXP: ScalarBuiltin = rlikeNamed("regexp", [
  {
    sql: "SELECT regexp('%SystemDrive%\\\\Users\\\\John', r'%SystemDrive%\\\\Users.*')",
    rows: ["true"],
  },
]);

/** As `rlike`. */
export const REGEXP_LIKE: ScalarBuiltin = rlikeNamed("regexp_like", [
  { sql: "SELECT regexp_like('Spark', '(?i)SPARK')", rows: ["true"] },
]);
