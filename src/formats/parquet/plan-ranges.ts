import type { FileFacts, RowGroupFacts } from "../../columnar/file-facts.ts";
import { coalesceRanges } from "../../storage/coalesce-ranges.ts";
import type { ByteRange } from "../../storage/object-store.ts";
import { fallbackReason } from "./takes-chunk.ts";

/** Bytes of the most that one GET asks for. */
const MAX_RANGE_BYTES = 8 << 20;
const DEFAULT_GAP_BYTES = 65536;

export interface RangeOptions {
  /** Unwanted bytes that are read through rather than asked around. */
  readonly maxGapBytes?: number;
}

/** Bytes that lie in memory as one, read by the GETs of `pieces`. */
export interface RangeRun {
  readonly range: ByteRange;
  readonly pieces: readonly ByteRange[];
}

/**
 * The GETs for some columns of a row group, in the file's order. Names that the file does not have cost nothing; a
 * column that needs parquet-wasm costs the file's footer once more.
 */
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
  let needsFooter = false;
  for (const { name, type } of file.fields) {
    const column = rowGroup.columns[name];
    if (column === undefined || !columns.includes(name) || isPartition(file, name)) continue;
    for (const chunk of column.chunks)
      wanted.push({ start: chunk.offset, end: chunk.offset + chunk.sizeBytes });
    needsFooter ||= fallbackReason(column, type) !== null;
  }
  if (needsFooter) wanted.push(footerRange(file));
  const limits = {
    maxGapBytes: options.maxGapBytes ?? DEFAULT_GAP_BYTES,
    maxBytes: MAX_RANGE_BYTES,
  };
  return coalesceRanges(wanted, limits).map(({ range }) => ({ range, pieces: split(range) }));
}

/** The end of the file as planning read it. */
export function footerRange(file: FileFacts): ByteRange {
  return { start: file.sizeBytes - file.footerBytes, end: file.sizeBytes };
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
