import { STRING } from "../../columnar/data-type.ts";
import { repairedText } from "../../columnar/text-bytes.ts";
import type { ScalarBuiltin } from "../builtin.ts";
import { STRING_PARAMETER, takes } from "../parameters.ts";

const DIGRAPHS: { readonly [lower: string]: string } = { ǆ: "ǅ", ǉ: "ǈ", ǌ: "ǋ", ǳ: "ǲ" };
/** Their upper case is for whole words only. */
const GEORGIAN = /^[\u10d0-\u10ff]$/;
const IOTA = "\u0399";
const IOTA_BELOW = "\u0345";

/** The first letter of each word, behind a space, in title case, the others in lower case. */
export const INITCAP: ScalarBuiltin = {
  kind: "scalar",
  name: "initcap",
  resolve: takes([STRING_PARAMETER], STRING),
  kernel: { kind: "row", prepare: () => initcap },
  examples: [
    { sql: "SELECT initcap('sPark sql')", rows: ["Spark Sql"] },
    { sql: "SELECT initcap('hELLO wORLD-foo ΑΣ')", rows: ["Hello World-foo Ας"] },
    { sql: "SELECT initcap('ßa ﬁx ǆa ᾳ')", rows: ["Ssa Fix ǅa ᾼ"] },
  ],
};

function initcap(text: string): string {
  return repairedText(text).split(" ").map(capitalized).join(" ");
}

function capitalized(word: string): string {
  const [first = ""] = word;
  return titleCase(first) + word.toLowerCase().slice(first.toLowerCase().length);
}

/** Unicode's title case of one character; of several letters only the first is large. */
function titleCase(letter: string): string {
  const digraph = DIGRAPHS[letter.toLowerCase()];
  if (digraph !== undefined) return digraph;
  if (GEORGIAN.test(letter)) return letter;
  const upper = letter.toUpperCase();
  if (upper.length > 1 && upper.endsWith(IOTA) && letter.normalize("NFD").includes(IOTA_BELOW)) {
    const title = upper.slice(0, -1) + IOTA_BELOW;
    return upper.length === 2 ? title.normalize("NFC") : title;
  }
  const [first = "", ...others] = upper;
  return first.toLowerCase() === first ? upper : first + others.join("").toLowerCase();
}
