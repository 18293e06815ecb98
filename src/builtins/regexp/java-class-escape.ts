/** What Java's escapes for kinds of characters are in JavaScript's `v` mode, written to stand inside of a class. */
const SIMPLE: { readonly [letter: string]: string } = {
  d: "0-9",
  w: "a-zA-Z_0-9",
  s: "\\t\\n\\v\\f\\r\\x20",
  h: "\\x20\\xa0\\u1680\\u180e\\u2000-\\u200a\\u202f\\u205f\\u3000",
  v: "\\n\\v\\f\\r\\x85\\u2028\\u2029",
};

const POSIX: { readonly [name: string]: string } = {
  Lower: "a-z",
  Upper: "A-Z",
  ASCII: "\\x00-\\x7f",
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
  javaLowerCase: "\\p{Lowercase}",
  javaUpperCase: "\\p{Uppercase}",
  javaWhitespace:
    "\\t\\n\\v\\f\\r\\x1c-\\x20\\u1680\\u2000-\\u2006\\u2008-\\u200a\\u2028\\u2029\\u205f\\u3000",
  L1: "\\x00-\\xff",
};

const BINARY: { readonly [name: string]: string } = {
  ALPHABETIC: "Alphabetic",
  IDEOGRAPHIC: "Ideographic",
  LETTER: "L",
  LOWERCASE: "Lowercase",
  UPPERCASE: "Uppercase",
  TITLECASE: "Lt",
  WHITE_SPACE: "White_Space",
  CONTROL: "Cc",
  HEX_DIGIT: "Hex_Digit",
  ASSIGNED: "Assigned",
  DIGIT: "Nd",
  PUNCTUATION: "P",
};

/** `\d`, `\S`, `\h` and their like as a class; null for another letter. */
export function kindOfCharacter(letter: string): string | null {
  const body = SIMPLE[letter.toLowerCase()];
  if (body === undefined) return null;
  return letter === letter.toLowerCase() ? `[${body}]` : `[^${body}]`;
}

/** `\p{NAME}` as a class; null where JavaScript has no such property. */
export function propertyOfCharacter(name: string, isNegated: boolean): string | null {
  const body = POSIX[name] ?? unicodeProperty(name);
  if (body === null || !isKnown(`[${body}]`)) return null;
  return isNegated ? `[^${body}]` : `[${body}]`;
}

function unicodeProperty(name: string): string | null {
  const keyed = /^(?:script|sc|general_category|gc)=(.+)$/i.exec(name);
  if (keyed) {
    const key = name.toLowerCase().startsWith("s") ? "Script=" : "";
    return `\\p{${key}${key ? titleCase(keyed[1] ?? "") : keyed[1]}}`;
  }
  if (!name.startsWith("Is")) return `\\p{${name}}`;
  const rest = name.slice(2);
  const binary = BINARY[rest.toUpperCase()];
  if (binary !== undefined) return `\\p{${binary}}`;
  return rest.length <= 2 ? `\\p{${rest}}` : `\\p{Script=${titleCase(rest)}}`;
}

function titleCase(name: string): string {
  return name.toLowerCase().replace(/(^|_)[a-z]/g, (start) => start.toUpperCase());
}

function isKnown(characterClass: string): boolean {
  try {
    new RegExp(characterClass, "v");
    return true;
  } catch {
    return false;
  }
}
