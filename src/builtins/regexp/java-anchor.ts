import type { PatternFlags } from "./pattern-flags.ts";

/** The characters that end a line, for use within a class. */
export const LINE_END = "\\n\\r\\x85\\u2028\\u2029";
/** The start of the text. */
export const INPUT_START = "^";
const INPUT_END = "$";
const LINE_STARTS = `(?:${INPUT_START}|(?<=[${LINE_END}])(?<!\\r(?=\\n)))(?!${INPUT_END})`;
const LINE_ENDS = `(?=[${LINE_END}])(?<!\\r(?=\\n))|${INPUT_END}`;
const UNIX_LINE_STARTS = `(?:${INPUT_START}|(?<=\\n))(?!${INPUT_END})`;
const UNIX_LINE_ENDS = `(?=\\n)|${INPUT_END}`;
const LAST_LINE_END = `(?=(?:\\r\\n|[${LINE_END}])?${INPUT_END})`;
const LAST_UNIX_LINE_END = `(?=\\n?${INPUT_END})`;

/** `^` */
export function lineStart({ multiline, unixLines }: PatternFlags): string {
  if (!multiline) return INPUT_START;
  return unixLines ? UNIX_LINE_STARTS : LINE_STARTS;
}

/** `$` */
export function lineEnd(flags: PatternFlags): string {
  if (!flags.multiline) return lastLineEnd(flags);
  return flags.unixLines ? UNIX_LINE_ENDS : LINE_ENDS;
}

/** An anchor that is a letter behind a backslash; null for another letter. */
export function anchorOf(letter: string, flags: PatternFlags): string | null {
  switch (letter) {
    case "A":
      return INPUT_START;
    case "z":
      return INPUT_END;
    case "Z":
      return lastLineEnd(flags);
    case "b":
    case "B":
      return wordBoundary(letter, flags);
    default:
      return null;
  }
}

function lastLineEnd({ unixLines }: PatternFlags): string {
  return unixLines ? LAST_UNIX_LINE_END : LAST_LINE_END;
}

function wordBoundary(letter: "b" | "B", { unicodeClasses }: PatternFlags): string {
  if (!unicodeClasses) return `\\${letter}`;
  const word = "[\\p{Alphabetic}\\p{M}\\p{Nd}\\p{Pc}\\p{Join_Control}]";
  return letter === "b"
    ? `(?<=${word})(?!${word})|(?<!${word})(?=${word})`
    : `(?<=${word})(?=${word})|(?<!${word})(?!${word})`;
}
