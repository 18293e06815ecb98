import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** A generated part of a document of the repository, between two comments. */
export interface DocumentSection {
  /** Path from the repository's root. */
  readonly document: string;
  /** Name in the comments: `<!-- name: command -->` and `<!-- end of name -->`. */
  readonly name: string;
  /** Command that writes the section. */
  readonly command: string;
  readonly text: string;
}

/** Writes a section in place; with `--check` on the command line fails instead where the document differs. */
export function updateSection(section: DocumentSection): void {
  const path = join(import.meta.dirname, "..", section.document);
  const before = readFileSync(path, "utf8");
  const after = withSection(before, section);
  if (after === before) return;
  if (process.argv.includes("--check")) {
    const { name, document, command } = section;
    process.stderr.write(`The ${name} in ${document} is out of date; run \`${command}\`\n`);
    process.exitCode = 1;
  } else writeFileSync(path, after);
}

/** A document's text with the section's text between its comments. */
export function withSection(document: string, { name, command, text }: DocumentSection): string {
  const start = `<!-- ${name}: ${command} -->`;
  const end = `<!-- end of ${name} -->`;
  const [from, to] = [document.indexOf(start), document.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`No ${start} … ${end}`);
  return `${document.slice(0, from)}${start}\n${text}\n${document.slice(to)}`;
}
