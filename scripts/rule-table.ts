import { BATCHES } from "../src/optimizer/rules.ts";
import { type DocumentSection, updateSection } from "./document-section.ts";

/** CONTRIBUTING's table of optimizer rules: in the order in which they first run, one rewriting each. */
export function rulesSection(): DocumentSection {
  const rules = [...new Set(BATCHES.flatMap((batch) => batch.rules))];
  const cell = (text: string): string => `\`${text.replaceAll("|", "\\|")}\``;
  const lines = rules.map(
    ({ name, mandatory, example }) =>
      `| ${name}${mandatory ? " *" : ""} | ${cell(example.before)} | ${cell(example.after)} |`,
  );
  return {
    document: "CONTRIBUTING.md",
    name: "table of rules",
    command: "npm run docs",
    text: ["| rule | before | after |", "|---|---|---|", ...lines].join("\n"),
  };
}

if (import.meta.main) updateSection(rulesSection());
