import type { ChunkFacts, ColumnFacts, FileFacts } from "../../columnar/file-facts.ts";

/** How CHAR columns are read: `padded` up to their length, `stored` as they are, or as `text` like any other. */
export type CharMode = "padded" | "stored" | "text";

/** The file with its CHAR columns read as the mode has it. */
export function inCharMode(file: FileFacts, mode: CharMode): FileFacts {
  if (mode === "padded" || !(file.noted ?? []).some((f) => f.charType !== undefined)) return file;
  const rowGroups = file.rowGroups.map((group) => ({
    ...group,
    columns: Object.fromEntries(
      Object.entries(group.columns).map(([name, column]) => [name, asStored(column)]),
    ),
  }));
  return { ...file, rowGroups };
}

function asStored(column: ColumnFacts): ColumnFacts {
  if (column.chunks.every((chunk) => chunk.charLength === undefined)) return column;
  return {
    ...column,
    chunks: column.chunks.map(({ charLength: _, ...chunk }): ChunkFacts => chunk),
  };
}
