import { decodeText, encodeText } from "../../columnar/text-bytes.ts";

const SURROGATE = /[\ud800-\udfff]/;

/** The number of characters. */
export function characterCount(text: string): number {
  return SURROGATE.test(text) ? charactersOf(text).length : text.length;
}

/** Characters from `start` (inclusive, from 0) to `end` (exclusive). */
export function sliceCharacters(text: string, start: number, end?: number): string {
  return SURROGATE.test(text)
    ? charactersOf(text).slice(start, end).join("")
    : text.slice(start, end);
}

/** The characters, each as text: code points; where bytes are not UTF-8, as many bytes as the first one of them says. */
export function charactersOf(text: string): readonly string[] {
  return text.isWellFormed() ? Array.from(text) : charactersByLead(encodeText(text));
}

/** Spark's SUBSTRING: `position` from 1, or negative from the end. */
export function substringOf(text: string, position: number, length: number): string {
  const count = characterCount(text);
  const start = position > 0 ? position - 1 : position < 0 ? count + position : 0;
  const end = Math.min(start + length, count);
  return end <= Math.max(start, 0) ? "" : sliceCharacters(text, Math.max(start, 0), end);
}

/**
 * A function that finds texts in texts, on their bytes where one is not UTF-8: there a search finds bytes within
 * characters too.
 */
export function byBytes<R extends string | number>(
  search: (...texts: string[]) => R,
): (...texts: string[]) => R {
  return (...texts) => {
    if (texts.every((text) => text.isWellFormed())) return search(...texts);
    const found = search(...texts.map((text) => Buffer.from(encodeText(text)).toString("latin1")));
    return (typeof found === "string" ? decodeText(Buffer.from(found, "latin1")) : found) as R;
  };
}

function charactersByLead(bytes: Uint8Array): readonly string[] {
  const characters: string[] = [];
  for (let at = 0; at < bytes.length; ) {
    const size = sizeByLead(bytes[at] ?? 0);
    characters.push(decodeText(bytes.subarray(at, at + size)));
    at += size;
  }
  return characters;
}

function sizeByLead(lead: number): number {
  if (lead < 0xc2 || lead > 0xf4) return 1;
  return lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
}
