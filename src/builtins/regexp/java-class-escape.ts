import type { PatternFlags } from "./pattern-flags.ts";
import { unicodeBlock } from "./unicode-blocks.ts";

type Table = Readonly<Record<string, string>>;

/** The kinds of characters behind a letter, in JavaScript's `v` mode, written to stand inside of a class. */
const SIMPLE: Table = {
  d: "0-9",
  w: "a-zA-Z_0-9",
  s: "\\t\\n\\v\\f\\r\\x20",
  h: "\\t\\x20\\xa0\\u1680\\u180e\\u2000-\\u200a\\u202f\\u205f\\u3000",
  v: "\\n\\v\\f\\r\\x85\\u2028\\u2029",
};

/** Those that the flag U changes. */
const UNICODE_SIMPLE: Table = {
  d: "\\p{Nd}",
  w: "\\p{Alphabetic}\\p{M}\\p{Nd}\\p{Pc}\\p{Join_Control}",
  s: "\\p{White_Space}",
};

const POSIX: Table = {
  Lower: "a-z",
  Upper: "A-Z",
  Alpha: "a-zA-Z",
  Digit: "0-9",
  Alnum: "a-zA-Z0-9",
  Punct: "\\x21-\\x2f\\x3a-\\x40\\x5b-\\x60\\x7b-\\x7e",
  Graph: "\\x21-\\x7e",
  Print: "\\x20-\\x7e",
  Blank: "\\x20\\t",
  Cntrl: "\\x00-\\x1f\\x7f",
  XDigit: "0-9a-fA-F",
  Space: "\\t\\n\\v\\f\\r\\x20",
};

const GRAPH = "[\\p{Any}--[\\p{White_Space}\\p{Cc}\\p{Cs}\\p{Cn}]]";

const UNICODE_POSIX: Table = {
  Lower: "\\p{Lowercase}",
  Upper: "\\p{Uppercase}",
  Alpha: "\\p{Alphabetic}",
  Digit: "\\p{Nd}",
  Alnum: "\\p{Alphabetic}\\p{Nd}",
  Punct: "\\p{P}",
  Graph: GRAPH,
  Print: `${GRAPH}\\p{Zs}`,
  Blank: "\\p{Zs}\\t",
  Cntrl: "\\p{Cc}",
  XDigit: "\\p{Nd}\\p{Hex_Digit}",
  Space: "\\p{White_Space}",
};

const OTHER: Table = {
  ASCII: "\\x00-\\x7f",
  L1: "\\x00-\\xff",
  LC: "\\p{Lu}\\p{Ll}\\p{Lt}",
  LD: "\\p{L}\\p{Nd}",
  all: "\\p{Any}",
  javaLowerCase: "\\p{Lowercase}",
  javaUpperCase: "\\p{Uppercase}",
  javaTitleCase: "\\p{Lt}",
  javaAlphabetic: "\\p{Alphabetic}",
  javaIdeographic: "\\p{Ideographic}",
  javaDigit: "\\p{Nd}",
  javaDefined: "\\P{Cn}",
  javaLetter: "\\p{L}",
  javaLetterOrDigit: "\\p{L}\\p{Nd}",
  javaSpaceChar: "\\p{Z}",
  javaMirrored: "\\p{Bidi_Mirrored}",
  javaISOControl: "\\x00-\\x1f\\x7f-\\x9f",
  javaIdentifierIgnorable: "\\x00-\\x08\\x0e-\\x1b\\x7f-\\x9f\\p{Cf}",
  javaJavaIdentifierStart: "\\p{L}\\p{Nl}\\p{Sc}\\p{Pc}",
  javaJavaIdentifierPart:
    "\\p{L}\\p{Nl}\\p{Sc}\\p{Pc}\\p{Nd}\\p{Mn}\\p{Mc}\\x00-\\x08\\x0e-\\x1b\\x7f-\\x9f\\p{Cf}",
  javaUnicodeIdentifierStart: "\\p{ID_Start}",
  javaUnicodeIdentifierPart: "\\p{ID_Continue}\\x00-\\x08\\x0e-\\x1b\\x7f-\\x9f\\p{Cf}",
  javaWhitespace:
    "\\t\\n\\v\\f\\r\\x1c-\\x20\\u1680\\u2000-\\u2006\\u2008-\\u200a\\u2028\\u2029\\u205f\\u3000",
};

