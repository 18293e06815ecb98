import { AnalysisError } from "../../common/errors.ts";

/** One name of a glob's path. */
export interface GlobName {
  /** All names that match start with it. */
  readonly prefix: string;
  /** Null where only the prefix itself matches. */
  readonly pattern: RegExp | null;
  /** True if every name that starts with the prefix matches. */
  readonly takesAll: boolean;
}

/** A glob as a search downward: in `folder`, names like the first, below those names like the second, and so on. */
export interface Glob {
  /** Ends in `/`, or is empty. */
  readonly folder: string;
  readonly names: readonly GlobName[];
}

const SPECIAL = /[*?[\]{}\\]/;

/** True if a path is a glob: it has one of `* ? [ ] { } \`. */
export const isGlob = (path: string): boolean => SPECIAL.test(path);

/**
 * Hadoop's globs: within one name `*`, `?`, `[a-c]`, `[!a]`, `[^a]`, `{a,b}`, and `\` before a character that means
 * itself. Braces around a slash stand for several globs. Throws `INVALID_GLOB`.
 */
export function parseGlobs(path: string): Glob[] {
  return expandSlashedBraces(path.replace(/(?<=[^/])\/+$/, "")).map((single) => {
    const first = single.search(SPECIAL);
    const end = single.lastIndexOf("/", first < 0 ? single.length : first) + 1;
    const names = single
      .slice(end)
      .split("/")
      .filter((name) => name !== "");
    return { folder: single.slice(0, end), names: names.map((name) => parseName(name, path)) };
  });
}

/** True if a name matches a glob of one name. Throws `INVALID_GLOB`. */
export function nameMatcher(glob: string): (name: string) => boolean {
  const parsed = parseName(glob, glob);
  return (name) => matchesName(parsed, name);
}

/** True if one name of a glob matches. */
export function matchesName({ prefix, pattern }: GlobName, name: string): boolean {
  return pattern === null ? name === prefix : pattern.test(name);
}

function parseName(name: string, path: string): GlobName {
  const pattern = new RegExp(`^${translate(name, path)}$`, "su");
  const [literal = ""] = /^(?:[^*?[\]{}\\]|\\.)*/su.exec(name) ?? [];
  const prefix = literal.replace(/\\(.)/gsu, "$1");
  if (literal === name) return { prefix, pattern: null, takesAll: false };
  return { prefix, pattern, takesAll: /^\*+$/.test(name.slice(literal.length)) };
}

const TOKENS = /\\.|\[[!^]?\]?(?:\\.|[^\]\\])*\]|[\s\S]/gu;

function translate(name: string, path: string): string {
  let depth = 0;
  let pattern = "";
  for (const [token] of name.matchAll(TOKENS)) {
    if (token === "{") {
      depth++;
      pattern += "(?:";
    } else if (token === "}" && depth > 0) {
      depth--;
      pattern += ")";
    } else pattern += token === "," && depth > 0 ? "|" : translateToken(token, path);
  }
  if (depth > 0) throw invalidGlob(path, "a { is never closed");
  return pattern;
}

function translateToken(token: string, path: string): string {
  if (token === "*") return ".*";
  if (token === "?") return ".";
  if (token === "[") throw invalidGlob(path, "a [ is never closed");
  if (token === "\\") throw invalidGlob(path, "nothing follows its last \\");
  if (token.startsWith("[")) return translateClass(token, path);
  return escapeRegExp(token.replace(/^\\/, ""));
}

function translateClass(token: string, path: string): string {
  const isNegated = /^\[[!^]/.test(token);
  const members = token.slice(isNegated ? 2 : 1, -1);
  const escaped = members.replace(/\\(.)|[\\\]^&~[]/gsu, (char, escapee) =>
    escapee === undefined ? `\\${char}` : escapeMember(escapee),
  );
  const pattern = `[${isNegated ? "^" : ""}${escaped}]`;
  try {
    return new RegExp(pattern, "u").source;
  } catch {
    throw invalidGlob(path, `${token} is no range of characters`);
  }
}

const escapeMember = (char: string): string => (/[\\\]^[-]/.test(char) ? `\\${char}` : char);

const escapeRegExp = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");

/** `{a/b,c}d` as `a/bd` and `cd`; braces without a slash stay. */
function expandSlashedBraces(path: string): string[] {
  for (const group of braceGroups(path)) {
    const body = path.slice(group.start + 1, group.end);
    if (!body.includes("/")) continue;
    const [before, after] = [path.slice(0, group.start), path.slice(group.end + 1)];
    const choices = [0, ...group.commas.map((at) => at + 1)].map((from, i) =>
      path.slice(i === 0 ? group.start + 1 : from, group.commas[i] ?? group.end),
    );
    return choices.flatMap((choice) => expandSlashedBraces(before + choice + after));
  }
  return [path];
}

interface BraceGroup {
  readonly start: number;
  readonly end: number;
  readonly commas: readonly number[];
}

/** The outermost groups of braces that are closed, from left to right. */
function braceGroups(path: string): BraceGroup[] {
  const groups: BraceGroup[] = [];
  let depth = 0;
  let start = 0;
  let commas: number[] = [];
  for (const { 0: token, index } of path.matchAll(/\\.|[{},]/gsu)) {
    if (token === "{" && depth++ === 0) {
      start = index;
      commas = [];
    } else if (token === "," && depth === 1) commas.push(index);
    else if (token === "}" && depth > 0 && --depth === 0)
      groups.push({ start, end: index, commas });
  }
  return groups;
}

function invalidGlob(path: string, reason: string): AnalysisError {
  return new AnalysisError({
    condition: "INVALID_GLOB",
    message: `Illegal file pattern \`${path}\`: ${reason}. Write a \\ before a character that means itself.`,
    sqlState: "42K05",
    details: { path, reason },
  });
}
