import { array, INT, STRING } from "../../columnar/data-type.ts";
import { DataError } from "../../common/errors.ts";
import type { ScalarBuiltin } from "../builtin.ts";
import { INT_PARAMETER, STRING_PARAMETER, takes } from "../parameters.ts";
import { characterCount } from "../string/characters.ts";
import type { TranslatedPattern } from "./java-pattern.ts";
import { patternCache } from "./pattern-cache.ts";

const TEXT_AND_PATTERN = [STRING_PARAMETER, STRING_PARAMETER];
const WITH_GROUP = [...TEXT_AND_PATTERN, INT_PARAMETER];

const printWithDefault = (name: string, fallback: string) => (args: readonly string[]) =>
  `${name}(${[...args, ...(args.length === 2 ? [fallback] : [])].join(", ")})`;

/** A group of the first match, group 1 unless said; empty where nothing matches. */
export const REGEXP_EXTRACT: ScalarBuiltin = {
  kind: "scalar",
  name: "regexp_extract",
  resolve: takes(WITH_GROUP, STRING, { required: 2 }),
  kernel: {
    kind: "row",
    text: "readable",
    prepare: () => {
      const compile = patternCache("regexp_extract");
      return (text: string, pattern: string, index = 1) => {
        const compiled = compile(pattern);
        const match = compiled.regExp.exec(text);
        return match === null ? "" : (match[groupAt(compiled, index, "regexp_extract")] ?? "");
      };
    },
  },
  print: printWithDefault("regexp_extract", "1"),
  cost: 150,
  examples: [
    { sql: "SELECT regexp_extract('100-200', r'(\\d+)-(\\d+)', 1)", rows: ["100"] },
    {
      sql: "SELECT regexp_extract('foo', r'(\\d+)'), regexp_extract('a1b', r'\\d', 0)",
      rows: ["\t1"],
    },
  ],
};

/** A group of every match, group 1 unless said. */
export const REGEXP_EXTRACT_ALL: ScalarBuiltin = {
  kind: "scalar",
  name: "regexp_extract_all",
  resolve: takes(WITH_GROUP, array(STRING), { required: 2 }),
  kernel: {
    kind: "row",
    text: "readable",
    prepare: () => {
      const compile = patternCache("regexp_extract_all");
      return (text: string, pattern: string, index = 1) => {
        const compiled = compile(pattern);
        return Array.from(
          text.matchAll(compiled.regExp),
          (match) => match[groupAt(compiled, index, "regexp_extract_all")] ?? "",
        );
      };
    },
  },
  print: printWithDefault("regexp_extract_all", "1"),
  cost: 200,
  examples: [
    {
      sql: "SELECT regexp_extract_all('100-200, 300-400', r'(\\d+)-(\\d+)', 1)",
      rows: ['["100","300"]'],
    },
  ],
};

/** How often a pattern matches. */
export const REGEXP_COUNT: ScalarBuiltin = {
  kind: "scalar",
  name: "regexp_count",
  resolve: takes(TEXT_AND_PATTERN, INT),
  kernel: {
    kind: "row",
    text: "readable",
    prepare: () => {
      const compile = patternCache("regexp_extract_all");
      return (text: string, pattern: string) => [...text.matchAll(compile(pattern).regExp)].length;
    },
  },
  cost: 200,
  examples: [
    {
      sql: "SELECT regexp_count('Steven Jones and Stephen Smith are the best players', 'Ste(v|ph)en')",
      rows: ["2"],
    },
    { sql: "SELECT regexp_count('abcdefghijklmnopqrstuvwxyz', '[a-z]{3}')", rows: ["8"] },
  ],
};

/** The first match; null where there is none. */
export const REGEXP_SUBSTR: ScalarBuiltin = {
  kind: "scalar",
  name: "regexp_substr",
  resolve: takes(TEXT_AND_PATTERN, STRING, { nullable: true }),
  kernel: {
    kind: "row",
    text: "readable",
    prepare: () => {
      const compile = patternCache("regexp_extract");
      return (text: string, pattern: string) => compile(pattern).regExp.exec(text)?.[0] || null;
    },
  },
  cost: 150,
  examples: [
    {
      sql: "SELECT regexp_substr('Steven Jones and Stephen Smith are the best players', 'Ste(v|ph)en')",
      rows: ["Steven"],
    },
    { sql: "SELECT regexp_substr('Steven Jones', 'Jeck')", rows: ["NULL"] },
  ],
};

/** The place from 1 of the first match in characters, 0 where there is none. The group number has no effect. */
export const REGEXP_INSTR: ScalarBuiltin = {
  kind: "scalar",
  name: "regexp_instr",
  resolve: takes(WITH_GROUP, INT, { required: 2 }),
  kernel: {
    kind: "row",
    text: "readable",
    prepare: () => {
      const compile = patternCache("regexp_instr");
      return (text: string, pattern: string) => {
        const match = compile(pattern).regExp.exec(text);
        return match === null ? 0 : characterCount(text.slice(0, match.index)) + 1;
      };
    },
  },
  print: printWithDefault("regexp_instr", "0"),
  cost: 150,
  examples: [{ sql: "SELECT regexp_instr('user@spark.apache.org', '@[^.]*')", rows: ["5"] }],
};

function groupAt({ groups }: TranslatedPattern, index: number, functionName: string): number {
  const group = groups[index];
  if (group !== undefined) return group;
  throw new DataError({
    condition: "INVALID_PARAMETER_VALUE.REGEX_GROUP_INDEX",
    message: `The value of parameter(s) \`idx\` in \`${functionName}\` is invalid: Expects group index between 0 and ${groups.length - 1}, but got ${index}.`,
    sqlState: "22023",
  });
}
