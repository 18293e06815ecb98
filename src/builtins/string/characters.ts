const SURROGATE = /[\ud800-\udfff]/;

/** The number of code points. */
export function characterCount(text: string): number {
  return SURROGATE.test(text) ? Array.from(text).length : text.length;
}

/** Code points from `start` (inclusive, from 0) to `end` (exclusive). */
export function sliceCharacters(text: string, start: number, end?: number): string {
  return SURROGATE.test(text)
    ? Array.from(text).slice(start, end).join("")
    : text.slice(start, end);
}

/** The code points, each as text. */
export function charactersOf(text: string): readonly string[] {
  return Array.from(text);
}

/** Spark's SUBSTRING: `position` from 1, or negative from the end. */
export function substringOf(text: string, position: number, length: number): string {
  const count = characterCount(text);
  const start = position > 0 ? position - 1 : position < 0 ? count + position : 0;
  const end = Math.min(start + length, count);
  return end <= Math.max(start, 0) ? "" : sliceCharacters(text, Math.max(start, 0), end);
}
