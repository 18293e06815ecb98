import { readFileSync } from "node:fs";
import { join } from "node:path";
import { SPARK_FUNCTION_NAMES } from "../src/analyzer/spark-function-names.ts";
import { findBuiltin } from "../src/builtins/registry.ts";
import { type DocumentSection, updateSection } from "./document-section.ts";

/** One area of the table: items that work and items that do not yet, each with a statement that shows it. */
export interface WorksRow {
  readonly area: string;
  readonly works: { readonly [item: string]: string };
  readonly notYet: { readonly [item: string]: string };
}

/** The rows of the table; `test/e2e/readme.test.ts` runs their statements. */
export function worksRows(): readonly WorksRow[] {
  const path = join(import.meta.dirname, "../test/data/what-works.json");
  return JSON.parse(readFileSync(path, "utf8")) as WorksRow[];
}

/** The README's table of what works, from the rows and from the functions that have an entry. */
export function worksSection(): DocumentSection {
  const known = [...SPARK_FUNCTION_NAMES].filter((name) => findBuiltin(name) !== undefined);
  const items = (statements: { readonly [item: string]: string }): string =>
    Object.keys(statements)
      .join("; ")
      .replace("{known}", String(known.length))
      .replace("{all}", String(SPARK_FUNCTION_NAMES.size));
  const lines = worksRows().map(
    ({ area, works, notYet }) => `| ${area} | ${items(works)} | ${items(notYet)} |`,
  );
  return {
    document: "README.md",
    name: "table of what works",
    command: "npm run docs",
    text: ["| | works | not yet |", "|---|---|---|", ...lines].join("\n"),
  };
}

if (import.meta.main) updateSection(worksSection());
