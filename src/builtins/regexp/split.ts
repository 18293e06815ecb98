import { array, STRING } from "../../columnar/data-type.ts";
import { readableText } from "../../columnar/text-bytes.ts";
import type { ScalarBuiltin } from "../builtin.ts";
import { INT_PARAMETER, STRING_PARAMETER, takes } from "../parameters.ts";
import { charactersOf } from "../string/characters.ts";
import { patternCache } from "./pattern-cache.ts";

/**
 * The parts of a text between matches of a pattern, at most `limit` where it is positive. An empty pattern parts all
 * characters.
 */
export const SPLIT: ScalarBuiltin = {
  kind: "scalar",
  name: "split",
  resolve: takes([STRING_PARAMETER, STRING_PARAMETER, INT_PARAMETER], array(STRING, false), {
    required: 2,
  }),
  kernel: {
    kind: "row",
    prepare: () => {
      const compile = patternCache("split");
      return (text: string, pattern: string, limit = -1) =>
        pattern === "" && text !== ""
          ? splitCharacters(charactersOf(text), limit)
          : splitAt(readableText(text), compile(readableText(pattern)).regExp, limit);
    },
  },
  print: (args) => `split(${[...args, ...(args.length === 2 ? ["-1"] : [])].join(", ")})`,
  cost: 200,
  examples: [
    { sql: "SELECT split('oneAtwoBthreeC', '[ABC]')", rows: ['["one","two","three",""]'] },
    { sql: "SELECT split('oneAtwoBthreeC', '[ABC]', -1)", rows: ['["one","two","three",""]'] },
    { sql: "SELECT split('oneAtwoBthreeC', '[ABC]', 2)", rows: ['["one","twoBthreeC"]'] },
    {
      sql: "SELECT split('hello', '', 3), split('hello', 'x*', 3)",
      rows: ['["h","e","llo"]\t["h","e","llo"]'],
    },
    {
      sql: "SELECT split('abc', ''), split('abc', 'b*')",
      rows: ['["a","b","c"]\t["a","","c",""]'],
    },
  ],
};

/** Each character a part, the last of `limit` parts being the rest. */
function splitCharacters(characters: readonly string[], limit: number): readonly string[] {
  if (limit <= 0 || limit >= characters.length) return characters;
  return [...characters.slice(0, limit - 1), characters.slice(limit - 1).join("")];
}

/** As Java: an empty match at the start parts nothing. */
function splitAt(text: string, regExp: RegExp, limit: number): readonly string[] {
  const parts: string[] = [];
  let start = 0;
  for (const match of text.matchAll(regExp)) {
    if (limit > 0 && parts.length === limit - 1) break;
    const end = match.index + match[0].length;
    if (start === 0 && end === 0) continue;
    parts.push(text.slice(start, match.index));
    start = end;
  }
  parts.push(text.slice(start));
  return parts;
}
