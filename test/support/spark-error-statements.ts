import { globSync, readFileSync } from "node:fs";
import { asQuery, KEPT_SETTINGS, readKept } from "../spark/kept-answers.ts";
import type { GoldenFile } from "./spark-golden.ts";

/** Statements of one file of Spark's answers in order: those that fail, and those that make what they read. */
export interface ErrorStatements {
  readonly file: string;
  readonly ansi: boolean;
  readonly statements: readonly string[];
}

const DATA = new URL("../data/", import.meta.url);

const read = <T>(path: string): T => JSON.parse(readFileSync(new URL(path, DATA), "utf8")) as T;

/** The statements of Spark's SQL tests that Spark answers by an error, after the views and settings they need. */
export function goldenErrors(): readonly ErrorStatements[] {
  return globSync("**/*.json", { cwd: new URL("spark-golden/statements/", DATA) })
    .sort()
    .map((path) => {
      const { ansi, statements } = read<GoldenFile>(`spark-golden/statements/${path}`);
      const wanted = statements.filter(
        ({ kind, error }) => kind !== "query" || error !== undefined,
      );
      return { file: path.replace(/\.json$/, ""), ansi, statements: wanted.map(({ sql }) => sql) };
    });
}

/** The statements that the analyzer's own data has errors for. */
export function analyzerErrors(): readonly ErrorStatements[] {
  const { files } = read<{
    readonly files: readonly {
      readonly file: string;
      readonly ansi: boolean;
      readonly statements: readonly { readonly sql: string; readonly schema?: string }[];
    }[];
  }>("spark-sql/analyzer.json");
  return files.map(({ file, ansi, statements }) => ({
    file,
    ansi,
    statements: statements.filter((s) => s.schema === undefined).map(({ sql }) => sql),
  }));
}

/** The random statements that Spark answered by an error. */
export function keptErrors(): readonly ErrorStatements[] {
  return KEPT_SETTINGS.map(({ file, ansi }) => ({
    file,
    ansi,
    statements: readKept(file).sections.flatMap((section) =>
      section.answers
        .filter(([, schema]) => schema === null)
        .map((answer) => asQuery(section, answer)),
    ),
  }));
}

type Rows = { readonly rows: readonly (readonly (string | boolean)[])[] };
type Queries = {
  readonly queries: readonly { readonly sql: string; readonly error?: string }[];
};

/** The statements of the tables of answers that have an error. */
export function tableErrors(): readonly ErrorStatements[] {
  const failing = ({ rows }: Rows): Rows["rows"] =>
    rows.filter((row) => row.some((cell) => typeof cell === "string" && cell.startsWith("!")));
  const aggregates = failing(read<Rows>("spark/aggregates.json"));
  const dates = ["utc", "los-angeles"].flatMap((zone) =>
    read<Queries>(`spark/strings-and-dates-${zone}.json`).queries.filter((q) => q.error),
  );
  const ofMode = (ansi: boolean): readonly string[] =>
    aggregates
      .filter(([a]) => a === ansi)
      .map(([, call, values]) => `SELECT ${call} FROM VALUES ${values} AS t(c)`);
  const expressions = failing(read<Rows>("spark/expressions.json")).map(([e]) => `SELECT ${e}`);
  const statements = failing(read<Rows>("spark/statements.json")).map(([sql]) => String(sql));
  return [
    { file: "aggregates", ansi: true, statements: ofMode(true) },
    { file: "aggregates without ANSI", ansi: false, statements: ofMode(false) },
    { file: "expressions", ansi: true, statements: expressions },
    { file: "statements", ansi: true, statements },
    { file: "strings and dates", ansi: true, statements: dates.map(({ sql }) => sql) },
  ];
}
