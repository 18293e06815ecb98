import type { PatternItem } from "./datetime-pattern.ts";
import { PatternRun } from "./pattern-run.ts";
import { resolveFields } from "./resolve-fields.ts";

/** What a text said: local time in microseconds and the zone it named, if any. */
export interface ParsedDatetime {
  readonly localMicros: bigint;
  readonly zone: string | null;
}

/**
 * Reads a text by a pattern, letters in any case. What the pattern leaves out is of 1970-01-01 00:00. Where the text
 * does not fit, the reason in Java's words: `Text 'x' could not be parsed at index 0`.
 */
export function parseDatetime(
  items: readonly PatternItem[],
  text: string,
): ParsedDatetime | { readonly reason: string } {
  const run = new PatternRun(text);
  const end = run.items(items, 0);
  if (end < 0) return { reason: `Text '${text}' could not be parsed at index ${~end}` };
  if (end < text.length)
    return { reason: `Text '${text}' could not be parsed, unparsed text found at index ${end}` };
  const found = resolveFields(run.fields);
  return typeof found === "string"
    ? { reason: `Text '${text}' could not be parsed: ${found}` }
    : { localMicros: found, zone: run.zone };
}
