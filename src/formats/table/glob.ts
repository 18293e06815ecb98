/** A glob as a search: all matches start with `prefix`; the first group of `pattern` is what the glob itself names. */
export interface Glob {
  readonly prefix: string;
  readonly pattern: RegExp;
}

const SPECIAL = /[*?[\]{}\\]/;

/**
 * Hadoop's globs: `*` and `?` within one name, `[a-c]`, `[!a]`, `{a,b}`, `\` before a character that means itself; and
 * `**` for any number of folders. A match may be a file or a folder with files below. Null where the path is no glob.
 */
export function globOf(path: string): Glob | null {
  const first = path.search(SPECIAL);
  if (first < 0) return null;
  const prefix = path.slice(0, path.lastIndexOf("/", first) + 1);
  const body = translate(path.slice(prefix.length));
  return { prefix, pattern: new RegExp(`^(${escapeRegExp(prefix)}${body})(?:/.*)?$`, "su") };
}

const TOKENS = /\*\*\/|\*\*|\*|\?|\[[!^]?[^\]]+\]|\\.|[{},]|[^*?[\\{},]+|./gsu;

function translate(glob: string): string {
  let depth = 0;
  let pattern = "";
  for (const [token] of glob.matchAll(TOKENS)) {
    if (token === "{") {
      depth++;
      pattern += "(?:";
    } else if (token === "}" && depth > 0) {
      depth--;
      pattern += ")";
    } else if (token === "," && depth > 0) pattern += "|";
    else pattern += translateToken(token);
  }
  return pattern + ")".repeat(depth);
}

function translateToken(token: string): string {
  if (token === "**/") return "(?:[^/]+/)*";
  if (token === "**") return ".*";
  if (token === "*") return "[^/]*";
  if (token === "?") return "[^/]";
  if (token.startsWith("[") && token.length > 2) return translateClass(token.slice(1, -1));
  if (token.startsWith("\\")) return escapeRegExp(token.slice(1));
  return escapeRegExp(token);
}

function translateClass(body: string): string {
  const negated = body.startsWith("!") || body.startsWith("^");
  const members = (negated ? body.slice(1) : body).replace(/[\\\]^&~[]/g, "\\$&");
  return `[${negated ? "^/" : ""}${members}]`;
}

const escapeRegExp = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");
