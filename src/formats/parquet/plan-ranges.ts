import type { FileFacts, RowGroupFacts } from "../../columnar/file-facts.ts";
import { coalesceRanges } from "../../storage/coalesce-ranges.ts";
import type { ByteRange } from "../../storage/object-store.ts";

/** Bytes of the most that one GET asks for. */
const MAX_RANGE_BYTES = 8 << 20;
const DEFAULT_GAP_BYTES = 65536;

/** When neighbouring ranges become one read. */
export interface RangeOptions {
  /** Unwanted bytes that are read through rather than asked around. */
  readonly maxGapBytes?: number;
}

/** Bytes that lie in memory as one, read by the GETs of `pieces`. */
export interface RangeRun {
  readonly range: ByteRange;
  readonly pieces: readonly ByteRange[];
}

/** The GETs for some columns of a row group, in the file's order. Names that the file does not have cost nothing. */
export function planRanges(
  file: FileFacts,
  rowGroup: RowGroupFacts,
  columns: readonly string[],
  options: RangeOptions = {},
): ByteRange[] {
  return planRuns(file, rowGroup, columns, options).flatMap((run) => run.pieces);
}

/** As `planRanges`, with what lies together. */
export function planRuns(
  file: FileFacts,
  rowGroup: RowGroupFacts,
  columns: readonly string[],
  options: RangeOptions = {},
): RangeRun[] {
  const wanted: ByteRange[] = [];
  for (const [name, { chunks }] of Object.entries(rowGroup.columns)) {
    if (!columns.includes(name) || isPartition(file, name)) continue;
    for (const { offset, sizeBytes } of chunks)
      if (sizeBytes > 0) wanted.push({ start: offset, end: offset + sizeBytes });
  }
  const limits = {
    maxGapBytes: options.maxGapBytes ?? DEFAULT_GAP_BYTES,
    maxBytes: MAX_RANGE_BYTES,
  };
  return coalesceRanges(wanted, limits).map(({ range }) => ({ range, pieces: split(range) }));
}

/** Folder values win over a column of the same name in the file, as in Spark. */
export function isPartition(file: FileFacts, column: string): boolean {
  return Object.hasOwn(file.partitionValues, column);
}

function split({ start, end }: ByteRange): ByteRange[] {
  const pieces: ByteRange[] = [];
  for (let at = start; at < end; at += MAX_RANGE_BYTES)
    pieces.push({ start: at, end: Math.min(end, at + MAX_RANGE_BYTES) });
  return pieces;
}
