import { AnalysisError } from "../../common/errors.ts";
import { mapLimited } from "../../common/map-limited.ts";
import { nullWhereMissing } from "../../storage/null-where-missing.ts";
import type { ObjectFacts, ObjectStore } from "../../storage/object-store.ts";
import { FOOTER_GUESS_BYTES } from "../parquet/footer.ts";
import type { DataFile } from "./data-file.ts";
import { expandGlob, type GlobMatch } from "./expand-glob.ts";
import { isGlob, nameMatcher, parseGlobs } from "./glob.ts";
import { looksLikeFile } from "./looks-like-file.ts";
import { type PartitionColumn, partitionFolders } from "./partition-folders.ts";

/** Which of the files behind paths are a table's, by Spark's options of the same names. */
export interface DiscoverOptions {
  /** All files below the paths; no folder is a partition. */
  readonly recursiveFileLookup?: boolean;
  /** The folder below which `key=value` folders are partitions, instead of the paths themselves. */
  readonly basePath?: string;
  /** A glob that file names must match. */
  readonly pathGlobFilter?: string;
  readonly modifiedBeforeMs?: number;
  readonly modifiedAfterMs?: number;
}

/** The files of a table, none of them opened yet. */
export interface DiscoveredFiles {
  /** The files to read. */
  readonly files: readonly DataFile[];
  /** Files beside partition folders: Spark reads no row of them, but a schema. */
  readonly beside: readonly DataFile[];
  readonly partitionColumns: readonly PartitionColumn[];
}

interface Found {
  readonly facts: ObjectFacts;
  readonly tail?: Uint8Array;
}

interface Root {
  /** The path's folder, without a `/` at its end; of a file the one that it lies in. */
  readonly base: string;
  readonly found: readonly Found[];
}

const LISTS_AT_ONCE = 16;

/**
 * The data files behind paths, each a file, a folder or a glob, in key order within each path. Folders count only as
 * partitions: other files in them are not read. Names that start with `_` and have no `=`, that start with `.` or end
 * in `._COPYING_` are passed over. Throws `PATH_NOT_FOUND` and conflicts of partition folders.
 */
export async function discoverFiles(
  store: ObjectStore,
  paths: readonly string[],
  options: DiscoverOptions = {},
): Promise<DiscoveredFiles> {
  const finds = paths.map((path) => rootsOf(store.storeOf?.(path) ?? store, path));
  const roots = (await Promise.all(finds)).flat();
  const isWanted = fileFilter(options);
  const wanted = (found: readonly Found[]) => found.filter(({ facts }) => isWanted(facts));
  const all = unique(roots.flatMap(({ found }) => found));
  if (options.recursiveFileLookup === true)
    return { files: wanted(all).map((file) => dataFile(file)), beside: [], partitionColumns: [] };
  const folders = [...new Set(all.map(({ facts }) => parentOf(facts.key)))];
  const partitions = partitionFolders(folders, basesOf(roots, options.basePath));
  if (partitions === null) {
    const direct = roots.flatMap(({ base, found }) =>
      found.filter(({ facts }) => parentOf(facts.key) === base),
    );
    return {
      files: wanted(direct).map((file) => dataFile(file)),
      beside: [],
      partitionColumns: [],
    };
  }
  const files: DataFile[] = [];
  const beside: DataFile[] = [];
  for (const file of wanted(all)) {
    const values = partitions.values.get(parentOf(file.facts.key));
    if (values === undefined) beside.push(dataFile(file));
    else files.push(dataFile(file, partitions.columns, values));
  }
  return { files, beside, partitionColumns: partitions.columns };
}

function dataFile(
  { facts, tail }: Found,
  columns: readonly PartitionColumn[] = [],
  values: readonly (string | null)[] = [],
): DataFile {
  const pairs = columns.map(({ name }, i) => [name, values[i] ?? null] as const);
  return {
    key: facts.key,
    sizeBytes: facts.sizeBytes,
    etag: facts.etag,
    ...(tail === undefined ? {} : { tail }),
    partitionValues: Object.fromEntries(pairs),
  };
}

async function rootsOf(store: ObjectStore, path: string): Promise<Root[]> {
  if (!isGlob(path)) return [await rootOf(store, path)];
  const matches: GlobMatch[] = [];
  for (const glob of parseGlobs(path)) {
    if (glob.names.length > 0) matches.push(...(await expandGlob(store, glob)));
  }
  if (matches.length === 0) throw pathNotFound(path);
  return mapLimited(matches, LISTS_AT_ONCE, (match) => matchRoot(store, match));
}

