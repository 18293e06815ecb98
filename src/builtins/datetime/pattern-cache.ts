import { type PatternItem, type PatternUse, parseDatetimePattern } from "./datetime-pattern.ts";

/** Reads patterns and remembers the last one. */
export function datetimePatternCache(use: PatternUse): (pattern: string) => readonly PatternItem[] {
  let last: { readonly pattern: string; readonly items: readonly PatternItem[] } | null = null;
  return (pattern) => {
    if (last?.pattern !== pattern) last = { pattern, items: parseDatetimePattern(pattern, use) };
    return last.items;
  };
}
