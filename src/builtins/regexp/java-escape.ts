import { kindOfCharacter, propertyOfCharacter } from "./java-class-escape.ts";
import type { PatternFlags } from "./pattern-flags.ts";
import type { PatternReader } from "./pattern-reader.ts";

/** What stands behind a backslash: one character, or a kind of characters as a JavaScript class. */
export type EscapedCharacter =
  | { readonly kind: "character"; readonly character: string }
  | { readonly kind: "class"; readonly source: string };

const CONTROLS: { readonly [letter: string]: string } = {
  t: "\t",
  n: "\n",
  r: "\r",
  f: "\f",
  a: "\u0007",
  e: "\u001b",
};

const MAX_CODE_POINT = 0x10ffff;
const LOW_SURROGATE = /^\\u([dD][c-fC-F][0-9a-fA-F]{2})/;

const NUMBERS: { readonly [letter: string]: readonly [shape: RegExp, base: number] } = {
  x: [/^(?:\{([0-9a-fA-F]{1,6})\}|([0-9a-fA-F]{2}))/, 16],
  u: [/^([0-9a-fA-F]{4})/, 16],
  "0": [/^([0-3]?[0-7]{1,2})/, 8],
};

/** Reads an escape whose letter has been taken. Throws a `SyntaxError` for what is none. */
export function readEscape(
  letter: string,
  reader: PatternReader,
  flags: PatternFlags,
): EscapedCharacter {
  const kind = kindOfCharacter(letter, flags);
  if (kind !== null) return { kind: "class", source: kind };
  if (letter === "p" || letter === "P")
    return { kind: "class", source: readProperty(reader, flags, letter === "P") };
  return { kind: "character", character: escapedCharacter(letter, reader) };
}

function readProperty(reader: PatternReader, flags: PatternFlags, isNegated: boolean): string {
  const name = reader.takes("{") ? reader.until("}") : reader.next();
  const found = propertyOfCharacter(name, flags, isNegated);
  if (found === null) throw new SyntaxError(`Unknown property ${name}`);
  return found;
}

function escapedCharacter(letter: string, reader: PatternReader): string {
  const control = CONTROLS[letter];
  if (control !== undefined) return control;
  const number = NUMBERS[letter];
  if (number !== undefined) {
    const match = reader.takesMatch(number[0]);
    if (match === null) throw new SyntaxError("Illegal escape");
    const code = Number.parseInt(match[1] ?? match[2] ?? "", number[1]);
    if (code > MAX_CODE_POINT) throw new SyntaxError("No such character");
    return letter === "u" ? withLowSurrogate(code, reader) : String.fromCodePoint(code);
  }
  if (letter === "c") return String.fromCodePoint((reader.next().codePointAt(0) ?? 0) ^ 64);
  if (/[a-zA-Z]/.test(letter)) throw new SyntaxError(`Illegal escape \\${letter}`);
  return letter;
}

/** Two escapes for the halves of one character are that character. */
function withLowSurrogate(code: number, reader: PatternReader): string {
  const isHigh = code >= 0xd800 && code <= 0xdbff;
  const low = isHigh ? reader.takesMatch(LOW_SURROGATE) : null;
  return String.fromCharCode(code) + String.fromCharCode(...hexOf(low?.[1]));
}

function hexOf(digits: string | undefined): readonly number[] {
  return digits === undefined ? [] : [Number.parseInt(digits, 16)];
}

/** One character as JavaScript's `v` mode takes it, inside of a class and outside. */
export function characterSource(character: string): string {
  return /[a-zA-Z0-9]/.test(character) && character.length === 1
    ? character
    : `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}
