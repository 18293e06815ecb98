import { mapLimited } from "../../common/map-limited.ts";
import type { ObjectFacts, ObjectStore } from "../../storage/object-store.ts";
import { type Glob, type GlobName, matchesName } from "./glob.ts";

/** A file or folder that a glob names. */
export interface GlobMatch {
  /** Without a `/` at its end. */
  readonly path: string;
  /** Null for a folder. */
  readonly file: ObjectFacts | null;
  /** Objects below a folder, where finding the folder already listed them. */
  readonly below?: readonly ObjectFacts[];
}

const LISTS_AT_ONCE = 16;

/**
 * The files and folders that a glob names, in key order. Each of its names costs one list of one level for every folder
 * that the names before it found; a last name such as `day=*` on a remote store costs one list of all that follows.
 */
export async function expandGlob(
  store: ObjectStore,
  { folder, names }: Glob,
): Promise<GlobMatch[]> {
  let folders = [folder];
  for (const name of names.slice(0, -1)) {
    const found = await mapLimited(folders, LISTS_AT_ONCE, (in_) => foldersIn(store, in_, name));
    folders = found.flat();
  }
  const last = names.at(-1);
  if (last === undefined) return [];
  return (await mapLimited(folders, LISTS_AT_ONCE, (in_) => matchesIn(store, in_, last))).flat();
}

async function foldersIn(store: ObjectStore, folder: string, name: GlobName): Promise<string[]> {
  if (name.pattern === null) return [`${folder}${name.prefix}/`];
  const matches = await levelMatches(store, folder, name);
  return matches.filter(({ file }) => file === null).map(({ path }) => `${path}/`);
}

function matchesIn(store: ObjectStore, folder: string, name: GlobName): Promise<GlobMatch[]> {
  const isRemote = store.getTail !== undefined;
  return isRemote && name.takesAll
    ? allMatches(store, folder, name)
    : levelMatches(store, folder, name);
}

async function levelMatches(
  store: ObjectStore,
  folder: string,
  name: GlobName,
): Promise<GlobMatch[]> {
  const matches: GlobMatch[] = [];
  for await (const facts of store.list(folder + name.prefix, { oneLevel: true })) {
    const path = facts.key.replace(/\/$/, "");
    const isMatch = path.length > folder.length && matchesName(name, path.slice(folder.length));
    if (isMatch) matches.push({ path, file: path === facts.key ? facts : null });
  }
  return matches;
}

async function allMatches(
  store: ObjectStore,
  folder: string,
  { prefix }: GlobName,
): Promise<GlobMatch[]> {
  const folders = new Map<string, ObjectFacts[]>();
  const matches: GlobMatch[] = [];
  for await (const facts of store.list(folder + prefix)) {
    const slash = facts.key.indexOf("/", folder.length);
    if (slash < 0) {
      if (facts.key.length > folder.length) matches.push({ path: facts.key, file: facts });
      continue;
    }
    const path = facts.key.slice(0, slash);
    const known = folders.get(path);
    if (known !== undefined) known.push(facts);
    else if (slash > folder.length) {
      const below = [facts];
      folders.set(path, below);
      matches.push({ path, file: null, below });
    }
  }
  return matches;
}
