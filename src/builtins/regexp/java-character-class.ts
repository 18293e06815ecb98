import { characterSource, type EscapedCharacter, readEscape } from "./java-escape.ts";
import type { PatternFlags } from "./pattern-flags.ts";
import type { PatternReader } from "./pattern-reader.ts";

/** Reads a class of characters whose `[` has been taken, with the unions and intersections Java allows in it. */
export function readCharacterClass(reader: PatternReader, flags: PatternFlags): string {
  const source = readClass(reader, flags);
  return flags.ignoreCase && flags.unicodeCase ? inAnyCase(source) : source;
}

/** The class without regard to case. In Java, not in JavaScript, the dotless and the dotted I are an i then. */
function inAnyCase(source: string): string {
  const hasI = ["i", "\u0130", "\u0131"].some((i) => new RegExp(`(?i:${source})`, "v").test(i));
  return hasI && !source.startsWith("[^") ? `(?i:[${source}i\\u0130\\u0131])` : `(?i:${source})`;
}

function readClass(reader: PatternReader, flags: PatternFlags): string {
  const isNegated = reader.takes("^");
  const operands: string[] = [];
  let operand = "";
  let isFirst = true;
  while (isFirst || reader.peek() !== "]") {
    isFirst = false;
    if (reader.takes("&&")) {
      operands.push(operand);
      operand = "";
    } else if (reader.takes("[")) operand += readClass(reader, flags);
    else operand += readItem(reader, flags);
  }
  reader.next();
  const parts = [...operands, operand].filter((part) => part !== "");
  const body = parts.length > 1 ? parts.map((part) => `[${part}]`).join("&&") : (parts[0] ?? "");
  return `[${isNegated ? "^" : ""}${body}]`;
}

function readItem(reader: PatternReader, flags: PatternFlags): string {
  if (reader.takes("\\Q")) return quotedItems(reader, flags);
  if (flags.comments && /[ \t\n\v\f\r#]/.test(reader.peek())) {
    skipComment(reader);
    return "";
  }
  const from = readCharacter(reader, flags);
  if (from.kind === "class") return from.source;
  const isRange = reader.peek() === "-" && reader.peek(1) !== "]" && reader.peek(1) !== "[";
  if (!isRange) return characterItem(from.character, flags);
  reader.next();
  const to = readCharacter(reader, flags);
  if (to.kind === "class") throw new SyntaxError("Illegal range");
  return rangeItem(from.character, to.character, flags);
}

function skipComment(reader: PatternReader): void {
  if (reader.next() === "#") while (reader.next() !== "\n");
}

function readCharacter(reader: PatternReader, flags: PatternFlags): EscapedCharacter {
  const character = reader.next();
  return character === "\\"
    ? readEscape(reader.next(), reader, flags)
    : { kind: "character", character };
}

function quotedItems(reader: PatternReader, flags: PatternFlags): string {
  let items = "";
  while (!reader.takes("\\E")) items += characterItem(reader.next(), flags);
  return items;
}

function characterItem(character: string, flags: PatternFlags): string {
  return flags.ignoreCase && /^[a-zA-Z]$/.test(character)
    ? character.toLowerCase() + character.toUpperCase()
    : characterSource(character);
}

function rangeItem(from: string, to: string, flags: PatternFlags): string {
  const first = from.codePointAt(0) ?? 0;
  const last = to.codePointAt(0) ?? 0;
  if (first > last) throw new SyntaxError("Illegal range");
  const range = `${characterSource(from)}-${characterSource(to)}`;
  if (!flags.ignoreCase) return range;
  return range + otherCase(first, last, "A", 32) + otherCase(first, last, "a", -32);
}

/** The part of a range within the 26 letters from `start` on, in the other case. */
function otherCase(first: number, last: number, start: string, shift: number): string {
  const low = Math.max(first, start.charCodeAt(0));
  const high = Math.min(last, start.charCodeAt(0) + 25);
  if (low > high) return "";
  return `${String.fromCharCode(low + shift)}-${String.fromCharCode(high + shift)}`;
}
