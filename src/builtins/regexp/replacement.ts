import type { TranslatedPattern } from "./java-pattern.ts";

type Part = string | { readonly group: number } | { readonly name: string };

/** How a match is replaced by Java's rules: `$1`, `${name}`, `\` before a character meant as it is. Null where invalid. */
export function parseReplacement(
  replacement: string,
  { groups }: TranslatedPattern,
): readonly Part[] | null {
  const parts: Part[] = [];
  const token = /\\(.)|\$(?:(\d)|\{([a-zA-Z][a-zA-Z0-9]*)\})|([^\\$]+)/sy;
  while (token.lastIndex < replacement.length) {
    const match = token.exec(replacement);
    if (match === null) return null;
    const [, escaped, digit, name, text] = match;
    if (digit === undefined) parts.push(name === undefined ? (escaped ?? text ?? "") : { name });
    else if (Number(digit) >= groups.length) return null;
    else {
      const rest = replacement.slice(token.lastIndex);
      const number = longestGroup(digit, rest, groups.length);
      token.lastIndex += number.length - 1;
      parts.push({ group: groups[Number(number)] ?? 0 });
    }
  }
  return parts;
}

/** More digits belong to the number as long as there is such a group. */
function longestGroup(digit: string, rest: string, count: number): string {
  let number = digit;
  for (const next of /^\d*/.exec(rest)?.[0] ?? "") {
    if (Number(number + next) >= count) break;
    number += next;
  }
  return number;
}

/** The text that takes a match's place; a group that took no part is empty. Null where it names no group. */
export function expandReplacement(parts: readonly Part[], match: RegExpExecArray): string | null {
  let out = "";
  for (const part of parts) {
    if (typeof part === "string") out += part;
    else if ("group" in part) out += match[part.group] ?? "";
    else if (match.groups && part.name in match.groups) out += match.groups[part.name] ?? "";
    else return null;
  }
  return out;
}
