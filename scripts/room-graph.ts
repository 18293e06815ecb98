import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Draws which room imports which, as they stand, into the README; with `--check` only tells whether it is true. */
const root = join(import.meta.dirname, "..");
const readme = join(root, "README.md");
const START = "<!-- room graph: npm run graph -->";
const END = "<!-- end of room graph -->";

interface Cruise {
  readonly modules: readonly {
    readonly source: string;
    readonly dependencies: readonly { readonly resolved: string }[];
  }[];
}

function roomOf(path: string): string | null {
  return /^src\/([^/]+)\//.exec(path)?.[1] ?? null;
}

const cruise = JSON.parse(
  execFileSync(
    join(root, "node_modules/.bin/depcruise"),
    ["src", "--config", ".dependency-cruiser.cjs", "--output-type", "json"],
    { cwd: root, maxBuffer: 1 << 28 },
  ).toString(),
) as Cruise;

const edges = new Set<string>();
for (const { source, dependencies } of cruise.modules) {
  const from = roomOf(source);
  for (const { resolved } of dependencies) {
    const to = roomOf(resolved);
    if (from && to && from !== to && to !== "common") edges.add(`  ${from} --> ${to}`);
  }
}
const graph = `${START}\n\`\`\`mermaid\nflowchart TD\n${[...edges].sort().join("\n")}\n\`\`\`\n${END}`;
const text = readFileSync(readme, "utf8");
const at = [text.indexOf(START), text.indexOf(END)];
const updated = text.slice(0, at[0]) + graph + text.slice((at[1] ?? 0) + END.length);
if (process.argv.includes("--check")) {
  if (updated !== text) {
    process.stderr.write("The room graph in README.md is not what src is; run `npm run graph`\n");
    process.exitCode = 1;
  }
} else writeFileSync(readme, updated);
