import { coalesceRanges } from "../storage/coalesce-ranges.ts";
import type { ByteRange } from "../storage/object-store.ts";
import type { ShuffleBlock } from "./shuffle-block.ts";

/** One GET, or one inline stream: the blocks that it brings, in the order of the partitions. */
export type ShuffleRead =
  | {
      readonly kind: "get";
      readonly key: string;
      readonly range: ByteRange;
      readonly blocks: readonly ShuffleBlock[];
    }
  | { readonly kind: "inline"; readonly blocks: readonly [ShuffleBlock] };

/** Blocks of one object that lie side by side are joined up to this many bytes. */
const MAX_GET_BYTES = 1 << 26;

/** The reads for these blocks, in the order of their first blocks; blocks without rows need none. */
export function planShuffleReads(blocks: readonly ShuffleBlock[]): ShuffleRead[] {
  const reads: ShuffleRead[] = [];
  const byKey = new Map<string, ShuffleBlock[]>();
  for (const block of blocks) {
    if (block.rows === 0) continue;
    if (block.key === null) reads.push({ kind: "inline", blocks: [block] });
    else {
      const known = byKey.get(block.key);
      if (known === undefined) byKey.set(block.key, [block]);
      else known.push(block);
    }
  }
  for (const [key, ofKey] of byKey) reads.push(...readsOfObject(key, ofKey));
  const place = new Map(blocks.map((block, i) => [block, i]));
  const firstOf = (read: ShuffleRead) =>
    Math.min(...read.blocks.map((block) => place.get(block) ?? 0));
  return reads
    .map((read) => ({ read, first: firstOf(read) }))
    .sort((a, b) => a.first - b.first)
    .map(({ read }) => read);
}

/** How many GETs a reader of these blocks makes. */
export function plannedGets(blocks: readonly ShuffleBlock[]): number {
  return planShuffleReads(blocks).filter(({ kind }) => kind === "get").length;
}

function readsOfObject(key: string, blocks: readonly ShuffleBlock[]): ShuffleRead[] {
  const ranges = blocks.map(({ offset, sizeBytes }) => ({
    start: offset,
    end: offset + sizeBytes,
  }));
  const joined = coalesceRanges(ranges, { maxGapBytes: 0, maxBytes: MAX_GET_BYTES });
  return joined.map(({ range, covers }) => ({
    kind: "get",
    key,
    range,
    blocks: covers.flatMap((i) => blocks[i] ?? []),
  }));
}
