import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { updateSection } from "./document-section.ts";

/** Draws which room imports which into CONTRIBUTING.md; with `--check` fails where that differs. */
const root = join(import.meta.dirname, "..");

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
updateSection({
  document: "CONTRIBUTING.md",
  name: "room graph",
  command: "npm run docs",
  text: `\`\`\`mermaid\nflowchart TD\n${[...edges].sort().join("\n")}\n\`\`\``,
});
