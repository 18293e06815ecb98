import { AnalysisError } from "../../common/errors.ts";
import { nullWhereMissing } from "../../storage/null-where-missing.ts";
import type { ObjectFacts, ObjectStore } from "../../storage/object-store.ts";
import { FOOTER_GUESS_BYTES } from "../parquet/footer.ts";
import type { DataFile } from "./data-file.ts";
import { type Glob, globOf } from "./glob.ts";
import { looksLikeFile } from "./looks-like-file.ts";
import { type PartitionPath, partitionPathOf } from "./partition-path.ts";

interface Found {
  readonly facts: ObjectFacts;
  readonly tail?: Uint8Array;
  readonly path: PartitionPath;
}

/**
 * The data files behind paths, each a file, a folder or a glob, in key order within each path. Names that start with
 * `_` or `.` are passed over below a folder unless they are `_x=…`. Throws `PATH_NOT_FOUND`, `UNABLE_TO_INFER_SCHEMA`
 * where there is no file, and conflicts of partition folders.
 */
export async function discoverFiles(
  store: ObjectStore,
  paths: readonly string[],
): Promise<DataFile[]> {
  const finds = paths.map((path) => discover(store.storeOf?.(path) ?? store, path));
  const found = (await Promise.all(finds)).flat();
  if (found.length === 0) throw noFiles(paths);
  checkPartitions(found);
  const seen = new Set<string>();
  return found
    .filter(({ facts }) => !seen.has(facts.key) && seen.add(facts.key))
    .map(({ facts, path, tail }) => ({
      key: facts.key,
      sizeBytes: facts.sizeBytes,
      etag: facts.etag,
      ...(tail === undefined ? {} : { tail }),
      partitionValues: Object.fromEntries(path.columns.map(({ name, text }) => [name, text])),
    }));
}

async function discover(store: ObjectStore, path: string): Promise<Found[]> {
  const glob = globOf(path);
  if (glob !== null) return discoverGlob(store, path, glob);
  const root = path === "" || path.endsWith("/") ? path : `${path}/`;
  const readsFirst = store.getTail === undefined || looksLikeFile(path);
  const file = readsFirst ? await fileAt(store, path) : null;
  if (file !== null) return [file];
  const found = await below(store, root);
  if (found.length > 0) return found;
  const late = readsFirst ? null : await fileAt(store, path);
  if (late !== null) return [late];
  const isFolder =
    store.getTail === undefined && (await nullWhereMissing(store.head(root))) !== null;
  if (!isFolder && !(await holdsAny(store, root))) throw pathNotFound(path);
  return [];
}

/** The object of exactly this name, if there is one; one request. */
async function fileAt(store: ObjectStore, path: string): Promise<Found | null> {
  if (path.endsWith("/")) return null;
  const place = { base: parentOf(path), columns: [] };
  if (store.getTail === undefined) {
    const facts = await nullWhereMissing(store.head(path));
    return facts === null ? null : { facts, path: place };
  }
  const read = await nullWhereMissing(store.getTail(path, FOOTER_GUESS_BYTES));
  return read === null ? null : { facts: read.facts, path: place, tail: read.bytes };
}

async function below(store: ObjectStore, root: string): Promise<Found[]> {
  const found: Found[] = [];
  for await (const facts of store.list(root))
    if (!isHidden(facts.key.slice(root.length)))
      found.push({ facts, path: partitionPathOf(root, facts.key) });
  return found;
}

async function discoverGlob(store: ObjectStore, path: string, glob: Glob): Promise<Found[]> {
  const found: Found[] = [];
  for await (const facts of store.list(glob.prefix)) {
    const match = glob.pattern.exec(facts.key)?.[1];
    if (match === undefined || isHidden(facts.key.slice(glob.prefix.length))) continue;
    const isFile = match === facts.key;
    const root = isFile ? `${parentOf(match)}/` : `${match}/`;
    found.push({ facts, path: partitionPathOf(root, facts.key) });
  }
  if (found.length === 0) throw pathNotFound(path);
  return found;
}

/** Spark's rule for names that are no data. */
function isHidden(relativeKey: string): boolean {
  return relativeKey
    .split("/")
    .some(
      (name, i, names) =>
        (name.startsWith("_") && !(name.includes("=") && i < names.length - 1)) ||
        name.startsWith(".") ||
        name.endsWith("._COPYING_") ||
        name === "",
    );
}

function checkPartitions(found: readonly Found[]): void {
  const partitioned = found.filter(({ path }) => path.columns.length > 0);
  const first = partitioned[0];
  if (first === undefined) return;
  const bases = new Set(found.map(({ path }) => path.base));
  const mixed = partitioned.length < found.length;
  if (bases.size > 1 || mixed) throw conflictingStructures([...bases]);
  const lists = new Set(
    partitioned.map(({ path }) => path.columns.map(({ name }) => name).join(", ")),
  );
  if (lists.size > 1) throw conflictingNames([...lists]);
  checkColumns(first.path);
}

function checkColumns(path: PartitionPath): void {
  const names = path.columns.map(({ name }) => name.toLowerCase());
  const twice = names.find((name, i) => names.indexOf(name) < i);
  if (twice !== undefined)
    throw new AnalysisError({
      condition: "COLUMN_ALREADY_EXISTS",
      message: `The column \`${twice}\` already exists. Choose another name or rename the existing column.`,
      sqlState: "42711",
      details: { columnName: twice },
    });
}

async function holdsAny(store: ObjectStore, prefix: string): Promise<boolean> {
  for await (const _ of store.list(prefix)) return true;
  return false;
}

const parentOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf("/")));

const pathNotFound = (path: string): AnalysisError =>
  new AnalysisError({
    condition: "PATH_NOT_FOUND",
    message: `Path does not exist: ${path}.`,
    sqlState: "42K03",
    details: { path },
  });

const noFiles = (paths: readonly string[]): AnalysisError =>
  new AnalysisError({
    condition: "UNABLE_TO_INFER_SCHEMA",
    message: `Unable to infer schema for Parquet. It must be specified manually. There is no data file in ${paths.join(", ")}.`,
    sqlState: "42KD9",
    details: { paths },
  });

const conflictingStructures = (bases: readonly string[]): AnalysisError =>
  new AnalysisError({
    condition: "CONFLICTING_DIRECTORY_STRUCTURES",
    message: `Conflicting directory structures detected.\nSuspicious paths:\n\n\t${bases.join("\n\t")}\n\nIf there are multiple root directories, please load them separately and then union them.`,
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
