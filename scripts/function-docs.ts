import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Builtin, Example } from "../src/builtins/builtin.ts";
import { findBuiltin } from "../src/builtins/registry.ts";

/**
 * Writes above each entry of `functions` an example of its builtin, of those that are run as tests. `--check` writes
 * nothing and ends with status 1 where something would change.
 */
const FOLDER = join(import.meta.dirname, "../src/session/functions");
const ENTRY = /^ {2}(\w+)(?:,|: )/;
const GENERATED = "  /** SQL: ";

const isCheck = process.argv.includes("--check");
const stale: string[] = [];
for (const name of await readdir(FOLDER)) {
  if (!name.endsWith("-functions.ts")) continue;
  const path = join(FOLDER, name);
  const text = await readFile(path, "utf8");
  const documented = withDocs(text);
  if (documented === text) continue;
  stale.push(name);
  if (!isCheck) await writeFile(path, documented);
}
if (isCheck && stale.length > 0) {
  process.stderr.write(`npm run docs would change ${stale.join(", ")}\n`);
  process.exitCode = 1;
}

function withDocs(text: string): string {
  const lines: string[] = [];
  let isTable = false;
  for (const line of text.split("\n")) {
    if (line.startsWith("export const ") && line.endsWith("_FUNCTIONS = {")) isTable = true;
    if (line === "} as const;") isTable = false;
    if (isTable && line.startsWith(GENERATED)) continue;
    const entry = isTable ? ENTRY.exec(line)?.[1] : undefined;
    const doc = entry === undefined ? null : docOf(entry, line);
    if (doc !== null) lines.push(doc);
    lines.push(line);
  }
  return lines.join("\n");
}

function docOf(name: string, line: string): string | null {
  const called = /(?:call|of\w*)\("([^"]+)"/.exec(line)?.[1] ?? name;
  const builtin = findBuiltin(name) ?? findBuiltin(called) ?? findBuiltin(snakeCase(name));
  const example = builtin && exampleOf(builtin, name);
  if (example === undefined) return null;
  const sql = example.sql.replace(/^SELECT /, "");
  return `${GENERATED}${code(sql)} → ${example.rows.map(code).join(", ")} */`;
}

/** The shortest that calls the builtin by this name and answers something, else the shortest of all. */
function exampleOf(builtin: Builtin, name: string): Example | undefined {
  const usable = builtin.examples.filter(
    ({ sql, rows }) =>
      [sql, ...rows].every((text) => !/[\n`]|\*\//.test(text)) && rows.join("") !== "",
  );
  const shortest = (list: readonly Example[]): Example | undefined =>
    [...list].sort((a, b) => rank(a) - rank(b))[0];
  const own = usable.filter(({ sql }) => sql.toLowerCase().includes(`${name.toLowerCase()}(`));
  return shortest(own) ?? shortest(usable);
}

/** An example without an answer says little. */
function rank({ sql, rows }: Example): number {
  return sql.length + (rows.join("") === "NULL" ? 1000 : 0);
}

function code(text: string): string {
  return `\`${text}\``;
}

function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
