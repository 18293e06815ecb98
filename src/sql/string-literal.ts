import { withoutLoneSurrogates } from "../columnar/text-bytes.ts";

const SIMPLE_ESCAPES: { readonly [letter: string]: string } = {
  "0": "\0",
  b: "\b",
  n: "\n",
  r: "\r",
  t: "\t",
  Z: "\x1a",
  "%": "\\%",
  _: "\\_",
};

const ESCAPE = /\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-1][0-7][0-7])|([\s\S])|$)|(['"])\5/g;
const MAX_CODE_POINT = 0x10ffff;

/** The value of a string literal, its quotes included: Spark's escapes, and a doubled quote for a quote. */
export function unquoteString(text: string): string {
  return withoutLoneSurrogates(/^[rR]/.test(text) ? text.slice(2, -1) : withoutEscapes(text));
}

function withoutEscapes(text: string): string {
  const quote = text.charAt(0);
  return text
    .slice(1, -1)
    .replace(ESCAPE, (match, hex4, hex8, octal, letter: string | undefined, doubled) => {
      if (hex4 !== undefined) return String.fromCharCode(Number.parseInt(hex4, 16));
      if (hex8 !== undefined) return codePoint(Number.parseInt(hex8, 16));
      if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8));
      if (doubled !== undefined) return doubled === quote ? quote : match;
      return letter === undefined ? "" : (SIMPLE_ESCAPES[letter] ?? letter);
    });
}

function codePoint(code: number): string {
  return code <= MAX_CODE_POINT ? String.fromCodePoint(code) : "\ufffd";
}
