/** The `key=value` folders on the way from a table's root to a file. */
export interface PartitionPath {
  /** The folder above the first of them, or the file's own where there is none. */
  readonly base: string;
  readonly columns: readonly { readonly name: string; readonly text: string | null }[];
}

const NULL_TEXT = "__HIVE_DEFAULT_PARTITION__";

/**
 * Reads the folders as Spark does: upward from the file, over other folders until the first `key=value`, then as long
 * as they are `key=value`. `root` ends before the first folder that counts.
 */
export function partitionPathOf(root: string, key: string): PartitionPath {
  const folders = key.slice(root.length).split("/").slice(0, -1);
  let end = folders.length;
  while (end > 0 && !isPartition(folders[end - 1])) end--;
  let start = end;
  while (start > 0 && isPartition(folders[start - 1])) start--;
  const base = root + folders.slice(0, end === 0 ? folders.length : start).join("/");
  return { base: base.replace(/\/$/, ""), columns: folders.slice(start, end).map(columnOf) };
}

const isPartition = (folder: string | undefined): boolean =>
  folder !== undefined && folder.indexOf("=") > 0;

function columnOf(folder: string): { name: string; text: string | null } {
  const equals = folder.indexOf("=");
  const text = unescapePath(folder.slice(equals + 1));
  return { name: unescapePath(folder.slice(0, equals)), text: text === NULL_TEXT ? null : text };
}

/** Undoes Hive's `%XX`; what is no such escape stays as it is. */
function unescapePath(text: string): string {
  return text.replace(/(?:%[0-9A-Fa-f]{2})+/g, (run) => {
    try {
      return decodeURIComponent(run);
    } catch {
      return run.replace(/%(..)/g, (_, hex: string) =>
        String.fromCharCode(Number.parseInt(hex, 16)),
      );
    }
  });
}
