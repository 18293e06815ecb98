import { INT, STRING } from "../../columnar/data-type.ts";
import type { ScalarBuiltin } from "../builtin.ts";
import { INT_PARAMETER, ONLY_STRING_PARAMETER, STRING_PARAMETER, takes } from "../parameters.ts";
import { charactersOf } from "./characters.ts";

/** The number of single-character edits between two texts; -1 where it is above the threshold. */
export const LEVENSHTEIN: ScalarBuiltin = {
  kind: "scalar",
  name: "levenshtein",
  resolve: takes([STRING_PARAMETER, STRING_PARAMETER, INT_PARAMETER], INT, { required: 2 }),
  kernel: {
    kind: "row",
    prepare: () => (a: string, b: string, threshold?: number) => {
      const distance = editDistance(charactersOf(a), charactersOf(b));
      return threshold !== undefined && distance > threshold ? -1 : distance;
    },
  },
  examples: [
    { sql: "SELECT levenshtein('kitten', 'sitting')", rows: ["3"] },
    { sql: "SELECT levenshtein('kitten', 'sitting', 2)", rows: ["-1"] },
  ],
};

function editDistance(a: readonly string[], b: readonly string[]): number {
  let previous = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (const [i, character] of a.entries()) {
    const row = [i + 1];
    for (const [j, other] of b.entries()) {
      const substitution = (previous[j] ?? 0) + (character === other ? 0 : 1);
      row.push(Math.min(substitution, (previous[j + 1] ?? 0) + 1, (row[j] ?? 0) + 1));
    }
    previous = row;
  }
  return previous[b.length] ?? 0;
}

/** Codes of A–Z: 0 a vowel, which parts equal codes; 7 H and W, which do not. */
const SOUNDEX_CODES = "01230127022455012623017202";

/** The Soundex code of a text that begins with an ASCII letter; other texts as they are. */
export const SOUNDEX: ScalarBuiltin = {
  kind: "scalar",
  name: "soundex",
  resolve: takes([ONLY_STRING_PARAMETER], STRING),
  kernel: { kind: "row", prepare: () => soundex },
  examples: [
    {
      sql: "SELECT soundex('Miller'), soundex('Tymczak'), soundex('Ashcraft')",
      rows: ["M460\tT522\tA261"],
    },
    { sql: "SELECT soundex('123'), soundex('Pfister')", rows: ["123\tP236"] },
  ],
};

function soundex(text: string): string {
  const upper = text.replace(/[a-z]/g, (letter) => letter.toUpperCase());
  if (!/^[A-Z]/.test(upper)) return text;
  let code = upper.charAt(0);
  let last = soundexCode(upper, 0);
  for (let i = 1; i < upper.length && code.length < 4; i++) {
    const next = soundexCode(upper, i);
    if (next === "7") continue;
    if (next > "0" && next !== last) code += next;
    last = next;
  }
  return code.padEnd(4, "0");
}

/** Characters that are no letters part equal codes, as vowels do. */
function soundexCode(text: string, at: number): string {
  return SOUNDEX_CODES.charAt(text.charCodeAt(at) - 65) || "0";
}
