import type { FileFacts, RowGroupFacts } from "../columnar/file-facts.ts";
import type { Split } from "./physical-plan.ts";

/** How large tasks of a scan should be. */
export interface SplitOptions {
  /** Workers that share the scan. */
  readonly parallelism: number;
  /** No split is made larger than this by adding a row group. */
  readonly splitBytes: number;
  /** Row groups are put together up to this size even where workers then have nothing to do. */
  readonly minSplitBytes: number;
}

const TASKS_PER_WORKER = 3;

/**
 * Groups row groups, in the order of files, into slices of work of about equal size, some for each worker.
 * Facts of columns that are not read are left out. There is always at least one split, without files if need be.
 */
export function planSplits(
  files: readonly FileFacts[],
  columns: readonly string[],
  options: SplitOptions,
): readonly Split[] {
  const pieces = files.flatMap((file) =>
    file.rowGroups.map((group) => readOf(file, onlyColumns(group, columns))),
  );
  const total = pieces.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  const share = total / (TASKS_PER_WORKER * Math.max(1, options.parallelism));
  const target = Math.min(options.splitBytes, Math.max(share, options.minSplitBytes));
  const splits: RowGroupRead[][] = [];
  let current: RowGroupRead[] = [];
  let size = 0;
  for (const next of pieces) {
    if (current.length > 0 && size + next.sizeBytes / 2 > target) {
      splits.push(current);
      current = [];
      size = 0;
    }
    current.push(next);
    size += next.sizeBytes;
  }
  if (current.length > 0 || splits.length === 0) splits.push(current);
  return splits.map(toSplit);
}

/** One of `count` about equal runs of a split's row groups; `index` from 0. */
export function sliceSplit(split: Split, index: number, count: number): Split {
  const reads = split.files.flatMap((file) => file.rowGroups.map((group) => readOf(file, group)));
  const bound = (i: number): number => Math.floor((reads.length * i) / count);
  return toSplit(reads.slice(bound(index), bound(index + 1)));
}

interface RowGroupRead {
  readonly file: FileFacts;
  readonly group: RowGroupFacts;
  readonly sizeBytes: number;
}

function readOf(file: FileFacts, group: RowGroupFacts): RowGroupRead {
  const chunks = Object.values(group.columns).flatMap((column) => column.chunks);
  return { file, group, sizeBytes: chunks.reduce((sum, chunk) => sum + chunk.sizeBytes, 0) };
}

function onlyColumns(group: RowGroupFacts, columns: readonly string[]): RowGroupFacts {
  const read = columns.flatMap((name) => {
    const facts = group.columns[name];
    return facts ? [[name, facts] as const] : [];
  });
  return { ...group, columns: Object.fromEntries(read) };
}

function toSplit(pieces: readonly RowGroupRead[]): Split {
  const byFile = new Map<FileFacts, RowGroupFacts[]>();
  for (const { file, group } of pieces) byFile.set(file, [...(byFile.get(file) ?? []), group]);
  const files = [...byFile].map(([file, rowGroups]) => ({
    ...file,
    rowGroups,
    rows: rowGroups.reduce((sum, group) => sum + group.rows, 0),
  }));
  return Object.freeze({
    files: Object.freeze(files),
    sizeBytes: pieces.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
    rows: pieces.reduce((sum, { group }) => sum + group.rows, 0),
  });
}