/** Properties behind `Is`, in upper case without underscores. */
const BINARY: Table = {
  ALPHABETIC: "\\p{Alphabetic}",
  ASSIGNED: "\\P{Cn}",
  CONTROL: "\\p{Cc}",
  DIGIT: "\\p{Nd}",
  HEXDIGIT: "\\p{Nd}\\p{Hex_Digit}",
  IDEOGRAPHIC: "\\p{Ideographic}",
  JOINCONTROL: "\\p{Join_Control}",
  LETTER: "\\p{L}",
  LOWERCASE: "\\p{Lowercase}",
  NONCHARACTERCODEPOINT: "\\p{Noncharacter_Code_Point}",
  PUNCTUATION: "\\p{P}",
  TITLECASE: "\\p{Lt}",
  UPPERCASE: "\\p{Uppercase}",
  WHITESPACE: "\\p{White_Space}",
  WORD: "\\p{Alphabetic}\\p{M}\\p{Nd}\\p{Pc}\\p{Join_Control}",
  ALNUM: "\\p{Alphabetic}\\p{Nd}",
  BLANK: "\\p{Zs}\\t",
  GRAPH,
  PRINT: `${GRAPH}\\p{Zs}`,
};

const CATEGORY = /^(?:C[cfnos]?|L[ulmot]?|M[nec]?|N[dlo]?|P[cdefios]?|S[ckmo]?|Z[lps]?)$/;
const CASED_CATEGORY = /^L[ult]$/;
const CASED_NAME = /^(?:java(?:Lower|Upper|Title)Case|(?:LOWER|UPPER|TITLE)CASE)$/;
const ANY_CASE = "\\p{Uppercase}\\p{Lowercase}\\p{Lt}";

/** `\d`, `\S`, `\h` and their like as a class; null for another letter. */
export function kindOfCharacter(letter: string, flags: PatternFlags): string | null {
  const kind = letter.toLowerCase();
  const body = (flags.unicodeClasses ? UNICODE_SIMPLE[kind] : undefined) ?? SIMPLE[kind];
  if (body === undefined) return null;
  return letter === kind ? `[${body}]` : `[^${body}]`;
}

/** `\p{NAME}` as a class; null where Java has no such property. */
export function propertyOfCharacter(
  name: string,
  flags: PatternFlags,
  isNegated: boolean,
): string | null {
  const body = bodyOf(name, flags);
  if (body === null || !isKnown(`[${body}]`)) return null;
  return isNegated ? `[^${body}]` : `[${body}]`;
}

function bodyOf(name: string, flags: PatternFlags): string | null {
  const keyed = /^([^=]*)=(.*)$/.exec(name);
  if (keyed) return keyedProperty(keyed[1] ?? "", keyed[2] ?? "", flags);
  if (name.startsWith("In")) return unicodeBlock(name.slice(2));
  if (!name.startsWith("Is")) return namedProperty(name, flags);
  const rest = name.slice(2);
  return binaryProperty(rest, flags) ?? namedProperty(rest, flags) ?? script(rest);
}

function keyedProperty(key: string, value: string, flags: PatternFlags): string | null {
  switch (key.toLowerCase()) {
    case "sc":
    case "script":
      return script(value);
    case "blk":
    case "block":
      return unicodeBlock(value);
    case "gc":
    case "general_category":
      return namedProperty(value, flags);
    default:
      return null;
  }
}

function binaryProperty(name: string, flags: PatternFlags): string | null {
  const key = name.toUpperCase().replaceAll("_", "");
  if (flags.ignoreCase && CASED_NAME.test(key)) return ANY_CASE;
  return BINARY[key] ?? null;
}

/** A general category, a POSIX class or one of Java's methods. */
function namedProperty(name: string, flags: PatternFlags): string | null {
  if (flags.ignoreCase && CASED_CATEGORY.test(name)) return "\\p{Lu}\\p{Ll}\\p{Lt}";
  if (flags.ignoreCase && CASED_NAME.test(name)) return ANY_CASE;
  if (CATEGORY.test(name)) return `\\p{${name}}`;
  return posixClass(name, flags) ?? OTHER[name] ?? null;
}

function posixClass(name: string, flags: PatternFlags): string | null {
  const isCased = name === "Lower" || name === "Upper";
  if (flags.unicodeClasses)
    return flags.ignoreCase && isCased ? ANY_CASE : (UNICODE_POSIX[name] ?? null);
  return POSIX[flags.ignoreCase && isCased ? "Alpha" : name] ?? null;
}

function script(name: string): string {
  const written = name.toLowerCase().replace(/(^|_)[a-z]/g, (start) => start.toUpperCase());
  return `\\p{Script=${written}}`;
}

function isKnown(characterClass: string): boolean {
  try {
    new RegExp(characterClass, "v");
    return true;
  } catch {
    return false;
  }
}
