import { STRING } from "../../columnar/data-type.ts";
import type { ScalarBuiltin } from "../builtin.ts";
import { STRING_PARAMETER, takes } from "../parameters.ts";

/** Letters whose title case is not their upper case. */
const TITLE_CASE: { readonly [letter: string]: string } = { ǆ: "ǅ", ǉ: "ǈ", ǌ: "ǋ", ǳ: "ǲ" };

/** The first letter of each word, behind a space, in title case, the others in lower case. */
export const INITCAP: ScalarBuiltin = {
  kind: "scalar",
  name: "initcap",
  resolve: takes([STRING_PARAMETER], STRING),
  kernel: {
    kind: "row",
    prepare: () => (text: string) => text.toLowerCase().replace(/(^| )([^ ])/gu, capitalize),
  },
  examples: [
    { sql: "SELECT initcap('sPark sql')", rows: ["Spark Sql"] },
    { sql: "SELECT initcap('hELLO wORLD-foo ΑΣ')", rows: ["Hello World-foo Ας"] },
  ],
};

function capitalize(_: string, before: string, letter: string): string {
  const upper = TITLE_CASE[letter] ?? letter.toUpperCase();
  return before + (Array.from(upper).length === 1 ? upper : letter);
}