async function matchRoot(store: ObjectStore, { path, file, below }: GlobMatch): Promise<Root> {
  if (file !== null) return fileRoot({ facts: file });
  if (below === undefined) return { base: path, found: await listBelow(store, `${path}/`) };
  return { base: path, found: visible(below, `${path}/`) };
}

async function rootOf(store: ObjectStore, path: string): Promise<Root> {
  const base = path.replace(/\/+$/, "");
  const folder = base === "" && path === "" ? "" : `${base}/`;
  const isFolderFirst = store.getTail !== undefined && !looksLikeFile(base);
  const file = isFolderFirst ? null : await fileAt(store, base);
  if (file !== null) return fileRoot(file);
  const listed = await listAll(store, folder);
  if (listed.length > 0) return { base, found: visible(listed, folder) };
  const late = isFolderFirst ? await fileAt(store, base) : null;
  if (late !== null) return fileRoot(late);
  const isEmptyFolder =
    store.getTail === undefined && (await nullWhereMissing(store.head(folder))) !== null;
  if (!isEmptyFolder) throw pathNotFound(path);
  return { base, found: [] };
}

function fileRoot(file: Found): Root {
  const base = parentOf(file.facts.key);
  return { base, found: isHidden(file.facts.key.slice(base.length)) ? [] : [file] };
}

/** The object of exactly this name, if there is one; one request. */
async function fileAt(store: ObjectStore, key: string): Promise<Found | null> {
  if (key === "") return null;
  if (store.getTail === undefined) {
    const facts = await nullWhereMissing(store.head(key));
    return facts === null ? null : { facts };
  }
  const read = await nullWhereMissing(store.getTail(key, FOOTER_GUESS_BYTES));
  return read === null ? null : { facts: read.facts, tail: read.bytes };
}

async function listAll(store: ObjectStore, folder: string): Promise<ObjectFacts[]> {
  const listed: ObjectFacts[] = [];
  for await (const facts of store.list(folder)) listed.push(facts);
  return listed;
}

const listBelow = async (store: ObjectStore, folder: string): Promise<Found[]> =>
  visible(await listAll(store, folder), folder);

const visible = (listed: readonly ObjectFacts[], folder: string): Found[] =>
  listed
    .filter(
      ({ key, sizeBytes }) => !isHidden(key.slice(folder.length)) && !isMarker(key, sizeBytes),
    )
    .map((facts) => ({ facts }));

/** Spark's rule for names that are no data, and empty names, which stand for folders. */
function isHidden(relativeKey: string): boolean {
  return relativeKey
    .replace(/^\//, "")
    .split("/")
    .some(
      (name) =>
        (name.startsWith("_") && !name.includes("=")) ||
        name.startsWith(".") ||
        name.endsWith("._COPYING_") ||
        name === "",
    );
}

/** Suffix of the markers that Hadoop's older file systems over S3 leave for a folder. */
const isMarker = (key: string, sizeBytes: number): boolean =>
  sizeBytes === 0 && key.endsWith("_$folder$");

function fileFilter(options: DiscoverOptions): (facts: ObjectFacts) => boolean {
  const { pathGlobFilter, modifiedBeforeMs = Infinity, modifiedAfterMs = -Infinity } = options;
  const matches = pathGlobFilter === undefined ? () => true : nameMatcher(pathGlobFilter);
  return ({ key, modifiedMs }) =>
    modifiedMs < modifiedBeforeMs &&
    modifiedMs > modifiedAfterMs &&
    matches(key.slice(key.lastIndexOf("/") + 1));
}

function basesOf(roots: readonly Root[], basePath: string | undefined): Set<string> {
  if (basePath === undefined) return new Set(roots.map(({ base }) => base));
  const base = basePath.replace(/\/+$/, "");
  const outside = roots.find((root) => root.base !== base && !root.base.startsWith(`${base}/`));
  if (outside !== undefined) throw wrongBasePath(basePath, outside.base);
  return new Set([base]);
}

function unique(found: readonly Found[]): Found[] {
  const byKey = new Map(found.map((file) => [file.facts.key, file]));
  return byKey.size === found.length ? [...found] : [...byKey.values()];
}

const parentOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf("/")));

const pathNotFound = (path: string): AnalysisError =>
  new AnalysisError({
    condition: "PATH_NOT_FOUND",
    message: `Path does not exist: ${path}.`,
    sqlState: "42K03",
    details: { path },
  });

const wrongBasePath = (basePath: string, root: string): AnalysisError =>
  new AnalysisError({
    condition: "INVALID_BASE_PATH",
    message: `Wrong basePath ${basePath} for the root path: ${root}. The basePath must be a folder above all paths that are read.`,
    sqlState: "42K05",
    details: { basePath, path: root },
  });
