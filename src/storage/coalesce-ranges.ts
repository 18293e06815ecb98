import type { ByteRange } from "./object-store.ts";

/**
 * Fewer requests for the same bytes: ranges in order of `start`, those at most `maxGapBytes` apart joined while the
 * result stays within `maxBytes`. Each result names the ranges it covers by their place in the input.
 */
export function coalesceRanges(
  ranges: readonly ByteRange[],
  limits: { readonly maxGapBytes: number; readonly maxBytes: number },
): { readonly range: ByteRange; readonly covers: readonly number[] }[] {
  const order = ranges.map((_, i) => i);
  order.sort((a, b) => (ranges[a]?.start ?? 0) - (ranges[b]?.start ?? 0));
  const joined: { range: ByteRange; covers: number[] }[] = [];
  for (const i of order) {
    const range = ranges[i];
    if (range === undefined) continue;
    const last = joined.at(-1);
    const end = Math.max(last?.range.end ?? 0, range.end);
    const near = last !== undefined && range.start - last.range.end <= limits.maxGapBytes;
    if (near && end - last.range.start <= limits.maxBytes) {
      last.range = { start: last.range.start, end };
      last.covers.push(i);
    } else joined.push({ range, covers: [i] });
  }
  return joined;
}
