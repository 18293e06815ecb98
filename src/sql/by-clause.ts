import type { Parser } from "./parser.ts";

/** Takes `GROUP BY` or `ORDER BY` if the word is there; fails where BY is missing after it. */
export function acceptBy(p: Parser, word: "GROUP" | "ORDER"): boolean {
  if (!p.isWord(word)) return p.accept(word, "BY");
  p.expect(word, "BY");
  return true;
}
