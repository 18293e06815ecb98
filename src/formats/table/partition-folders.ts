import { AnalysisError } from "../../common/errors.ts";

/** The `key=value` folders above the files of a table. */
export interface PartitionFolders {
  readonly columns: readonly PartitionColumn[];
  /** By folder, the value of each column. Files of other folders are not read. */
  readonly values: ReadonlyMap<string, readonly (string | null)[]>;
}

/** A column that folders spell, as the first of them does. */
export interface PartitionColumn {
  readonly name: string;
  /** Text behind the `=`, still escaped; null is Hive's null. */
  readonly texts: ReadonlySet<string | null>;
}

interface Parsed {
  readonly folder: string;
  /** The folder above the first `key=value`, or the folder itself where there is none. */
  readonly base: string;
  readonly pairs: readonly Pair[];
}

interface Pair {
  readonly name: string;
  readonly text: string;
}

const HIVE_NULL = "__HIVE_DEFAULT_PARTITION__";

/**
 * Reads the folders that hold files as Spark does: upward over other folders until the first `key=value`, then as long
 * as they are `key=value`, to a folder of `bases` at the most. Null where no folder is `key=value`. Names and bases
 * that differ in case only are one. Throws where the folders make no one table.
 */
export function partitionFolders(
  folders: readonly string[],
  bases: ReadonlySet<string>,
): PartitionFolders | null {
  const parsed = folders.flatMap((folder) => parseFolder(folder, bases) ?? []);
  const partitioned = parsed.filter(({ pairs }) => pairs.length > 0);
  const [first] = partitioned;
  if (first === undefined) return null;
  checkBases(parsed);
  checkNames(partitioned);
  const columns = first.pairs.map(({ name }, i) => ({
    name,
    texts: new Set(partitioned.map(({ pairs }) => nullText(pairs[i]?.text ?? ""))),
  }));
  const values = partitioned.map(({ folder, pairs }) => [folder, pairs.map(valueOfPair)] as const);
  return { columns, values: new Map(values) };
}

function parseFolder(folder: string, bases: ReadonlySet<string>): Parsed | null {
  const pairs: Pair[] = [];
  let at = folder;
  while (!bases.has(at)) {
    const slash = at.lastIndexOf("/");
    const name = at.slice(slash + 1);
    if (name.toLowerCase() === "_temporary") return null;
    const pair = pairOf(name);
    if (pair !== null) pairs.unshift(pair);
    else if (pairs.length > 0) break;
    if (slash < 0) break;
    at = at.slice(0, slash);
  }
  return { folder, base: pairs.length > 0 ? at : folder, pairs };
}

function pairOf(folder: string): Pair | null {
  const equals = folder.indexOf("=");
  if (equals < 0) return null;
  const name = unescapePath(folder.slice(0, equals));
  const text = folder.slice(equals + 1);
  if (name === "") throw emptyPart("NAME", "name", "before", folder);
  if (text === "") throw emptyPart("VALUE", "value", "after", folder);
  return { name, text };
}

const nullText = (text: string): string | null => (text === HIVE_NULL ? null : text);

const valueOfPair = ({ text }: Pair): string | null =>
  text === HIVE_NULL ? null : unescapePath(text);

/** Undoes Hive's `%XX`; what is no such escape stays as it is. */
export function unescapePath(text: string): string {
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

function checkBases(parsed: readonly Parsed[]): void {
  const bases = new Map(parsed.map(({ base }) => [base.toLowerCase(), base]));
  if (bases.size > 1) throw conflictingStructures([...bases.values()]);
}

function checkNames(partitioned: readonly Parsed[]): void {
  const lists = new Map(
    partitioned.map(({ pairs }) => {
      const list = pairs.map(({ name }) => name).join(", ");
      return [list.toLowerCase(), list];
    }),
  );
  if (lists.size > 1) throw conflictingNames([...lists.values()]);
  const names = (partitioned[0]?.pairs ?? []).map(({ name }) => name.toLowerCase());
  const twice = names.find((name, i) => names.indexOf(name) < i);
  if (twice !== undefined)
    throw new AnalysisError({
      condition: "COLUMN_ALREADY_EXISTS",
      message: `The column \`${twice}\` already exists. Choose another name or rename the existing column.`,
      sqlState: "42711",
      details: { columnName: twice },
    });
}

const emptyPart = (
  condition: "NAME" | "VALUE",
  part: string,
  place: string,
  folder: string,
): AnalysisError =>
  new AnalysisError({
    condition: `EMPTY_PARTITION_COLUMN_${condition}`,
    message: `Found an empty partition column ${part} in the path segment '${folder}'. Each partition directory must have a non-empty ${part === "name" ? "column name" : part} ${place} the '=' sign (e.g., 'col=value').`,
    sqlState: "KD009",
    details: { pathSegment: folder },
  });

const conflictingStructures = (bases: readonly string[]): AnalysisError =>
  new AnalysisError({
    condition: "CONFLICTING_DIRECTORY_STRUCTURES",
    message: `Conflicting directory structures detected.\nSuspicious paths:\n\n\t${bases.join("\n\t")}\n\nIf provided paths are partition directories, please set "basePath" in the options of the data source to specify the root directory of the table.\nIf there are multiple root directories, please load them separately and then union them.`,
    sqlState: "KD009",
    details: { discoveredBasePaths: bases },
  });

const conflictingNames = (lists: readonly string[]): AnalysisError =>
  new AnalysisError({
    condition: "CONFLICTING_PARTITION_COLUMN_NAMES",
    message: `Conflicting partition column names detected:\n\n${lists.map((list, i) => `\tPartition column name list #${i}: ${list}`).join("\n")}\n\nFor partitioned table directories, data files should only live in leaf directories.\nAnd directories at the same level should have the same partition column name.`,
    sqlState: "KD009",
    details: { distinctPartColLists: lists },
  });
