import { readFileSync } from "node:fs";

/** Why some statements are not answered as Spark answers them, by file. */
export interface KnownDifference {
  readonly why: string;
  readonly statements: { readonly [file: string]: readonly string[] };
}

/** The list as it is kept. */
export const KNOWN_FILE = new URL("../data/spark-answers/known-differences.json", import.meta.url);

/** By statement: why a file's answer is not Spark's. */
export function knownDifferences(file: string): ReadonlyMap<string, string> {
  const { reasons } = JSON.parse(readFileSync(KNOWN_FILE, "utf8")) as {
    readonly reasons: readonly KnownDifference[];
  };
  return new Map(
    reasons.flatMap(({ why, statements }) =>
      (statements[file] ?? []).map((sql) => [sql, why] as const),
    ),
  );
}

/** The list with a line for each statement. */
export function knownText(reasons: readonly KnownDifference[]): string {
  const texts = reasons.map(({ why, statements }) => {
    const files = Object.entries(statements).map(
      ([file, sqls]) =>
        `${JSON.stringify(file)}:[\n${sqls.map((sql) => JSON.stringify(sql)).join(",\n")}\n]`,
    );
    return `{"why":${JSON.stringify(why)},"statements":{\n${files.join(",\n")}\n}}`;
  });
  return `{"reasons":[\n${texts.join(",\n")}\n]}\n`;
}
