import { extname } from "node:path";
import { wrongUse } from "../wrong-use.ts";
import { FORMATS, type FormatName } from "./format-name.ts";

const BY_EXTENSION: ReadonlyMap<string, FormatName> = new Map([
  [".json", "json"],
  [".jsonl", "jsonl"],
  [".ndjson", "jsonl"],
  [".csv", "csv"],
  [".md", "markdown"],
  [".arrow", "arrow"],
  [".arrows", "arrow"],
  [".txt", "table"],
]);
/** Forms that others write and this program does not. */
const FOREIGN = new Set([".parquet", ".orc", ".avro", ".xlsx", ".tsv", ".gz", ".zst", ".zip"]);

/** The form in which results are written: as asked for, else by the name of the file, else a table. */
export function formatOf(asked: string | undefined, file: string | undefined): FormatName {
  const format = asked === undefined ? undefined : knownFormat(asked);
  if (file === undefined) return format ?? "table";
  const extension = extname(file).toLowerCase();
  const named = BY_EXTENSION.get(extension);
  if (FOREIGN.has(extension))
    throw wrongUse(`--output cannot write ${extension} files; use one of ${extensions()}`);
  if (format === undefined || named === undefined) return format ?? named ?? "table";
  if (format === named || extension === ".txt") return format;
  throw wrongUse(`--format ${format} contradicts --output ${file}, which is ${named}`);
}

function knownFormat(text: string): FormatName {
  const format = FORMATS.find((known) => known === text);
  if (format !== undefined) return format;
  throw wrongUse(`--format wants one of ${FORMATS.join(", ")}, not ${text}`);
}

const extensions = (): string => [...BY_EXTENSION.keys()].join(", ");
